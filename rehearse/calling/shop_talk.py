"""Shop talk: which matter a turn is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from rehearse.calling.acts import JUDGED, SMALL, Act
from rehearse.calling.bank import Topic
from rehearse.calling.forms import Form
from rehearse.calling.matters import Matter, kind_of
from rehearse.calling.scenario import Moment
from rehearse.calling.turn_acts import says_missed
from rehearse.calling.understood import Understood

LIKELY = 0.5
"""Probability that a matter's lines answer the turn from which it is about that."""
SURELY = 0.65
"""The same where the turn has another reading: a plain act, or words that point to a topic of the
job's terms, or the offer of two answers; and of what is put as a statement."""
OWN_TRADE = 0.1
"""Added for a matter of the trade, where several are likely: it knows better."""
_ANSWERED_ALONE = frozenset({Act.WHO, Act.LINE_CHECK, Act.OTHER_OFFER, *SMALL})
"""Acts to which the manager knows the reply, where nothing else is done."""
_PLAIN = frozenset(
    {Act.GOOD_TIME, Act.WHO, Act.LINE_CHECK, Act.REPEAT, Act.PAY, Act.HOURS, Act.START_DATE}
    | {Act.LOCATION, Act.NEXT_STEP, Act.STATUS, Act.OTHER_OFFER, Act.RECITAL, Act.VAGUE}
    | {Act.GREETING, Act.REASON}
)
"""Acts that are mostly told rightly, and have replies of their own."""
_TERMS = frozenset({"pay", "hours", "start_date", "location", "next_step", "other_offer"})
_ASKS_OPENLY = (Act.ABOUT_BUSINESS, Act.ABOUT_JOB, Act.ABOUT_YOU, Act.ASK_EXAMPLE)
_NEVER = JUDGED | {Act.CHOICE}
_STAY = frozenset({Act.GREETING, Act.THANKS, Act.ACKNOWLEDGE, Act.GOODBYE, Act.OTHER_OFFER})
"""Acts that go beside a matter."""
MOMENTS = {
    Moment.ABOUT_BUSINESS: Act.ABOUT_BUSINESS,
    Moment.ABOUT_ME: Act.ABOUT_YOU,
    Moment.SMALL_TALK: Act.SMALL_TALK,
    Moment.NO_WORRIES: Act.MISHAP,
    Moment.NEXT_STEP: Act.NEXT_STEP,
}
"""Moments whose place a matter can take, and the act that each replies to."""


def matter_of(
    turn: Understood,
    matters: Mapping[str, Matter],
    topics: Mapping[str, Topic],
    odds: Mapping[str, float],
) -> Matter | None:
    """The matter of `matters` that the turn is about; None if it is about none. `topics`: those
    that its words point to. `odds`: with what probability the lines of each answer it."""
    asked = kind_of(turn.form)
    remarks = asked is None and not turn.did(*_ASKS_OPENLY)
    if turn.did(Act.GREETING) and (asked is None or (turn.only_opens and not turn.asks)):
        return None  # whoever says that they would drive the van asks nothing about it
    if set(turn.acts) <= _ANSWERED_ALONE:
        return None
    missed = turn.did(Act.REPEAT) and says_missed(turn.text)
    if missed or turn.asked or turn.new_ways or set(turn.acts) & _NEVER:
        return None
    named = [topic for topic in topics.values() if not topic.fallback]
    found = [
        (odds[name], matter)
        for name, matter in matters.items()
        if name in odds and not (remarks and None not in matter.forms)
    ]
    if not found:
        return None
    likely, best = max(found, key=lambda one: one[0] + OWN_TRADE * one[1].is_of_trade)
    if remarks and turn.answers and not best.is_personal:
        return None
    if any(odds.get(topic.name, 0.0) >= likely for topic in named):
        return None  # the topic has as good an answer
    of_terms = any(topic.at[0] in _TERMS for topic in named)
    of_two = turn.form is Form.EITHER
    of_me = turn.did(Act.ABOUT_YOU) and best.moment is not Moment.ABOUT_ME
    is_plain = asked is None or of_two or of_me or bool(set(turn.acts) & _PLAIN)
    return best if likely >= (SURELY if of_terms or is_plain else LIKELY) else None


def about(turn: Understood, matter: Matter) -> Understood:
    """The turn as one that is about this matter, whatever it was taken for."""
    acts = (*(act for act in turn.acts if act in _STAY), MOMENTS[matter.moment])
    return replace(turn, acts=acts, substance=False)
