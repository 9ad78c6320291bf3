"""Approved entries tested again by each added document: what is no longer so, with its evidence."""
