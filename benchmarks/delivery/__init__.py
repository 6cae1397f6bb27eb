"""Delivery: pauses, filler words, pace and cost."""
