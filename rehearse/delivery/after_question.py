"""AfterQuestion: whether the candidate stopped after the critical question and was answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rehearse.scoring.ask_then_stop import TALKED_ON_WORDS
from rehearse.scoring.clauses import Clause, Label
from rehearse.transcript import Speaker, Transcript, Utterance

_BELONGS = frozenset({Label.ASK, Label.ROLE, Label.CHOICE})
"""What the advice itself says in one breath with the question."""


@dataclass(frozen=True)
class AfterQuestion:
    """`words`: said after the question and what belongs to it, in the same turn.

    `manager_s`: how long the manager then spoke, None when there was no manager to answer.
    """

    words: int
    manager_s: float | None

    @property
    def stopped(self) -> bool:
        return self.words <= TALKED_ON_WORDS


def after_question(transcript: Transcript, clauses: Sequence[Clause]) -> AfterQuestion | None:
    """For the first turn with the question; None when it was not asked."""
    utterances = transcript.utterances
    rest = list(clauses)
    for index, utterance in enumerate(utterances):
        if utterance.speaker is not Speaker.CANDIDATE:
            continue
        own = _take(rest, len(utterance.words))
        if not any(Label.ASK in clause.labels for clause in own):
            continue
        last = max(at for at, clause in enumerate(own) if Label.ASK in clause.labels)
        after = [clause for clause in own[last + 1 :] if not clause.labels & _BELONGS]
        words = sum(len(clause.words) for clause in after)
        return AfterQuestion(words, _manager_s(utterances[index + 1 :]))
    return None


def _take(rest: list[Clause], word_count: int) -> list[Clause]:
    """The next clauses that make up `word_count` words; every word is in exactly one clause."""
    taken: list[Clause] = []
    while rest and sum(len(clause.words) for clause in taken) < word_count:
        taken.append(rest.pop(0))
    return taken


def _manager_s(following: Sequence[Utterance]) -> float | None:
    total_s = 0.0
    for utterance in following:
        if utterance.speaker is Speaker.CANDIDATE:
            break
        if utterance.start_s is not None and utterance.end_s is not None:
            total_s += utterance.end_s - utterance.start_s
    return total_s or None
