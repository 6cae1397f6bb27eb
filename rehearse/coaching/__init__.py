"""Coaching: what to do better, and what went well."""
