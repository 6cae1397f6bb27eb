"""AfterQuestion: did the candidate stop after the critical question?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rehearse.scoring.ask_then_stop import TALKED_ON_WORDS, said_after_question
from rehearse.scoring.clauses import Clause
from rehearse.transcript import Speaker, Transcript, Utterance


@dataclass(frozen=True)
class AfterQuestion:
    """`words`: the number of words after the question (and what belongs to it) in the same turn.

    `manager_s`: how long the manager then spoke; None without a manager.
    """

    words: int
    manager_s: float | None

    @property
    def stopped(self) -> bool:
        return self.words <= TALKED_ON_WORDS


def after_question(transcript: Transcript, clauses: Sequence[Clause]) -> AfterQuestion | None:
    """For the first turn with the critical question; None when it was not asked."""
    after = said_after_question(transcript, clauses)
    if after is None:
        return None
    following = transcript.utterances[after.utterance + 1 :]
    return AfterQuestion(after.word_count, _manager_s(following))


def _manager_s(following: Sequence[Utterance]) -> float | None:
    total_s = 0.0
    for utterance in following:
        if utterance.speaker is Speaker.CANDIDATE:
            break
        if utterance.start_s is not None and utterance.end_s is not None:
            total_s += utterance.end_s - utterance.start_s
    return total_s or None
