"""Many recordings at once: the cores of this computer, or a cluster."""
