"""Finding out more: whom to ask, what to read."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("finding_out_more.toml")


@dataclass(frozen=True)
class FindingOut:
    """One thing to do, and what to ask or look for."""

    title: str
    text: str


@functools.cache
def finding_out_more() -> tuple[FindingOut, ...]:
    """All of it, the most useful first."""
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(FindingOut(**advice) for advice in table["advice"])
