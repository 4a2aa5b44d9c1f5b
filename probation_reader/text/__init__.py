"""Text in cells: widths, clusters, wrapping, and the forms of an 8-bit encoding. Pure."""
