"""MiniLM: the tagger and the embedder."""
