"""Counted ways: "first ... second ..." separates ways."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Sequence

from rehearse.scoring.clauses import Clause

ORDINALS = (
    frozenset({"first", "firstly"}),
    frozenset({"second", "secondly"}),
    frozenset({"third", "thirdly"}),
    frozenset({"fourth", "fourthly"}),
    frozenset({"fifth", "fifthly"}),
)
AMONG_FIRST_WORDS = 3


def as_counted(clauses: Sequence[Clause]) -> list[Clause]:
    """`clauses` with one way from each ordinal to the next; ways that came up earlier stay."""
    counted = list(clauses)
    marks = [
        (index, ordinal)
        for index, clause in enumerate(counted)
        if clause.way is not None and (ordinal := _ordinal(clause)) is not None
    ]
    for (start, ordinal), (end, following) in itertools.pairwise(marks):
        if following == ordinal + 1:
            _join(counted, start, end)
    return counted


def _join(clauses: list[Clause], start: int, end: int) -> None:
    """Join all ways that begin between two places into the one that begins at `start`."""
    before = {clause.way for clause in clauses[:start]}
    begun = {clause.way for clause in clauses[start:end]} - before - {None}
    way = clauses[start].way
    for index, clause in enumerate(clauses):
        if clause.way in begun:
            clauses[index] = dataclasses.replace(clause, way=way)


def _ordinal(clause: Clause) -> int | None:
    words = {word.text.strip(".,:;!?").lower() for word in clause.words[:AMONG_FIRST_WORDS]}
    return next((place for place, names in enumerate(ORDINALS) if names & words), None)
