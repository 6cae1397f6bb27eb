"""Training: makes the scorer's model from the corpus."""
