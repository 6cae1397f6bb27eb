"""Content rules: advice on what was said.

The critical question has rules of its own (question_rules.py).

A rule reads a whole talk and returns advice, or None if it has none. Its value is the worth of the
point in the rubric, so that the most valuable advice comes first.
"""

from __future__ import annotations

from collections.abc import Callable

from rehearse.coaching.advice import Advice, Talk
from rehearse.coaching.own_words import clause_where, evidence, quoted, short
from rehearse.coaching.unclear_advice import unclear_said
from rehearse.coaching.way_hints import EMPTY_CLAIM
from rehearse.scoring.evidence import Evidence
from rehearse.scoring.rubric import (
    BRIEF_S,
    POINTS,
    POINTS_FOR_BREVITY,
    POINTS_PER_WAY,
    WAYS_ASKED_FOR,
    Criterion,
    Verdict,
)


def nothing_heard(talk: Talk) -> Advice | None:
    if talk.spoke:
        return None
    return Advice(
        "nothing_heard",
        "You said nothing this time. Start small: say who you are, and one way you would help.",
        100,
        drill="opening",
    )


def could_not_hear(talk: Talk) -> Advice | None:
    card = talk.scorecard
    if Verdict.COULDNT_HEAR not in (card.business_contribution, card.critical_question):
        return None
    return Advice(
        "could_not_hear",
        unclear_said(talk.transcript.unclear, card.recognition),
        35 if card.recognition is None or not card.recognition.too_little else 100,
    )


def way_without_business(talk: Talk) -> Advice | None:
    """The candidate promised an effort but did not say what part of the business it touches."""
    if talk.ways >= WAYS_ASKED_FOR:
        return None
    claim = clause_where(talk, lambda one: one.way is None and bool(EMPTY_CLAIM.search(one.text)))
    if claim is None:
        return None
    return Advice(
        "way_without_business",
        f"You said {quoted(claim)}. Say what of theirs it touches, in one sentence: which cost, "
        "which customers, which delay.",
        _ways_value(talk) + 1,
        evidence(claim),
        "way1",
    )


def way_dropped(talk: Talk) -> Advice | None:
    """A way on the sheet was not said."""
    if talk.ways >= WAYS_ASKED_FOR or talk.sheet_match is None or not talk.spoke:
        return None
    dropped = [
        (number, one.way)
        for number, one in enumerate(talk.sheet_match.planned, start=1)
        if one.said is None and one.way.action
    ]
    if not dropped:
        return None
    number, way = dropped[0]
    return Advice(
        "way_dropped",
        f"You named {_ways(talk.ways)}. You left out way {number} on your sheet "
        f'("{short(way.action)}"): say it next time.',
        _ways_value(talk) + 0.5,
        drill="ways",
    )


def ways_missing(talk: Talk) -> Advice | None:
    if talk.ways >= WAYS_ASKED_FOR or not talk.spoke:
        return None
    if talk.ways == 0:
        text = (
            'Say what you would do for them if they hired you. Start with "I would ..." and end '
            "with what of theirs gets better: a cost, a delay, a customer."
        )
        return Advice("ways_missing", text, _ways_value(talk), drill="way1")
    quote = talk.scorecard.finding(Criterion.CONTRIBUTIONS).evidence[-1]
    given = "one way" if talk.ways == 1 else "two ways, the second"
    more = "Two more like it" if talk.ways == 1 else "One more"
    text = (
        f"You gave {given}: {quoted(quote)}. {more}: what else of theirs would get better with "
        "you there?"
    )
    return Advice("ways_missing", text, _ways_value(talk), quote, "ways")


def link_missing(talk: Talk) -> Advice | None:
    if talk.met(Criterion.BUSINESS_LINK) or not talk.spoke:
        return None
    way = talk.evidence(Criterion.CONTRIBUTIONS)
    start = f"Before {quoted(way)}" if way else "Near the start"
    return Advice(
        "link_missing",
        f"{start}, say in one sentence that you thought about their side, such as \"I've been "
        'thinking about how this job contributes to your business."',
        POINTS[Criterion.BUSINESS_LINK],
        way,
        "opening",
    )


def status_check(talk: Talk) -> Advice | None:
    if not talk.met(Criterion.STATUS_CHECK):
        return None
    quote = talk.evidence(Criterion.STATUS_CHECK)
    return Advice(
        "status_check",
        f"You asked where you stand{_said(quote)}. Leave that out: a good idea for their business "
        "reminds them of you better than asking does.",
        -POINTS[Criterion.STATUS_CHECK] + 1,
        quote,
    )


def credential_recital(talk: Talk) -> Advice | None:
    if not talk.met(Criterion.CREDENTIAL_RECITAL):
        return None
    quote = talk.evidence(Criterion.CREDENTIAL_RECITAL)
    return Advice(
        "credential_recital",
        f"You told them what you have done{_said(quote)}. They have your CV for that. Turn "
        "one of these into what you would do for them, and leave out the rest.",
        -POINTS[Criterion.CREDENTIAL_RECITAL] + 1,
        quote,
        "way1",
    )


def choice_missing(talk: Talk) -> Advice | None:
    if talk.met(Criterion.MANAGER_CHOICE) or talk.ways == 0:
        return None
    return Advice(
        "choice_missing",
        'If it is so, say it: "You are the manager I want to work for." Nobody minds hearing that.',
        POINTS[Criterion.MANAGER_CHOICE] - 1,
    )


def humility_missing(talk: Talk) -> Advice | None:
    if talk.met(Criterion.HUMILITY) or talk.ways == 0:
        return None
    way = talk.evidence(Criterion.CONTRIBUTIONS)
    assert way is not None
    return Advice(
        "humility_missing",
        f'Before {quoted(way)}, add half a sentence: "I know your business only from outside, '
        'but ..." Then your ideas are an offer, not a lecture.',
        POINTS[Criterion.HUMILITY],
        way,
        "opening",
    )


def too_long(talk: Talk) -> Advice | None:
    length_s = talk.scorecard.pitch_s
    if length_s <= BRIEF_S:
        return None
    took = f"Your pitch took {length_s:.0f} s."
    if talk.transcript.is_typed:
        took = f"Aloud, your pitch would take about {length_s:.0f} s."
    return Advice(
        "too_long",
        f"{took} Keep it under {BRIEF_S:.0f}: one sentence for each way, then the question.",
        POINTS_FOR_BREVITY,
        drill="all",
    )


FAULT_RULES: tuple[Callable[[Talk], Advice | None], ...] = (status_check, credential_recital)
"""Each is named like its criterion."""
RULES: tuple[Callable[[Talk], Advice | None], ...] = (
    nothing_heard,
    could_not_hear,
    way_without_business,
    way_dropped,
    ways_missing,
    *FAULT_RULES,
    link_missing,
    choice_missing,
    humility_missing,
    too_long,
)
SAME_MATTER = (
    {"nothing_heard", "could_not_hear"},
    {"other_question", "question_missing"},
    {"way_without_business", "way_dropped", "ways_missing"},
    {"too_faint", "cut_off_peaks", "could_not_hear"},
)
"""Of the rules in one group only the most valuable gives advice."""


def _said(quote: Evidence | None) -> str:
    return f" ({quoted(quote)})" if quote else ""


def _ways(count: int) -> str:
    return ("no way yet", "one way", "two ways")[count]


def _ways_value(talk: Talk) -> float:
    return POINTS_PER_WAY * (WAYS_ASKED_FOR - talk.ways)
