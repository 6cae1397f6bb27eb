"""Practise the phone call to a hiring manager, in private."""

from rehearse.privacy import opt_out
from rehearse.threads import wait_without_spinning

__version__ = "0.1.0"

# Here, so that no way of starting the program can come before it.
opt_out()
wait_without_spinning()
