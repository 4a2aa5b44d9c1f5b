"""The widgets: each draws and moves; none knows the library, the record or the index."""
