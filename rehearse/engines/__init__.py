"""Engines: everything that touches a model, a device or a format."""
