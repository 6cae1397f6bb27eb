"""Sentences: a turn cut where its sentences end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rehearse.scoring.clauses import Clause

LONGEST_SENTENCE = 18
"""Words; a longer one, as recognisers write them, is cut where its clauses end."""
_SENTENCE_END = re.compile(r"[.?!…][\"')]*$")
_ABBREVIATED = frozenset({"mr.", "mrs.", "ms.", "dr.", "st.", "no."})

Sentence = tuple[str, tuple[Clause, ...]]
"""The words, and the clauses most of whose words are in it."""


def sentences_of(clauses: Sequence[Clause]) -> list[Sentence]:
    """Cut at full stops; where these are far apart, at the ends of clauses too."""
    words = [(word.text, index) for index, clause in enumerate(clauses) for word in clause.words]
    runs: list[list[tuple[str, int]]] = [[]]
    for word in words:
        runs[-1].append(word)
        if _SENTENCE_END.search(word[0]) and word[0].lower() not in _ABBREVIATED:
            runs.append([])
    pieces: list[list[tuple[str, int]]] = []
    for run in runs:
        if len(run) <= LONGEST_SENTENCE:
            pieces.append(run)
            continue
        piece: list[tuple[str, int]] = []
        for word in run:
            if piece and piece[-1][1] != word[1]:
                pieces.append(piece)
                piece = []
            piece.append(word)
        pieces.append(piece)
    return [
        (" ".join(text for text, _ in piece), _held_by(piece, clauses)) for piece in pieces if piece
    ]


def _held_by(piece: list[tuple[str, int]], clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    counts: dict[int, int] = {}
    for _, index in piece:
        counts[index] = counts.get(index, 0) + 1
    return tuple(
        clauses[index] for index, count in counts.items() if 2 * count >= len(clauses[index].words)
    )
