"""One question to the corpus, in either language: by phrase, by likeness, by meaning."""
