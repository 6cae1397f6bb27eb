"""Real talk: scores of speech without a pitch.

And of talk that resembles one.

The rows of the table that docs/model-card.md shows, each measured with one model on one part.
"""

from __future__ import annotations

import collections
import dataclasses
from collections.abc import Callable, Iterator, Sequence

from rehearse.scoring.clauses import ClauseTagger
from rehearse.scoring.rubric import FAULTS, Criterion, Verdict
from rehearse.scoring.scorecard import Scorecard, score_transcript
from rehearse.transcript import text_transcript
from training.corpus import Pitch
from training.outside import OutsideTalk
from training.talks import transcript

PRAISE = tuple(criterion for criterion in Criterion if criterion not in FAULTS)
LONG_WORDS = 600
"""Pieces of one speaker are joined up to this length or more, as a person rambles."""


@dataclasses.dataclass(frozen=True)
class Row:
    """One line of the table: how many of `count` things went as `name` says."""

    name: str
    hits: int
    count: int

    @property
    def share(self) -> float | None:
        return self.hits / self.count if self.count else None


def outside_rows(talks: Sequence[OutsideTalk], tagger: ClauseTagger) -> Iterator[str]:
    """Talk by real people, none of them pitching: piece by piece, and as long speech."""
    cards = [score_transcript(text_transcript(talk.text), tagger) for talk in talks]
    praised = sum(any(_met(card, criterion) for criterion in PRAISE) for card in cards)
    yield f"pieces that earn any credit: {praised} of {len(cards)} ({praised / len(cards):.3f})"
    yield f"highest score: {max(card.score for card in cards)}"
    covered = sum(
        Verdict.COVERED in (card.business_contribution, card.critical_question) for card in cards
    )
    yield f'verdicts "covered": {covered}'
    ticks = collections.Counter(c.value for card in cards for c in PRAISE if _met(card, c))
    yield "false ticks by criterion: " + (", ".join(f"{k} {n}" for k, n in ticks.items()) or "none")
    yield from long_rows(list(_joined(talks)), tagger)


def long_rows(texts: Sequence[str], tagger: ClauseTagger) -> Iterator[str]:
    """Long speech without a pitch: false ticks per 1,000 words, each way counted."""
    words = sum(len(text.split()) for text in texts)
    if not words:
        return
    cards = [score_transcript(text_transcript(text), tagger) for text in texts]
    ticks = sum(len(card.finding(criterion).evidence) for card in cards for criterion in PRAISE)
    lengths = sorted(len(text.split()) for text in texts)
    yield (
        f"{len(texts)} long talks of {lengths[0]} to {lengths[-1]} words: {ticks} false ticks, "
        f"{1000 * ticks / words:.2f} per 1,000 words"
    )


def kind_rows(pitches: Sequence[Pitch], tagger: ClauseTagger) -> Iterator[Row]:
    """Questions, fishing, ways, choices and recitals beside what only looks like them."""
    cards = {pitch.id: score_transcript(transcript(pitch), tagger) for pitch in pitches}

    def row(name: str, criterion: Criterion, wanted: Callable[[Pitch], bool]) -> Row:
        some = [pitch for pitch in pitches if wanted(pitch)]
        return Row(name, sum(_met(cards[pitch.id], criterion) for pitch in some), len(some))

    for label, criterion, positive, near in (
        ("ask", Criterion.CRITICAL_QUESTION, "critical questions found", "other questions taken"),
        ("status", Criterion.STATUS_CHECK, "fishing found", "look-alikes taken for fishing"),
        ("way", Criterion.CONTRIBUTIONS, "talks with a way found", "look-alikes taken for a way"),
        ("choice", Criterion.MANAGER_CHOICE, "choices found", "look-alikes taken for a choice"),
        ("role", Criterion.ROLE_IMPORTANCE, "roles found", "look-alikes taken for a role"),
        ("past", Criterion.CREDENTIAL_RECITAL, "recitals found", "others taken for a recital"),
    ):
        yield row(positive, criterion, lambda p, label=label: p.has(label))
        yield row(
            near,
            criterion,
            lambda p, label=label: (
                not p.has(label) and any(label in c.near_misses for c in p.clauses)
            ),
        )


def _met(card: Scorecard, criterion: Criterion) -> bool:
    return card.finding(criterion).met


def _joined(talks: Sequence[OutsideTalk]) -> Iterator[str]:
    by_speaker: dict[tuple[str, str], list[str]] = {}
    for talk in talks:
        waiting = by_speaker.setdefault((talk.source, talk.speaker), [])
        waiting += talk.text.split()
        if len(waiting) >= LONG_WORDS:
            yield " ".join(waiting)
            waiting.clear()
