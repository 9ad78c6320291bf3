"""The command line: as thin as can be over ``align``."""
