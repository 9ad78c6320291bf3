"""A corpus of aligned pairs, and what it says of a text or a term."""
