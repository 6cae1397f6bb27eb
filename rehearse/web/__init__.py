"""Web: rehearsals as pages in the user's own browser."""
