"""Handset: the user's own phone as the telephone."""
