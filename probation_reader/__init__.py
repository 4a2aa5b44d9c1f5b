"""probation_reader: read long comment threads in a terminal."""

__version__ = "0.1.0"
