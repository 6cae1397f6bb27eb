"""Acts: how well the manager understands what callers say."""
