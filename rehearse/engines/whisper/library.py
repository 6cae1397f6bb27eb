"""Library: openai-whisper, imported without numba."""

from __future__ import annotations

import functools
import importlib.util
import sys
import threading
from pathlib import Path
from types import ModuleType
from typing import Any

from rehearse.engines.packaged_files import checked_by_record
from rehearse.errors import RehearseError

ASSETS = ("mel_filters.npz", "gpt2.tiktoken", "multilingual.tiktoken")
"""What openai-whisper computes spectra with, and the vocabularies of its models."""

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


@functools.cache
def check_assets() -> None:
    """Raises RehearseError if one of ASSETS is missing or damaged. Does not import the library."""
    spec = importlib.util.find_spec("whisper")
    for folder in (spec.submodule_search_locations or ()) if spec is not None else ():
        for name in ASSETS:
            file = Path(folder, "assets", name)
            try:
                checked_by_record(file, "whisper", distribution="openai-whisper")
            except (OSError, ValueError) as error:
                raise RehearseError(
                    f"The file {file} of openai-whisper is missing or damaged ({error}).",
                    "Install it again: "
                    "python -m pip install --force-reinstall --no-deps openai-whisper",
                ) from error


def _unchanged(**_: Any) -> Any:
    """In place of `numba.jit`: a decorator that changes nothing."""
    return lambda function: function
