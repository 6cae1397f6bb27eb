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
    places: dict[int, list[int]] = {}
    for index, clause in enumerate(counted):
        if clause.way is not None:
            places.setdefault(clause.way, []).append(index)
    for (start, ordinal), (end, following) in itertools.pairwise(marks):
        if following == ordinal + 1:
            _join(counted, places, start, end)
    return counted


def _join(clauses: list[Clause], places: dict[int, list[int]], start: int, end: int) -> None:
    """Join all ways that begin between two places into the one that begins at `start`.

    `places`: the indexes of the clauses of each way, so that long talks are not searched.
    """
    way = clauses[start].way
    assert way is not None
    begun = {one.way for one in clauses[start:end] if one.way is not None} - {way}
    for other in begun:
        if places[other][0] < start:
            continue
        for index in places[other]:
            clauses[index] = dataclasses.replace(clauses[index], way=way)
        places[way] += places.pop(other)  # the first index stays: `way` began earlier


def _ordinal(clause: Clause) -> int | None:
    words = {word.text.strip(".,:;!?").lower() for word in clause.words[:AMONG_FIRST_WORDS]}
    return next((place for place, names in enumerate(ORDINALS) if names & words), None)
