"""The command line: every deed of the program but the screen, one command each."""
