"""Delivery: how a talk sounded, kept apart from its content."""
