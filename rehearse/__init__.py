"""Practise the phone call to a hiring manager, in private."""

from rehearse.privacy import opt_out

__version__ = "0.1.0"

opt_out()  # Here, so that no way of starting the program can come before it.
