"""Delivery: how it sounded, from words, times and sound; never mixed with content."""
