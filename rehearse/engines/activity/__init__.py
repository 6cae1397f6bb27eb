"""Activity: where there is a voice, and its pitch."""
