"""The list of posts: its rows, what is new in each, the sidebar."""
