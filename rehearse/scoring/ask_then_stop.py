"""Ask, then stop: did the candidate let the manager answer?"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass

from rehearse.scoring.clauses import Clause, Label
from rehearse.transcript import Speaker, Transcript

TALKED_ON_WORDS = 12
"""More words than this after the question (about five seconds) talk over it; fewer are a
"that's what I'd love to hear"."""
_BELONGS_TO_QUESTION = frozenset({Label.ASK, Label.ROLE, Label.CHOICE})
"""The advice itself puts these right after the question; they neither answer nor bury it."""


class AskThenStop(enum.StrEnum):
    STOPPED = "stopped"
    TALKED_ON = "talked_on"


@dataclass(frozen=True)
class SaidAfter:
    """What the candidate said after the question and what belongs to it, in the same turn.

    `utterance`: the index in the transcript of the first turn with the question.
    """

    utterance: int
    clauses: tuple[Clause, ...]

    @property
    def word_count(self) -> int:
        return sum(len(clause.words) for clause in self.clauses)

    @property
    def judged(self) -> AskThenStop:
        over = self.word_count > TALKED_ON_WORDS
        return AskThenStop.TALKED_ON if over else AskThenStop.STOPPED


def said_after_question(transcript: Transcript, clauses: Sequence[Clause]) -> SaidAfter | None:
    """What follows in the first turn with the critical question; None if it was never asked.

    `clauses` are the candidate's, in the order of the words in `transcript`.
    """
    remaining = list(clauses)
    for index, utterance in enumerate(transcript.utterances):
        if utterance.speaker is not Speaker.CANDIDATE:
            continue
        turn: list[Clause] = []
        words = len(utterance.words)
        while remaining and words > 0:
            words -= len(remaining[0].words)
            turn.append(remaining.pop(0))
        asked = [place for place, clause in enumerate(turn) if Label.ASK in clause.labels]
        if asked:
            after = (c for c in turn[asked[-1] + 1 :] if not c.labels & _BELONGS_TO_QUESTION)
            return SaidAfter(index, tuple(after))
    return None


def ask_then_stop(transcript: Transcript, clauses: Sequence[Clause]) -> AskThenStop | None:
    """Whether they stopped; None if the question was never asked."""
    after = said_after_question(transcript, clauses)
    return None if after is None else after.judged
