"""Unclear: where the candidate's words were lost.

There are four signs: a voice without words, loud sound without words, runs of words with a low
probability, and missing sound. Names and greetings do not count: they always have a low
probability and earn no points.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import numpy as np

from rehearse.scoring.names_and_greetings import is_name_or_greeting
from rehearse.scoring.unclear_reason import (
    AS_LOUD_DB,
    FRAME_SAMPLES,
    frame_levels,
    lost_runs,
    loud_dbfs,
    unclear_reason,
)
from rehearse.sound import BLOCK_SAMPLES, Samples, sample_count, seconds
from rehearse.transcript import UnclearPassage, Word

VOICED = 0.5
"""Probability of voice in a frame from which it counts as voiced."""
WORD_MARGIN_S = 0.35
"""Word times are this inexact: voice this close to a word belongs to it."""
LONGEST_WORD_S = 1.5
"""A recogniser that lost words stretches one over their place; voice after this is not its own."""
GAP_S = 0.6
"""Unclear pieces this close to each other are one passage."""
LEAST_S = 1.0
"""Less voice than this without words is a breath, a laugh or an um."""
RUNS = ((6, 0.48), (4, 0.30))
"""Words in a run, and the mean probability below which the run is unclear: a shorter run is an
ordinary error unless its probability is very low (training/unclear_levels.py). Runs just above
these have three wrong words in talks that were understood well (docs/voices.md)."""
CLEAR = 0.8
"""A word at the edge of an unclear passage with this probability or more is not part of it."""
LOST_LEAST_S = 0.5
"""Less missing sound than this costs a syllable, not a point."""

Span = tuple[float, float]


def unclear_passages(
    words: Sequence[Word],
    voice: Sequence[float],
    samples: Samples,
    talk: Samples,
    *,
    offset_s: float = 0.0,
) -> tuple[UnclearPassage, ...]:
    """The unclear passages of one turn with their reasons, in order, not touching one another.

    `samples`: the sound of the turn, shape (n,), float32, which begins at `offset_s` of the
    recording. `voice`: the probability of a voice (0..1) in each block of BLOCK_SAMPLES of it.
    `words`: what was recognised in it. `talk`: all that the candidate said, to compare levels.
    """
    frame_s = seconds(BLOCK_SAMPLES)
    spans = unclear_spans(words, voice, frame_s=frame_s, offset_s=offset_s)
    spoke = bool(words) or any(probability >= VOICED for probability in voice)
    # If nobody spoke, a noisy room has drowned nothing.
    drowned = _drowned(words, samples, loud_dbfs(talk), offset_s) if spoke else ()
    return tuple(
        UnclearPassage(
            start_s,
            end_s,
            unclear_reason(
                samples[sample_count(start_s - offset_s) : sample_count(end_s - offset_s)],
                talk,
                voice[int((start_s - offset_s) / frame_s) : int((end_s - offset_s) / frame_s) + 1],
                sum(w.start_s is not None and start_s <= w.start_s < end_s for w in words),
            ),
        )
        for start_s, end_s in _joined(sorted([*spans, *drowned, *_lost(samples, offset_s)]))
    )


def unclear_spans(
    words: Sequence[Word],
    voice: Sequence[float],
    *,
    frame_s: float,
    offset_s: float = 0.0,
) -> tuple[Span, ...]:
    """(start_s, end_s) of each unclear span, in order, not touching one another.

    `voice`: probability of voice (0..1) in each frame of `frame_s` seconds, from `offset_s` on.
    `words` of the same sound; those without times or probability are taken as clear.
    """
    wordless = _wordless(words, voice, frame_s, offset_s)
    return tuple(_joined(sorted([*wordless, *_doubtful(words)])))


def _wordless(
    words: Sequence[Word], voice: Sequence[float], frame_s: float, offset_s: float
) -> Iterator[Span]:
    """Voice that no word accounts for."""
    spans = iter(_spans(words))
    at, until = next(spans, (None, 0.0))
    alone: list[Span] = []
    for index, probability in enumerate(voice):
        start_s = offset_s + index * frame_s
        while at is not None and until + WORD_MARGIN_S < start_s:
            at, until = next(spans, (None, 0.0))
        covered = at is not None and at - WORD_MARGIN_S <= start_s <= until + WORD_MARGIN_S
        if probability >= VOICED and not covered:
            alone.append((start_s, start_s + frame_s))
    for run in _runs(alone):
        if sum(end - start for start, end in run) >= LEAST_S:
            yield run[0][0], run[-1][1]


def _spans(words: Sequence[Word]) -> list[Span]:
    """Where the words are, in order."""
    return sorted(
        (word.start_s, min(word.end_s, word.start_s + LONGEST_WORD_S))
        for word in words
        if word.start_s is not None and word.end_s is not None
    )


def _runs(pieces: Sequence[Span]) -> Iterator[list[Span]]:
    run: list[Span] = []
    for piece in pieces:
        if run and piece[0] - run[-1][1] > GAP_S:
            yield run
            run = []
        run.append(piece)
    if run:
        yield run


def _drowned(
    words: Sequence[Word], samples: Samples, usual_dbfs: float, offset_s: float
) -> Iterator[Span]:
    """Sound nearly as loud as the voice, without words: noise that drowns a voice also hides it
    from the voice activity detector."""
    frame_s = seconds(FRAME_SAMPLES)
    levels = frame_levels(samples)
    times = offset_s + frame_s * np.arange(len(levels))
    loud = levels > usual_dbfs - AS_LOUD_DB
    for start_s, end_s in _spans(words):
        loud &= (times < start_s - WORD_MARGIN_S) | (times > end_s + WORD_MARGIN_S)
    for run in _runs([(start_s, start_s + frame_s) for start_s in times[loud].tolist()]):
        if sum(end - start for start, end in run) >= LEAST_S:
            yield run[0][0], run[-1][1]


def _lost(samples: Samples, offset_s: float) -> Iterator[Span]:
    """Places where sound is missing."""
    gaps = [(seconds(first), seconds(last)) for first, last in lost_runs(samples)]
    for run in _runs(gaps):
        if sum(end - start for start, end in run) >= LOST_LEAST_S:
            yield offset_s + run[0][0], offset_s + run[-1][1]


def _doubtful(words: Sequence[Word]) -> Iterator[Span]:
    """Runs of words with a low probability, except names and greetings."""
    known = [
        (word.start_s, word.end_s, word.probability)
        for word, before in zip(words, ["", *(word.text for word in words)], strict=False)
        if word.start_s is not None
        and word.end_s is not None
        and word.probability is not None
        and not is_name_or_greeting(word.text, before)
    ]
    totals = [0.0, *itertools.accumulate(probability for _, _, probability in known)]
    for words_in_run, least in RUNS:
        size = min(words_in_run, len(known))
        for first in range(len(known) - size + 1 if size else 0):
            if (totals[first + size] - totals[first]) / size < least:
                yield _without_clear_edges(known[first : first + size])


def _without_clear_edges(run: Sequence[tuple[float, float, float]]) -> Span:
    while len(run) > 1 and run[0][2] >= CLEAR:
        run = run[1:]
    while len(run) > 1 and run[-1][2] >= CLEAR:
        run = run[:-1]
    return run[0][0], run[-1][1]


def _joined(spans: Sequence[Span]) -> Iterator[Span]:
    current: Span | None = None
    for start, end in spans:
        if current is not None and start - current[1] <= GAP_S:
            current = current[0], max(current[1], end)
        else:
            if current is not None:
                yield current
            current = start, end
    if current is not None:
        yield current
