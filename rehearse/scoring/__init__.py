"""Scoring: from a transcript to a scorecard, by the rubric."""
