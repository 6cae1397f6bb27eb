"""Whisper: speech to words."""
