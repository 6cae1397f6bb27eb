"""Examples: pitches as word sequences with labels for every word."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np

from training.corpus import LABELS, LabelledClause, Pitch

LETTERS = ("A", "B", "-")
IGNORED = -100  # cross_entropy ignores it
WAY, PAST = LABELS.index("way"), LABELS.index("past")


@dataclasses.dataclass
class Example:
    """One talk. Arrays run over words; `clause` numbers the candidate's clauses, -1 the manager."""

    words: list[str]
    manager: np.ndarray  # bool
    clause: np.ndarray  # int
    labels: np.ndarray  # (clauses, 8) 0 or 1
    near: np.ndarray  # (clauses, 8) 0 or 1
    known: np.ndarray  # (clauses, 8) 0 where the label is masked
    letters: np.ndarray  # (clauses,) index into LETTERS, IGNORED where there is none
    new_way: np.ndarray  # (clauses,) 1 where the clause is the first of a distinct way
    recital: bool
    contributions: int
    id: str


def example_of(clauses: Sequence[LabelledClause], recital: bool, pitch_id: str) -> Example:
    words: list[str] = []
    manager: list[bool] = []
    index: list[int] = []
    kept = [clause for clause in clauses if clause.speaker == "C" and clause.text.split()]
    seen: set[int] = set()
    new_way = []
    for clause in kept:
        new_way.append(len(clause.ways - seen))
        seen |= clause.ways
    at = -1
    for clause in clauses:
        parts = clause.text.split()
        if not parts:
            continue
        is_manager = clause.speaker == "M"
        at += not is_manager
        words += parts
        manager += [is_manager] * len(parts)
        index += [-1 if is_manager else at] * len(parts)
    return Example(
        words,
        np.array(manager, bool),
        np.array(index, np.int64),
        np.array([[label in c.labels for label in LABELS] for c in kept], np.float32).reshape(
            -1, 8
        ),
        np.array([[label in c.near_misses for label in LABELS] for c in kept], np.float32).reshape(
            -1, 8
        ),
        np.array([[label not in c.masked for label in LABELS] for c in kept], np.float32).reshape(
            -1, 8
        ),
        np.array(
            [LETTERS.index(c.letter) if c.letter in LETTERS else IGNORED for c in kept], np.int64
        ),
        np.array(new_way, np.float32),
        recital,
        len(seen),
        pitch_id,
    )


def example(pitch: Pitch) -> Example:
    return example_of(pitch.clauses, pitch.recital, pitch.id)
