"""Web: the rehearsals as pages in the person's own browser; nobody else gets in."""
