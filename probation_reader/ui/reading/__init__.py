"""What is open, what has been done in it, and where to go from there."""
