"""How the embedded model is made: data, vocabulary, objective, evaluation, card. Never imported by the program."""
