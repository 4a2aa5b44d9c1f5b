"""The search of everything on the screen: hits as rows, snippets, the question being answered."""
