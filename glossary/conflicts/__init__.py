"""One term with several renderings: found in the glossary and in the corpus, with the reason that speaks for each."""
