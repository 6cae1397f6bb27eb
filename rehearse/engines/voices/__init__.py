"""Voices: text to speech, and the sounds of a telephone."""
