"""Freed memory: returned to the system at once."""

from __future__ import annotations

import ctypes
import sys

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8  # from glibc's malloc.h
_LARGE_BYTES = 1 << 18


def give_back_freed_memory() -> None:
    """By default, glibc keeps memory freed by large arrays, per thread: 300 MB in a call.

    Without glibc nothing changes.
    """
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
        if mallopt is not None:
            mallopt(_MMAP_THRESHOLD, _LARGE_BYTES)
            mallopt(_TRIM_THRESHOLD, _LARGE_BYTES)
            mallopt(_ARENA_MAX, 1)
