"""Faults: what is lost when a call, the store or the pages meet with trouble."""
