"""Telephone: calls through a browser, measured."""
