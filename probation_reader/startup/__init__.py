"""The first frame: shown from the last session before the program is loaded."""
