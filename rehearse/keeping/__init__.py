"""Keeping: rehearsals on disk."""
