"""Rehearsing: hold a call, assess it, score it again."""
