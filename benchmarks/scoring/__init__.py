"""Scoring: the scorer compared with two baselines."""
