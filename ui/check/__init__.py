"""The page “Check”: a translation held against its original."""
