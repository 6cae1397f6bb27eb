"""Coaching: the one or two things to do better, and what went well."""
