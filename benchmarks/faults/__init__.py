"""Faults: what is lost when something fails."""
