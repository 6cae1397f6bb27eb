"""SheetMatch: planned ways compared with the ways said.

It compares meanings and never changes the score.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from rehearse.preparing.call_sheet import CallSheet, Way
from rehearse.scoring.clauses import Clause
from rehearse.scoring.evidence import Evidence
from rehearse.scoring.rubric import Criterion
from rehearse.scoring.scorecard import Scorecard

SAID = 0.4
"""Cosine from which a counted way matches a planned one (training/sheet_examples.toml)."""
SAID_ELSEWHERE = 0.55
"""The same for words that did not count as a way: they have to be closer to match."""
DOES = 0.3
"""Cosine that the action by itself needs besides: a word of what it touches, such as "refunds", is
not enough."""
_LEAST_WORDS = 4


class Embedder(Protocol):
    """Turns texts into vectors: the smaller the angle, the closer the meaning."""

    def embed(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """(texts, width), every row of length 1."""
        ...


@dataclass(frozen=True)
class PlannedWay:
    """One way of the call sheet. `said`: the words that carried it, None when it was dropped."""

    way: Way
    said: Evidence | None


@dataclass(frozen=True)
class SheetMatch:
    """`planned` in the order of the sheet; `new`: counted ways that are not on the sheet."""

    planned: tuple[PlannedWay, ...]
    new: tuple[Evidence, ...]


def match_sheet(sheet: CallSheet, scorecard: Scorecard, embedder: Embedder) -> SheetMatch:
    """Match ways: each planned way is said or dropped, each counted way planned or new.

    A counted way matches at most one planned way, the nearest. For a sheet without ways all
    counted ways are new.
    """
    counted = list(scorecard.finding(Criterion.CONTRIBUTIONS).evidence)
    if not sheet.ways:
        return SheetMatch((), tuple(counted))
    others = [
        _evidence(clause)
        for clause in scorecard.clauses
        if clause.way is None and len(clause.words) >= _LEAST_WORDS
    ]
    quotes = [*counted, *others]
    plans = [f"{way.action} {way.touches}".strip() for way in sheet.ways]
    actions = [way.action for way in sheet.ways]
    vectors = embedder.embed([*plans, *actions, *(quote.quote for quote in quotes)])
    planned, does, spoken = np.split(vectors, [len(plans), 2 * len(plans)])
    near = planned @ spoken.T
    near[:, len(counted) :] -= SAID_ELSEWHERE - SAID
    near[does @ spoken.T < DOES] = -1.0
    said = _pairs(near, SAID)
    taken = set(said.values())
    return SheetMatch(
        tuple(
            PlannedWay(way, quotes[said[place]] if place in said else None)
            for place, way in enumerate(sheet.ways)
        ),
        tuple(quote for place, quote in enumerate(counted) if place not in taken),
    )


def _pairs(near: npt.NDArray[np.float32], least: float) -> dict[int, int]:
    """Row to column, the nearest pairs first, every row and column at most once."""
    pairs: dict[int, int] = {}
    for flat in np.argsort(-near, axis=None, kind="stable").tolist():
        row, column = divmod(flat, near.shape[1])
        if near[row, column] < least:
            break
        if row not in pairs and column not in pairs.values():
            pairs[row] = column
    return pairs


def _evidence(clause: Clause) -> Evidence:
    return Evidence(clause.text, clause.start_s, clause.end_s)
