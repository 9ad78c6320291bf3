"""Bilingual candidates for the glossary: what a terminologist may want to decide on, found in aligned pairs."""
