"""Documents to aligned pairs."""
