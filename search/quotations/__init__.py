"""What a new draft quotes of adopted texts, and how that was put in the other language."""
