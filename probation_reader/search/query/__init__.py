"""Queries: what a person typed, as a tree, and what the index is asked for it."""
