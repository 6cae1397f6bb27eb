"""Rules: what a manager may say next, and when."""

from __future__ import annotations

import enum
import re
from collections.abc import Callable
from dataclasses import dataclass

from rehearse.calling.acts import SMALL, Act
from rehearse.calling.replies import REPLIES
from rehearse.calling.scenario import Moment
from rehearse.calling.situation import SHORT_WORDS, Phase, Situation
from rehearse.calling.turn_question import LONG_WORDS
from rehearse.calling.understood import Understood
from rehearse.calling.wording import tells_plan, tells_steps

_DOUBT = re.compile(
    r"\b(but|even|though|although|risk\w*|cost\w*|doubt\w*|worr\w*|object\w*|you may|you might"
    r"|you('ll| will| could)? (say|think)|sounds?)\b",
    re.IGNORECASE,
)
"""Words of which somebody has one who answers a doubt that nobody voiced."""


class Next(enum.Enum):
    """What follows a rule's moments, where that depends on the call so far."""

    REPEAT = "what was said last, in other words"
    THREAD = "back to where the call was"
    ASK_ON = "the next question about the caller's plan"


@dataclass(frozen=True)
class Rule:
    """`why` is kept with what is said. `at_most`: how often a call, counted by the first moment
    and shared by all rules that begin with it; a scenario may set another limit. `replies`: the
    acts of the turn are answered first. `quotes`: a way is picked up in the caller's words."""

    why: str
    when: Callable[[Situation, Understood], bool]
    says: tuple[Moment, ...] = ()
    next: Next | None = None
    at_most: int | None = None
    then: Phase | None = None
    replies: bool = True
    quotes: bool = False
    forgets_question: bool = False


def _silent(s: Situation, u: Understood) -> bool:
    # Somebody who never said a word is asked twice, anybody else once.
    return not u.spoke and s.said[Moment.STILL_THERE] < (1 if s.turns else 2)


def out_of_time(s: Situation, u: Understood) -> bool:
    return s.is_past(s.clock.goodbye_s, u.at_s)


def impatient(s: Situation, u: Understood) -> bool:
    return not s.question_open and (u.cut_off or s.is_past(s.clock.cut_in_s, u.at_s))


def _only_replies(s: Situation, u: Understood) -> bool:
    """Everything in the turn has a reply of its own, and nothing moves the call on."""
    asks = [act for act in u.acts if act in REPLIES and act not in SMALL]
    if s.turns <= 1 and u.only_opens:
        return False
    return bool(asks) and not u.new_ways and not u.answers and not u.asked


def _asks_or_tells(u: Understood) -> bool:
    """A short turn that has a reply of its own and so recites nothing."""
    return u.is_one and any(act in REPLIES and act not in SMALL for act in u.acts)


def meets_doubt(s: Situation, u: Understood) -> bool:
    """Answers a doubt of the manager's, or one that nobody voiced about what was offered."""
    offered = s.ways > 0 and not s.said[Moment.REDIRECT]
    unvoiced = (
        offered
        and u.did(Act.ANSWERS_OBJECTION)
        and bool(_DOUBT.search(u.text))
        and not tells_plan(u.text)
    )
    return u.answers and (s.doubted or unvoiced)


def _announces(s: Situation, u: Understood) -> bool:
    """Says that something will come, or begins to tell it."""
    begins = u.did(Act.REASON) and not u.answers
    tells = u.answers and s.phase is Phase.TALK and s.pending is None and not meets_doubt(s, u)
    notes = set(u.acts) == {Act.ACKNOWLEDGE} and u.words > SHORT_WORDS
    return (begins or notes or (tells and not tells_plan(u.text))) and not u.substance


def goes_on(s: Situation, u: Understood) -> bool:
    """The turn carries the talk about the caller's plan."""
    if u.only_hello or u.closing:
        return False
    return u.substance or u.answers or u.words > SHORT_WORDS


UNCLEAR = Rule(
    "there was a voice, but no words could be made out",
    lambda s, u: not u.spoke and u.voiced,
    (Moment.BARELY_HEAR,),
    at_most=2,
)
SILENT = Rule("nothing was said for long", _silent, (Moment.STILL_THERE,))
GONE = Rule("nothing more was said", lambda s, u: not u.spoke, (Moment.GOODBYE,), then=Phase.OVER)
CLOSING = Rule(
    "the candidate said goodbye, or that this was all",
    lambda s, u: u.closing and not s.question_open,
    (Moment.GOODBYE,),
    then=Phase.OVER,
)
REPEAT = Rule(
    "the candidate did not understand: says it again in other words",
    lambda s, u: u.did(Act.REPEAT) and not u.asked and not u.new_ways,
    (Moment.SAY_AGAIN,),
    next=Next.REPEAT,
)
STATUS = Rule(
    "the candidate asked where they stand: a non-answer, then silence",
    lambda s, u: u.did(Act.STATUS),
    (Moment.STATUS,),
    at_most=4,
)
VAGUE = Rule(
    "the candidate spoke of contributing, but of nothing specific",
    lambda s, u: (
        u.did(Act.VAGUE)
        and not (u.new_ways or u.asked or tells_steps(u.text))
        and not (s.ways and (u.answers or s.phase is Phase.ANSWERED))
    ),
    (Moment.VAGUE,),
    at_most=2,
)
CREDENTIALS = Rule(
    "the candidate recited credentials",
    lambda s, u: (
        u.did(Act.RECITAL) and not (s.ways or u.new_ways or u.answers or _asks_or_tells(u))
    ),
    (Moment.CREDENTIALS,),
    at_most=2,
)
DONT_KNOW = Rule(
    "the candidate does not know: makes it easier",
    lambda s, u: u.did(Act.DONT_KNOW) and not u.new_ways,
    (Moment.DONT_KNOW,),
    next=Next.THREAD,
    at_most=2,
)
ONLY_REPLIES = Rule(
    "answers what was asked, and returns to the thread of the call",
    _only_replies,
    next=Next.THREAD,
)
OTHER_QUESTION = Rule(
    "the candidate asked something else",
    lambda s, u: u.asks and u.did(Act.NOTHING) and not u.substance,
    (Moment.OTHER_QUESTION,),
    at_most=2,
)
NOT_FOLLOWING = Rule(
    "what was said made no sense to the manager",
    lambda s, u: u.did(Act.NOTHING) and (u.words == 1 or u.form is not None),
    (Moment.NOT_FOLLOWING,),
    at_most=2,
)
GO_ON = Rule(
    "the candidate announced or told something: lets them speak",
    lambda s, u: (
        u.words <= LONG_WORDS
        and not any(act in REPLIES and act not in SMALL for act in u.acts)
        and (u.did(Act.NOTHING) or _announces(s, u))
    ),
    (Moment.GO_ON,),
    at_most=4,
)
PUSH_BACK = Rule(
    "pushes back on a contribution just heard",
    lambda s, u: bool(u.new_ways) and not (s.doubted and u.answers),
    (Moment.PUSH_BACK,),
    at_most=1,
)
OUT_OF_TIME = Rule(
    "the manager's time is over", out_of_time, (Moment.GOODBYE,), then=Phase.OVER, replies=False
)
