"""The app: a bundle that needs no Python (docs/app.md)."""
