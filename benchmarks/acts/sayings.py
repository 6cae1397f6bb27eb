"""Sayings: utterances with their acts, by independent writers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
TRANSCRIBED = HERE / "transcribed.tsv"
HELD_OUT = ("vera",)
"""Writers whose sayings nothing was chosen on. The others' totals were looked at while rules were
made."""


@dataclass(frozen=True)
class Saying:
    """`line` is what the manager said before, empty where the writer gave nothing."""

    acts: frozenset[str]
    text: str
    line: str = ""


def sayings(files: list[Path]) -> Iterator[Saying]:
    """One a line: acts joined by +, a tab, the words, and perhaps a tab and the manager's line."""
    for file in files:
        for row in file.read_text(encoding="utf-8").splitlines():
            acts, _, rest = row.partition("\t")
            text, _, line = rest.partition("\t")
            if text.strip() and not acts.startswith("#") and acts != "act":
                yield Saying(frozenset(acts.strip().split("+")), text.strip(), line.strip())


def written(*, held_out: bool) -> list[Saying]:
    """Those of the HELD_OUT writers, or of the others, as they wrote them."""
    files = sorted((HERE / "said").glob("*.tsv"))
    return list(sayings([file for file in files if (file.stem in HELD_OUT) is held_out]))
