"""Evidence: the candidate's own words for a finding."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rehearse.scoring.clauses import Clause
from rehearse.scoring.recognition import doubtful
from rehearse.transcript import Speaker, Transcript, Word

LONGEST_QUOTE_WORDS = 40
"""No quote is extended beyond this: people do not read longer ones."""
_SENTENCE_ENDS = (".", "?", "!")
_CLOSING = "\"')”’"
_ABBREVIATIONS = frozenset({"mr.", "mrs.", "ms.", "dr.", "st.", "no."})


@dataclass(frozen=True)
class Evidence:
    """Verbatim words of the candidate; times in seconds on the recording, None for typed text.

    `probability`: how likely the label is right (0..1, calibrated); None if unknown, as in
    scorecards of earlier versions. `doubtful`: the indexes (from 0) of words in the quote that
    were probably misrecognised.
    """

    quote: str
    start_s: float | None
    end_s: float | None
    probability: float | None = None
    doubtful: tuple[int, ...] = ()

    @property
    def marked(self) -> str:
        """The quote with `[?]` after each doubtful word, for output that cannot underline."""
        return " ".join(
            f"{word} [?]" if place in self.doubtful else word
            for place, word in enumerate(self.quote.split())
        )


@dataclass(frozen=True)
class Turn:
    """The clauses of one of the candidate's turns."""

    clauses: tuple[Clause, ...]

    @functools.cached_property
    def starts(self) -> tuple[int, ...]:
        """The index in the turn of the first word of each clause."""
        return tuple(itertools.accumulate((len(one.words) for one in self.clauses), initial=0))

    @functools.cached_property
    def unsure(self) -> Sequence[bool]:
        """Whether each word is doubtful, which depends on its neighbours in the turn."""
        return doubtful([word for clause in self.clauses for word in clause.words])


def by_turn(transcript: Transcript, clauses: Sequence[Clause]) -> Iterator[Turn]:
    """The candidate's `clauses` in the order of the words, by turn; only turns with words."""
    place = 0
    for utterance in transcript.utterances:
        words = len(utterance.words) if utterance.speaker is Speaker.CANDIDATE else 0
        first = place
        while place < len(clauses) and words > 0:
            words -= len(clauses[place].words)
            place += 1
        if place > first:
            yield Turn(tuple(clauses[first:place]))


def quote(whole: Turn, first: int, count: int = 1, probability: float | None = None) -> Evidence:
    """The words of `count` clauses of a turn from index `first`, as a whole sentence.

    A cut sentence is completed from its neighbours in the turn, if these carry no finding of their
    own and the quote stays short enough to read.
    """
    turn = whole.clauses
    last = first + count - 1
    room = LONGEST_QUOTE_WORDS - sum(len(clause.words) for clause in turn[first : last + 1])
    # A clause has at least one word: checking LONGEST_QUOTE_WORDS of them is enough.
    if not ends_sentence(turn[last]):
        after = _to_sentence_end(turn[last + 1 : last + 1 + LONGEST_QUOTE_WORDS], room)
        last += len(after)
        room -= sum(len(clause.words) for clause in after)
    if ends_sentence(turn[last]):
        before = turn[max(0, first - LONGEST_QUOTE_WORDS) : first]
        first -= len(_from_sentence_start(before, room))
    words: tuple[Word, ...] = tuple(w for clause in turn[first : last + 1] for w in clause.words)
    text = " ".join(word.text for word in words)
    start = whole.starts[first]
    places = tuple(at for at in range(len(words)) if whole.unsure[start + at])
    return Evidence(text, words[0].start_s, words[-1].end_s, probability, places)


def _to_sentence_end(following: Sequence[Clause], room: int) -> Sequence[Clause]:
    """The clauses that complete the sentence; none if they do not, as without punctuation."""
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
    """Whether its last word ends with a full stop, a question mark or an exclamation mark."""
    last = clause.words[-1].text.rstrip(_CLOSING)
    return last.endswith(_SENTENCE_ENDS) and last.lower() not in _ABBREVIATIONS
