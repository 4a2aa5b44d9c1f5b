"""Searching everything, finding in a thread, going to a hit and coming back."""
