"""Language: which language a text is in."""
