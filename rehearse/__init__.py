"""Practise the call to the hiring manager aloud, in private, on your own computer."""

__version__ = "0.1.0"
