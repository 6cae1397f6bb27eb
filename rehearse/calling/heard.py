"""Heard: what the candidate did in the last turn."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rehearse.scoring.clauses import Clause, Label
from rehearse.transcript import Speaker, Utterance

RECITAL_CLAUSES = 2
RECITAL_SHARE = 1 / 3
_SHORT_TURN_WORDS = 14
"""A turn up to this long may be a hello or a goodbye and no more."""

_OFFER = re.compile(
    r"\b(I|we)('d| would| could| can| will|'ll)\b|\bI (believe|think|know|feel)\b"
    r"|\b(add|bring|contribute|help|improve|make a difference|hard work|value)\b",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"\b(good ?bye|bye|that's (all|it)|that is (all|it)|nothing else|no more"
    r"|have a (good|nice|great)|talk to you (soon|later|then)"
    r"|thanks? (you )?(so much )?for your time)\b"
    r"|^\W*no\b[,. ]*(thanks|thank you)?\W*$",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:(?i:this is|my name is|my name's|here is)|(?:I'm|I am|[Ii]t's) [A-Z])|\bhere\W*$"
)
_REASON = re.compile(
    r"\b(about|regarding|concerning|interview\w*|position|job|role|opening|offered|calling (to"
    r"|because|as)|follow\w*|met|speak (to|with)|talk (to|with)|question)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Heard:
    """One turn of the candidate's.

    `spoke` is False when no words were recognised; `voiced` then tells a voice too faint or
    unclear from silence. `at_s` is call time at the end of the turn, in seconds, `cut_off`
    whether the turn was ended for them.
    """

    spoke: bool
    voiced: bool = True
    at_s: float = 0.0
    cut_off: bool = False

    substance: bool = False
    """Did anything at all that the rubric knows."""
    asked: bool = False
    """The critical question."""
    new_ways: tuple[str, ...] = ()
    """The words of each contribution that came up in this turn for the first time."""
    status: bool = False
    """Asked or fished whether they are still being considered."""
    recited: bool = False
    """Past strengths and credentials, so many that they made the turn."""
    vague: bool = False
    """Spoke of contributing, but of nothing specific."""
    other_question: bool = False
    """Ended in a question that is not the critical one."""
    only_hello: bool = False
    """Too short and empty to be more than a greeting or a yes."""
    closing: bool = False
    """Said goodbye or that there is nothing more."""
    named: bool = False
    """Told who is calling."""
    reason: bool = False
    """Told why they are calling."""


def heard_in(utterances: Sequence[Utterance], clauses: Sequence[Clause]) -> Heard:
    """What the last utterance of the candidate did; `clauses` are the candidate's of all."""
    last = next(u for u in reversed(utterances) if u.speaker is Speaker.CANDIDATE)
    before, clauses = _split(clauses, len(last.words))
    labels = frozenset().union(*(clause.labels for clause in clauses))
    known_ways = {clause.way for clause in before}
    new_ways: dict[int, str] = {}
    for clause in clauses:
        if clause.way is not None and clause.way not in known_ways:
            new_ways.setdefault(clause.way, clause.text)
    past = [clause for clause in clauses if Label.PAST in clause.labels]
    past_words = sum(len(clause.words) for clause in past)
    substance = bool(labels - {Label.HUMBLE})
    is_short = len(last.words) <= _SHORT_TURN_WORDS
    asked = Label.ASK in labels
    closing = is_short and not substance and bool(_CLOSING.search(last.text))
    other_question = not substance and not closing and last.text.rstrip(" \"'").endswith("?")
    return Heard(
        spoke=True,
        substance=substance,
        asked=asked,
        new_ways=tuple(new_ways.values()),
        status=Label.STATUS in labels,
        recited=len(past) >= RECITAL_CLAUSES
        or (bool(past) and past_words >= RECITAL_SHARE * len(last.words)),
        vague=not (asked or other_question or closing or labels & {Label.WAY, Label.STATUS})
        and (Label.LINK in labels or (not is_short and bool(_OFFER.search(last.text)))),
        other_question=other_question,
        only_hello=is_short and not substance and not closing,
        closing=closing,
        named=bool(_NAMED.search(last.text)),
        reason=substance or bool(_REASON.search(last.text)),
    )


def _split(clauses: Sequence[Clause], words: int) -> tuple[Sequence[Clause], Sequence[Clause]]:
    """The clauses before the last `words` words, and those of them."""
    start = len(clauses)
    while start > 0 and words > 0:
        start -= 1
        words -= len(clauses[start].words)
    return clauses[:start], clauses[start:]
