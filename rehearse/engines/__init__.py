"""Engines: everything that touches models, devices or formats."""
