"""How the embedded model is made. The program itself imports it only to tune that model."""
