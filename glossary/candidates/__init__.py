"""Candidates on their way into the glossary: what is new of an extraction, the queue to decide on, what is learnt."""
