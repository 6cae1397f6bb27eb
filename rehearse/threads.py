"""Threads: how the libraries' worker threads wait for each other."""

from __future__ import annotations

import os

WAITING = {
    "OMP_WAIT_POLICY": "PASSIVE",
    "OPENBLAS_NUM_THREADS": "1",
}
"""OpenMP's threads otherwise spin while they wait. On a busy machine that took four times the
processor time of the work itself (docs/speed.md). NumPy does nothing here that threads speed up."""


def wait_without_spinning() -> None:
    """Set it for this process and its children, unless the environment says otherwise."""
    for name, value in WAITING.items():
        os.environ.setdefault(name, value)
