"""The page “Corpus”: what is stored, and how good it is."""
