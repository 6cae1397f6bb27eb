"""Many: a class on many cores, or on a cluster."""
