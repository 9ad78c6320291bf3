"""The page “Review”: candidates decided one at a time."""
