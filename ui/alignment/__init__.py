"""The page “Align”: documents aligned, corrected, accepted into the corpus."""
