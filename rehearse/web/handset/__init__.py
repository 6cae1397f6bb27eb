"""Handset: a telephone of one's own, in the home network, as the telephone of a call."""
