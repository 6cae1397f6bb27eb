"""A folder that is costly to make, made once for all processes of a run."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock


def made_once(temporary: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder that `make` has filled, in the first process that asks for it. None may change
    it."""
    shared = temporary.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    made = shared / f"{name}-made"
    with FileLock(shared / f"{name}.lock"):
        if not made.exists():
            being_made = temporary.mktemp(name)
            make(being_made)
            being_made.rename(made)
    return made
