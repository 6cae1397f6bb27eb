"""Praise rules: what went well, in the candidate's words.

What the scorer is not sure of is not praised: the person is asked about it beside its tick.
"""

from __future__ import annotations

from collections.abc import Callable

from rehearse.coaching.advice import Praise, Talk
from rehearse.scoring.rubric import WAYS_ASKED_FOR, Criterion
from rehearse.scoring.scorecard import is_doubtful


def question_asked(talk: Talk) -> Praise | None:
    return _praise(talk, Criterion.CRITICAL_QUESTION, "You asked the question that matters.")


def ways_given(talk: Talk) -> Praise | None:
    ways = talk.scorecard.finding(Criterion.CONTRIBUTIONS)
    sure = next((one for one in ways.evidence if not is_doubtful(one)), None)
    if not ways.met or sure is None:
        return None
    if talk.ways >= WAYS_ASKED_FOR:
        text = "You named all three ways"
    else:
        text = ("You named a first way", "You named two of the three ways")[talk.ways - 1]
    doubt = ", though I am not sure of each of them" if ways.doubtful and talk.ways > 1 else ""
    return Praise(Criterion.CONTRIBUTIONS.value, f"{text}{doubt}.", sure)


def stopped_and_listened(talk: Talk) -> Praise | None:
    after = talk.delivery.after_question if talk.delivery else None
    if not talk.is_sure_of(Criterion.CRITICAL_QUESTION):
        return None
    if after is None or not after.stopped or after.manager_s is None:
        return None
    return Praise(
        "stopped_and_listened",
        f"After the question you stopped, and the manager spoke for {after.manager_s:.0f} s.",
        None,
    )


def link_said(talk: Talk) -> Praise | None:
    return _praise(talk, Criterion.BUSINESS_LINK, "You said how the job helps their business.")


def choice_said(talk: Talk) -> Praise | None:
    return _praise(talk, Criterion.MANAGER_CHOICE, "You told the manager that you chose them.")


PRAISE: tuple[Callable[[Talk], Praise | None], ...] = (
    question_asked,
    ways_given,
    stopped_and_listened,
    link_said,
    choice_said,
)


def _praise(talk: Talk, criterion: Criterion, text: str) -> Praise | None:
    quote = talk.evidence(criterion)
    return Praise(criterion.value, text, quote) if talk.is_sure_of(criterion) and quote else None
