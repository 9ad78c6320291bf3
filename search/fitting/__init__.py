"""How the weights of the locator are learned; the program never imports this."""
