"""Cues: wordings that point to a dialogue act."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from importlib import resources


def cues(sentence: str) -> list[float]:
    """1.0 for each cue that the sentence holds, 0.0 for each other, in the order of the file."""
    return [float(pattern.search(sentence) is not None) for pattern in _patterns().values()]


def has_cue(sentence: str, *names: str) -> bool:
    """Whether the sentence holds one of the cues of these names."""
    return any(_patterns()[name].search(sentence) for name in names)


@functools.cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    file = resources.files("rehearse.calling").joinpath("lines", "cues.toml")
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in table.items()}
