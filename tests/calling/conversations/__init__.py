"""Conversations written out: what was heard, and what the manager says to it."""
