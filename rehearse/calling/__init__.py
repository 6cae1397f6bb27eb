"""Calling: the call, from the ring to the hang-up."""
