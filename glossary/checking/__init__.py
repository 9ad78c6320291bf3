"""Checks of a new translation against its original, the glossary and the corpus."""
