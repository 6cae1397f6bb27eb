"""Clauses: what a talk consists of. ClauseTagger: labels them."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from rehearse.transcript import Utterance, Word


class Label(enum.StrEnum):
    """What a clause does. The order is that of the model's outputs."""

    LINK = "link"
    WAY = "way"
    HUMBLE = "humble"
    ASK = "ask"
    ROLE = "role"
    CHOICE = "choice"
    STATUS = "status"
    PAST = "past"


class Letter(enum.StrEnum):
    """The A/B meter: the employer's coming work (A); self, credentials, past (B); neither."""

    A = "A"
    B = "B"
    NEITHER = "-"


@dataclass(frozen=True)
class Clause:
    """A run of the candidate's words.

    `words` is never empty. `probabilities` has every Label. `labels` are those that hold.
    `way` numbers the distinct contribution (from 1) this clause belongs to, None for none.
    """

    words: tuple[Word, ...]
    labels: frozenset[Label]
    probabilities: Mapping[Label, float]
    letter: Letter
    way: int | None = None

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def start_s(self) -> float | None:
        return self.words[0].start_s

    @property
    def end_s(self) -> float | None:
        return self.words[-1].end_s


class ClauseTagger(Protocol):
    """Cuts the candidate's words into clauses and labels them."""

    name: str
    """Model and version, as kept with each scorecard."""

    def tag(self, utterances: Sequence[Utterance]) -> tuple[Clause, ...]:
        """The candidate's clauses in the order spoken; every candidate word is in exactly one.

        The manager's utterances are context only.
        """
        ...
