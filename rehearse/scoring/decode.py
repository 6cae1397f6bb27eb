"""Decode: from the model's outputs to clauses and ways."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rehearse.scoring.clauses import Clause, Label, Letter
from rehearse.scoring.counted_ways import as_counted
from rehearse.scoring.evidence import ends_sentence
from rehearse.scoring.no_fault import without_faults
from rehearse.scoring.steps import as_one_way
from rehearse.transcript import Word

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]

LABELS = tuple(Label)
LETTERS = (Letter.A, Letter.B, Letter.NEITHER)
STARTS = len(LABELS) + len(LETTERS)
NEW_WAY = STARTS + 1
OUTPUTS = NEW_WAY + 1
"""Logits of a word: labels, letters, "a clause starts here", "a new way starts here"."""
RULES = "said again counts once; line talk, another offer: no status check; hardship: no recital"
"""The rules after the model, in words that change with them: part of a score's version."""
_EARNING = frozenset(Label) - {Label.STATUS, Label.PAST}
DECIMALS = 3
"""Logits and probabilities are rounded before they are compared, so that processors agree."""

LONGEST_CLAUSE = 45  # words
SHORTEST_CLAUSE = 3
_ECHO_WORDS = 5  # fewer can be alike by chance
_STUMP_COST = 10.0
_START_BOUND = 8.0  # logit: no single word may force or forbid a cut for good


@dataclass(frozen=True)
class Thresholds:
    """How the model's logits are read; the values here were chosen on the dev part.

    `scale` and `shift` of each label turn a clause's mean logit into that of a calibrated
    probability (Platt scaling, Platt 1999; fitted by training/calibrate.py).
    `labels`, `new_way`: the probability (0..1) from which a label holds, or a way is a new one.
    `lone`: the same where a label alone in the talk earns points; less probable ones are
    mostly wrong.
    `agreement`: the weight of all words in a clause agreeing on each label.
    `start_bias`: added to every word's logit for "a clause starts here".
    `shortest_way`: in words; a shorter way beside another one counts as part of it, unless it is
    a sentence of its own.
    """

    labels: tuple[float, ...] = tuple(
        {Label.STATUS: 0.6, Label.ASK: 0.4}.get(label, 0.5) for label in LABELS
    )
    lone: tuple[float, ...] = tuple({Label.ASK: 0.72}.get(label, 0.68) for label in LABELS)
    scale: tuple[float, ...] = (0.628, 0.58, 0.687, 0.495, 0.797, 0.558, 0.635, 0.573)
    shift: tuple[float, ...] = (-0.126, -0.303, -1.367, -0.88, -0.538, -1.01, 0.435, 0.961)
    new_way: float = 0.5
    agreement: float = 0.15
    start_bias: float = 0.75
    shortest_way: int = 5


def clauses_of(
    turns: Sequence[Sequence[Word]], logits: Floats, thresholds: Thresholds
) -> tuple[Clause, ...]:
    """Cut the candidate's `turns` into labelled clauses.

    `logits`: (words, OUTPUTS), the words of all turns in order. Every word is in one clause.
    """
    exact = np.asarray(logits, dtype=np.float64).round(DECIMALS)
    found: list[Clause] = []
    lengths: list[int] = []
    ways = first = 0
    for turn in turns:
        part = exact[first : first + len(turn)]
        first += len(turn)
        of_turn: list[Clause] = []
        for start, end in _spans(part, thresholds):
            clause, is_new = _clause(turn[start:end], part[start:end], thresholds, ways)
            ways += is_new
            of_turn.append(without_faults(clause))
        found += _without_stumps(of_turn, thresholds.shortest_way)
        lengths.append(len(of_turn))
    counted = iter(list(_renumbered(_without_echoes(as_counted(as_one_way(found))))))
    by_turn = [list(itertools.islice(counted, length)) for length in lengths]
    return tuple(_without_lone_doubt(by_turn, thresholds.lone))


def _without_lone_doubt(
    turns: Sequence[Sequence[Clause]], least: Sequence[float]
) -> Iterator[Clause]:
    """The clauses; a label that is the only one to earn points is dropped unless it is likely.

    Judged at the end of each turn, as the manager judges it: what is said later neither gives nor
    takes a label.
    """
    earned: set[tuple[Label, int | None]] = set()
    best: dict[Label, float] = {}
    fishes = False
    for turn in turns:
        fishes = fishes or any(Label.STATUS in clause.labels for clause in turn)
        for clause in turn:
            for label in clause.labels & _EARNING:
                earned.add((label, clause.way if label is Label.WAY else None))
                best[label] = max(best.get(label, 0.0), clause.probabilities[label])
        only = next(iter(best), None)
        # Who asks where they stand is on this call, whatever else they say.
        if fishes or only is None or len(earned) != 1 or best[only] >= least[LABELS.index(only)]:
            yield from turn
            continue
        for clause in turn:
            yield dataclasses.replace(clause, labels=clause.labels - {only}, way=None)


