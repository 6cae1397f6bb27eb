"""Benchmarks: each prints the tables that the docs quote."""
