"""What the scorer is worth, beside two baselines: `python -m benchmarks.scoring`."""
