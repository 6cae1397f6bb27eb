"""Voices: how well groups of people are understood.

And whether the program knows when they are not.
"""
