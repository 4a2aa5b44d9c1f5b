"""The thread widget: a whole thread in one widget, moved about in by actions."""
