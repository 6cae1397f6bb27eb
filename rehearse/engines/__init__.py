"""Engines and devices: everything that touches a model, a sound card or a file format."""