def _without_stumps(clauses: Sequence[Clause], shortest: int) -> Iterator[Clause]:
    """The clauses of a turn; a way that is too short joins the one before, else the one after."""
    runs = [list(run) for _, run in itertools.groupby(clauses, key=lambda clause: clause.way)]
    for place, run in enumerate(runs):
        before = runs[place - 1][-1].way if place else None
        after = runs[place + 1][0].way if place + 1 < len(runs) else None
        neighbour = before if before is not None else after
        is_stump = (
            run[0].way is not None
            and neighbour is not None
            and sum(len(clause.words) for clause in run) < shortest
            and not _is_sentence(runs[place - 1][-1] if place else None, run[-1])
        )
        for index, clause in enumerate(run):
            if is_stump:
                run[index] = dataclasses.replace(clause, way=neighbour)
        yield from run


def _is_sentence(before: Clause | None, last: Clause) -> bool:
    starts = before is None or ends_sentence(before)
    return starts and ends_sentence(last)


def _without_echoes(clauses: Iterable[Clause]) -> Iterator[Clause]:
    """The clauses; a way said again in the very same words has the number of the first time."""
    numbers: dict[tuple[str, ...], int] = {}
    same: dict[int, int] = {}
    for clause in clauses:
        if clause.way is None:
            yield clause
            continue
        words = tuple(re.sub(r"\W", "", word.text).lower() for word in clause.words)
        number = same.get(clause.way, clause.way)
        if len(words) >= _ECHO_WORDS:
            number = numbers.setdefault(words, number)
            same.setdefault(clause.way, number)
        yield dataclasses.replace(clause, way=number)


def _renumbered(clauses: Iterable[Clause]) -> Iterator[Clause]:
    """Ways numbered from 1 without gaps, in the order in which they first come up."""
    numbers: dict[int, int] = {}
    for clause in clauses:
        if clause.way is None:
            yield clause
        else:
            number = numbers.setdefault(clause.way, len(numbers) + 1)
            yield dataclasses.replace(clause, way=number)


def _clause(
    words: Sequence[Word], logits: Doubles, thresholds: Thresholds, ways: int
) -> tuple[Clause, bool]:
    """The clause of `words`, and whether it starts a new way; `ways` came before it."""
    mean = logits.mean(axis=0)
    calibrated = np.array(thresholds.scale) * mean[: len(LABELS)] + np.array(thresholds.shift)
    chances = np.round(_sigmoid(calibrated), DECIMALS)
    held = chances >= np.array(thresholds.labels)
    labels = frozenset(label for label, holds in zip(LABELS, held, strict=True) if holds)
    is_way = Label.WAY in labels
    new = round(float(_sigmoid(logits[:, NEW_WAY]).max()), DECIMALS)
    is_new = is_way and (ways == 0 or new >= thresholds.new_way)
    return Clause(
        tuple(words),
        labels,
        dict(zip(LABELS, chances.tolist(), strict=True)),
        LETTERS[int(mean[len(LABELS) : STARTS].argmax())],
        ways + is_new if is_way else None,
    ), is_new


def _spans(logits: Doubles, thresholds: Thresholds) -> list[tuple[int, int]]:
    """(start, end) of each clause of a turn, by the segmentation with the highest score.

    Dynamic programming over all segmentations into clauses of at most LONGEST_CLAUSE words. The
    score sums the model's logit for a start at each cut and, for each clause, the likelihood that
    all its words have, or all lack, each label.
    """
    count = len(logits)
    labels = logits[:, : len(LABELS)]
    zero = np.zeros((1, len(LABELS)))
    having = np.concatenate([zero, np.cumsum(_log_sigmoid(labels), axis=0)])
    lacking = np.concatenate([zero, np.cumsum(_log_sigmoid(-labels), axis=0)])
    gain = np.clip(logits[:, STARTS] + thresholds.start_bias, -_START_BOUND, _START_BOUND)
    gain[:1] = 0.0
    best = np.zeros(count + 1)
    came_from = np.zeros(count + 1, dtype=np.int64)
    for end in range(1, count + 1):
        first = max(0, end - LONGEST_CLAUSE)
        alike = np.maximum(having[end] - having[first:end], lacking[end] - lacking[first:end])
        value = best[first:end] + gain[first:end] + thresholds.agreement * alike.sum(axis=1)
        if end < count:
            stumps = max(first, 1, end - SHORTEST_CLAUSE + 1)
            value[stumps - first :] -= _STUMP_COST
        place = int(value.argmax())
        best[end], came_from[end] = value[place], first + place
    cuts = [count]
    while cuts[-1] > 0:
        cuts.append(int(came_from[cuts[-1]]))
    cuts.reverse()
    return list(itertools.pairwise(cuts))


def _sigmoid(values: Doubles) -> Doubles:
    """Through tanh, which never overflows."""
    squashed: Doubles = np.tanh(values / 2) / 2 + 0.5
    return squashed


def _log_sigmoid(values: Doubles) -> Doubles:
    return -np.logaddexp(0.0, -values)
