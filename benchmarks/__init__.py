"""Scripts that measure; they print tables."""
