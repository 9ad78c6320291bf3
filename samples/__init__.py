"""A sample document in both languages, and the script that makes it."""
