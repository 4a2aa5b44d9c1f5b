"""Model to pieces of styled text. Pure: nothing of Textual."""
