"""The call: who speaks when, what the manager says, and what becomes of it."""
