"""Keyboard: keys and typed turns."""
