"""Evidence: the candidate's own words for a finding, whole enough to stand alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rehearse.scoring.clauses import Clause
from rehearse.transcript import Speaker, Transcript, Word

LONGEST_QUOTE_WORDS = 40
"""A quote is not extended beyond this: longer ones are not read."""
_SENTENCE_ENDS = (".", "?", "!")
_CLOSING = "\"')”’"
_ABBREVIATIONS = frozenset({"mr.", "mrs.", "ms.", "dr.", "st.", "no."})


@dataclass(frozen=True)
class Evidence:
    """Verbatim words of the candidate; times in seconds on the recording, None for typed text.

    `probability`: how likely they are what they are taken for (0..1, calibrated); None where that
    is not known, as in scorecards of earlier versions.
    """

    quote: str
    start_s: float | None
    end_s: float | None
    probability: float | None = None


def by_turn(transcript: Transcript, clauses: Sequence[Clause]) -> Iterator[tuple[Clause, ...]]:
    """The candidate's `clauses`, in the order of the words, one tuple for each turn with words."""
    remaining = list(clauses)
    for utterance in transcript.utterances:
        words = len(utterance.words) if utterance.speaker is Speaker.CANDIDATE else 0
        turn: list[Clause] = []
        while remaining and words > 0:
            words -= len(remaining[0].words)
            turn.append(remaining.pop(0))
        if turn:
            yield tuple(turn)


def quote(
    run: Sequence[Clause], turn: Sequence[Clause], probability: float | None = None
) -> Evidence:
    """The words of `run`, clauses of `turn` that follow one another, as a whole sentence.

    A sentence that was cut is completed from its neighbours in `turn`, as far as these carry no
    finding of their own and the quote stays short enough to read.
    """
    first = next(place for place, clause in enumerate(turn) if clause is run[0])
    last = first + len(run) - 1
    room = LONGEST_QUOTE_WORDS - sum(len(clause.words) for clause in run)
    if not ends_sentence(turn[last]):
        after = _to_sentence_end(turn[last + 1 :], room)
        last += len(after)
        room -= sum(len(clause.words) for clause in after)
    if ends_sentence(turn[last]):
        first -= len(_from_sentence_start(turn[:first], room))
    words: tuple[Word, ...] = tuple(w for clause in turn[first : last + 1] for w in clause.words)
    text = " ".join(word.text for word in words)
    return Evidence(text, words[0].start_s, words[-1].end_s, probability)


def _to_sentence_end(following: Sequence[Clause], room: int) -> Sequence[Clause]:
    """The clauses that complete the sentence; none where they do not, as without punctuation."""
    for count, clause in enumerate(following, 1):
        room -= len(clause.words)
        if clause.labels or room < 0:
            break
        if ends_sentence(clause):
            return following[:count]
    return ()


def _from_sentence_start(before: Sequence[Clause], room: int) -> Sequence[Clause]:
    """The clauses in which the sentence began."""
    for count, clause in enumerate(reversed(before)):
        if ends_sentence(clause):
            return before[len(before) - count :]
        room -= len(clause.words)
        if clause.labels or room < 0:
            return ()
    return before


def ends_sentence(clause: Clause) -> bool:
    """Whether a full stop, a question mark or an exclamation mark follows its last word."""
    last = clause.words[-1].text.rstrip(_CLOSING)
    return last.endswith(_SENTENCE_ENDS) and last.lower() not in _ABBREVIATIONS
