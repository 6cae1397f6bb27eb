"""Ask, then stop: whether the candidate let the manager answer the critical question."""

from __future__ import annotations

import enum
from collections.abc import Sequence

from rehearse.scoring.clauses import Clause, Label
from rehearse.transcript import Speaker, Transcript

TALKED_ON_WORDS = 12
"""More words than this after the question, about five seconds, are talk over it; fewer are a
"that's what I'd love to hear"."""
_BELONGS_TO_QUESTION = frozenset({Label.ASK, Label.ROLE, Label.CHOICE})
"""The advice itself puts these right after the question: they do not answer it or bury it."""


class AskThenStop(enum.StrEnum):
    STOPPED = "stopped"
    TALKED_ON = "talked_on"


def ask_then_stop(transcript: Transcript, clauses: Sequence[Clause]) -> AskThenStop | None:
    """Judged in the first turn in which the critical question was asked; None: never asked.

    `clauses` are the candidate's, in the order of the words in `transcript`.
    """
    remaining = list(clauses)
    for utterance in transcript.utterances:
        if utterance.speaker is not Speaker.CANDIDATE:
            continue
        turn: list[Clause] = []
        words = len(utterance.words)
        while remaining and words > 0:
            words -= len(remaining[0].words)
            turn.append(remaining.pop(0))
        asked = [place for place, clause in enumerate(turn) if Label.ASK in clause.labels]
        if asked:
            after = [c for c in turn[asked[-1] + 1 :] if not c.labels & _BELONGS_TO_QUESTION]
            talked_on = sum(len(clause.words) for clause in after) > TALKED_ON_WORDS
            return AskThenStop.TALKED_ON if talked_on else AskThenStop.STOPPED
    return None
