"""Threads written in the formats of other programs. Pure: no file is opened here.

What is written may be shown on a terminal by whatever reads it, so all text passes
the sanitiser here. A format is one file with one function that yields bytes.
"""
