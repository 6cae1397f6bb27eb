"""Preparing: what is known before the call."""
