"""How the aligner's weights are learned: made-up documents, objective, calibration. Never imported by the program."""
