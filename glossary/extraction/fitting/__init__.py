"""How the weights of term extraction are learned. No part of the program."""
