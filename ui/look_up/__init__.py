"""The page “Look up”: how anything was put before."""
