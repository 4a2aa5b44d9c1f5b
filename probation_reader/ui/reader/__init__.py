"""The main screen: what is open, and one module for each subject of its actions."""
