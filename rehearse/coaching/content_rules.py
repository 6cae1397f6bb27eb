"""Coaching rules: when to advise what, in which words.

A rule looks at a whole talk and gives its sentences, or None where it has nothing to say. Its value
is what the point is worth by the rubric, so that the most valuable advice comes first.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from rehearse.coaching.advice import Advice, Talk
from rehearse.scoring.clauses import Clause
from rehearse.scoring.rubric import (
    BRIEF_S,
    POINTS,
    POINTS_FOR_BREVITY,
    POINTS_PER_WAY,
    WAYS_ASKED_FOR,
    Criterion,
    Verdict,
)
from rehearse.scoring.scorecard import Evidence

LONGEST_QUOTE_WORDS = 18

# Questions that sound like the critical question, or take its place.
_OTHER_QUESTION = re.compile(
    r"(anything else (i can|you need|you'd like|that you need)|what (does|would) a (typical )?day"
    r"|(what|which) (are|would be) (the|my) (duties|tasks|responsibilities)|any questions for me"
    r"|how is (the )?business|what can i do for you|(is there|are there) any(thing)? (else )?)",
    re.IGNORECASE,
)
_EMPTY_CLAIM = re.compile(
    r"\b(work(ing)? (very |really )?hard|hard[- ]work\w*|add (a lot of |real |great )?value"
    r"|energy|passion\w*|motivat\w+|team player|fast learner|quick learner|go(ing)? the extra mile"
    r"|make a difference|be an asset|dedicat\w+|give (it )?(my|a) (best|hundred))\b",
    re.IGNORECASE,
)


def nothing_heard(talk: Talk) -> Advice | None:
    if talk.spoke:
        return None
    return Advice(
        "nothing_heard",
        "Nothing was heard of you this time. Check the microphone with 'rehearse check', then "
        "start small: say who you are, and one way you would help.",
        100,
        drill="opening",
    )


def could_not_hear(talk: Talk) -> Advice | None:
    card = talk.scorecard
    if Verdict.COULDNT_HEAR not in (card.business_contribution, card.critical_question):
        return None
    return Advice(
        "could_not_hear",
        "Part of what you said was too unclear to judge, so a point may be there that is not "
        "counted. Move closer to the microphone and say that part again.",
        35,
    )


def other_question(talk: Talk) -> Advice | None:
    """A question was asked, but not the one that matters."""
    if talk.met(Criterion.CRITICAL_QUESTION) or not talk.spoke:
        return None
    asked = _clause(talk, lambda clause: bool(_OTHER_QUESTION.search(clause.text)))
    if asked is None:
        return None
    return Advice(
        "other_question",
        f'You asked {_quoted(asked)}. That is not yet the critical question. Ask "{talk.question}"',
        POINTS[Criterion.CRITICAL_QUESTION] + 1,
        _evidence(asked),
        "question",
    )


def question_missing(talk: Talk) -> Advice | None:
    if talk.met(Criterion.CRITICAL_QUESTION) or not talk.spoke:
        return None
    return Advice(
        "question_missing",
        f'The question was not asked. After your ways, ask "{talk.question}" and then wait.',
        POINTS[Criterion.CRITICAL_QUESTION],
        drill="question",
    )


def way_without_business(talk: Talk) -> Advice | None:
    """An effort was promised; what of theirs it touches was not said."""
    if talk.ways >= WAYS_ASKED_FOR:
        return None
    claim = _clause(talk, lambda one: one.way is None and bool(_EMPTY_CLAIM.search(one.text)))
    if claim is None:
        return None
    return Advice(
        "way_without_business",
        f"You said {_quoted(claim)}. Say what of theirs it touches, in one sentence: which cost, "
        "which customers, which delay.",
        _ways_value(talk) + 1,
        _evidence(claim),
        "way1",
    )


def way_dropped(talk: Talk) -> Advice | None:
    """A way stands on the sheet that was not said."""
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
        f"You gave {_ways(talk.ways)}. Way {number} on your sheet "
        f'("{_short(way.action)}") was not said: it belongs in the call.',
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
    left = WAYS_ASKED_FOR - talk.ways
    text = (
        f"You gave {_ways(talk.ways)}. {'One more' if left == 1 else 'Two more'}: what else of "
        "theirs would get better with you there?"
    )
    quote = talk.evidence(Criterion.CONTRIBUTIONS)
    return Advice("ways_missing", text, _ways_value(talk), quote, "ways")


def link_missing(talk: Talk) -> Advice | None:
    if talk.met(Criterion.BUSINESS_LINK) or not talk.spoke:
        return None
    return Advice(
        "link_missing",
        "Before your ways, say in one sentence that you have thought about how this job bears on "
        "their business.",
        POINTS[Criterion.BUSINESS_LINK],
        drill="opening",
    )


def status_check(talk: Talk) -> Advice | None:
    if not talk.met(Criterion.STATUS_CHECK):
        return None
    quote = talk.evidence(Criterion.STATUS_CHECK)
    return Advice(
        "status_check",
        f"You asked where you stand{_said(quote)}. Leave that out: this call is about their "
        "business, and it tells them more than any reminder.",
        -POINTS[Criterion.STATUS_CHECK] + 1,
        quote,
    )


def credential_recital(talk: Talk) -> Advice | None:
    if not talk.met(Criterion.CREDENTIAL_RECITAL):
        return None
    quote = talk.evidence(Criterion.CREDENTIAL_RECITAL)
    return Advice(
        "credential_recital",
        f"They have read your past{_said(quote)}. Turn one of these into what you would do for "
        "them, and leave out the others.",
        -POINTS[Criterion.CREDENTIAL_RECITAL] + 1,
        quote,
        "ways",
    )


def role_missing(talk: Talk) -> Advice | None:
    if talk.met(Criterion.ROLE_IMPORTANCE) or not talk.met(Criterion.CRITICAL_QUESTION):
        return None
    return Advice(
        "role_missing",
        "After the question, add why you ask: it matters to you to know what role you would play "
        "at that level.",
        POINTS[Criterion.ROLE_IMPORTANCE] - 1,
        talk.evidence(Criterion.CRITICAL_QUESTION),
        "question",
    )


def choice_missing(talk: Talk) -> Advice | None:
    if talk.met(Criterion.MANAGER_CHOICE) or talk.ways == 0:
        return None
    return Advice(
        "choice_missing",
        "Tell the manager that they are the one you want to work for, if that is so. Nobody "
        "minds hearing it.",
        POINTS[Criterion.MANAGER_CHOICE] - 1,
        drill="all",
    )


def humility_missing(talk: Talk) -> Advice | None:
    if talk.met(Criterion.HUMILITY) or talk.ways == 0:
        return None
    return Advice(
        "humility_missing",
        "Add half a sentence: you know their business only from outside. Then your ideas are an "
        "offer, not a lecture.",
        POINTS[Criterion.HUMILITY],
        drill="opening",
    )


def too_long(talk: Talk) -> Advice | None:
    length_s = talk.scorecard.pitch_s
    if length_s <= BRIEF_S:
        return None
    return Advice(
        "too_long",
        f"Your pitch took {length_s:.0f} s. Keep it under {BRIEF_S:.0f}: one sentence for each "
        "way, then the question.",
        POINTS_FOR_BREVITY,
        drill="all",
    )


RULES: tuple[Callable[[Talk], Advice | None], ...] = (
    nothing_heard,
    could_not_hear,
    other_question,
    question_missing,
    way_without_business,
    way_dropped,
    ways_missing,
    status_check,
    credential_recital,
    link_missing,
    role_missing,
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
"""Of rules about one matter only the most valuable speaks."""


def _clause(talk: Talk, wanted: Callable[[Clause], bool]) -> Clause | None:
    return next((one for one in talk.scorecard.clauses if wanted(one)), None)


def _evidence(clause: Clause) -> Evidence:
    return Evidence(clause.text, clause.start_s, clause.end_s)


def _quoted(clause: Clause) -> str:
    return f'"{_short(clause.text)}"'


def _said(quote: Evidence | None) -> str:
    return f' ("{_short(quote.quote)}")' if quote else ""


def _short(text: str) -> str:
    words = text.split()
    cut = " ".join(words[:LONGEST_QUOTE_WORDS])
    return f"{cut} ..." if len(words) > LONGEST_QUOTE_WORDS else cut.rstrip(".,;")


def _ways(count: int) -> str:
    return ("no way yet", "one way", "two ways")[count]


def _ways_value(talk: Talk) -> float:
    return POINTS_PER_WAY * (WAYS_ASKED_FOR - talk.ways)
