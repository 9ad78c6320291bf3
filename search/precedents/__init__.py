"""How a term was rendered before: by whom, how often, since when."""
