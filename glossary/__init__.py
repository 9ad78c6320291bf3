"""Candidates, concepts, decisions, checks and exchange of the term glossary (to come)."""
