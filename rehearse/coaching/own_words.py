"""Own words: the candidate's clauses as advice quotes them."""

from __future__ import annotations

import re
from collections.abc import Callable

from rehearse.coaching.advice import Talk
from rehearse.scoring.clauses import Clause
from rehearse.scoring.evidence import Evidence

LONGEST_QUOTE_WORDS = 14
_LEAST_WORDS = 4
"""Fewer are a goodbye, whatever they are."""
_GREETING = re.compile(
    r"^(hi|hello|hey|good (morning|afternoon|evening)|thank you|thanks|bye|goodbye|have a|"
    r"(it's|this is|i'm) [A-Z])\b",
    re.IGNORECASE,
)


def clause_where(talk: Talk, wanted: Callable[[Clause], bool]) -> Clause | None:
    """The first clause of the talk that is wanted."""
    return next((one for one in talk.scorecard.clauses if wanted(one)), None)


def last_words(talk: Talk) -> Clause | None:
    """The end of the pitch without greetings and goodbyes; None if there is nothing else."""
    said = [
        one
        for one in talk.scorecard.clauses
        if len(one.words) >= _LEAST_WORDS and not _GREETING.match(one.text)
    ]
    return said[-1] if said else None


def evidence(clause: Clause) -> Evidence:
    return Evidence(clause.text, clause.start_s, clause.end_s)


def quoted(words: Clause | Evidence) -> str:
    """Words in quotation marks, shortened if long."""
    return f'"{short(words.text if isinstance(words, Clause) else words.quote)}"'


def as_sentence(quote: str) -> str:
    """A quote in quotation marks at the end of a sentence, with a full stop if it has no end."""
    return quote if quote[-2:-1] in ".?!" else f"{quote}."


def short(text: str) -> str:
    words = text.split()
    cut = " ".join(words[:LONGEST_QUOTE_WORDS])
    return f"{cut} ..." if len(words) > LONGEST_QUOTE_WORDS else cut.rstrip(".,;")
