"""Library: openai-whisper, imported without numba."""

from __future__ import annotations

import sys
import threading
from types import ModuleType
from typing import Any

_IMPORTING = threading.Lock()


def import_whisper() -> None:
    """Import openai-whisper; every other import of it comes after this.

    numba compiles a part of `whisper.timing` that rehearse does not use. Without it, the import
    takes 60 MB and 0.2 s of CPU less, and 60 MB less are installed.
    """
    with _IMPORTING:
        if "whisper" in sys.modules or "numba" in sys.modules:
            return
        stand_in = ModuleType("numba")
        stand_in.jit = _unchanged  # type: ignore[attr-defined]
        sys.modules["numba"] = stand_in
        try:
            import whisper  # noqa: F401
        finally:
            del sys.modules["numba"]


def _unchanged(**_: Any) -> Any:
    """In place of `numba.jit`: a decorator that changes nothing."""
    return lambda function: function
