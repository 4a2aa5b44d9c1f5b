"""The line to the terminal: what is sent is what changed."""
