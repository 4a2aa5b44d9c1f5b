"""The index itself: the only place that knows whoosh."""
