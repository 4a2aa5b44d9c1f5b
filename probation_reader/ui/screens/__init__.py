"""The screens: the main one, help, lists to choose from."""
