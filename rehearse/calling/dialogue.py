"""Dialogue: the rules that pick what the manager says.

The first rule of the phase that holds, that was not used up and whose moments have lines, speaks.
Before that, unless the rule says otherwise, the manager answers the acts of the turn one by one
(`REPLIES`). A character is nothing but the lines, manner and limits of its scenario.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rehearse.calling.acts import FACTS, SMALL, Act
from rehearse.calling.scenario import Moment
from rehearse.calling.situation import SHORT_WORDS, Phase, Situation
from rehearse.calling.turn_acts import PITCH_WORDS
from rehearse.calling.understood import Understood
from rehearse.calling.wording import form_of, tells_plan

REPLIES: Mapping[Act, Moment] = {
    Act.GREETING: Moment.HELLO,
    Act.GOOD_TIME: Moment.GOOD_TIME,
    Act.WHO: Moment.MY_NAME,
    Act.LINE_CHECK: Moment.IM_HERE,
    Act.SMALL_TALK: Moment.SMALL_TALK,
    Act.ABOUT_YOU: Moment.ABOUT_ME,
    Act.THANKS: Moment.WELCOME,
    Act.MISHAP: Moment.NO_WORRIES,
    Act.PAY: Moment.PAY,
    Act.HOURS: Moment.HOURS,
    Act.START_DATE: Moment.START_DATE,
    Act.LOCATION: Moment.LOCATION,
    Act.NEXT_STEP: Moment.NEXT_STEP,
    Act.OTHER_OFFER: Moment.OTHER_OFFER,
    Act.ABOUT_BUSINESS: Moment.ABOUT_BUSINESS,
    Act.ABOUT_JOB: Moment.ABOUT_JOB,
    Act.CHOICE: Moment.CHOICE,
    Act.ASK_EXAMPLE: Moment.EXAMPLE,
}
"""What the manager says to an act, before the rule of the phase speaks."""
ABOUT = frozenset(
    {Moment.SMALL_TALK, Moment.ABOUT_ME, Moment.PAY, Moment.HOURS, Moment.LOCATION}
    | {Moment.START_DATE}
    | {Moment.NEXT_STEP, Moment.ABOUT_BUSINESS, Moment.ABOUT_JOB, Moment.EXAMPLE}
)
"""Moments that answer questions with neighbouring subjects: where a single clause seems to ask
for two of them, one was misheard."""
FOLLOW_UPS = (
    Moment.WHICH_FIRST,
    Moment.WHAT_NEED,
    Moment.WHAT_COST,
    Moment.WHO_AGAINST,
    Moment.HOW_KNOW,
)
"""Questions about what the caller offered, once the critical question is answered."""
COVERED = {
    Moment.WHICH_FIRST: r"\b(first|start|begin)\b",
    Moment.WHAT_NEED: r"\bneed\b",
    Moment.WHAT_COST: r"\b(costs?|money|dollars|pounds|hours|budget|pays? for)\b",
    Moment.WHO_AGAINST: r"\b(against|won't like|don't like|complain|grumble|nobody would)\b",
    Moment.HOW_KNOW: r"\b(numbers?|measure|count|you'd see|compare|by summer|percent)\b",
}
"""Words of a reply that answer a question before it was asked: another one comes next."""
QUESTIONS = frozenset({Moment.RETURN_QUESTION, Moment.VAGUE, Moment.CREDENTIALS, *FOLLOW_UPS})
"""Moments that wait for an answer: the thread of the call."""


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


def _out_of_time(s: Situation, u: Understood) -> bool:
    return s.is_past(s.clock.goodbye_s, u.at_s)


def _impatient(s: Situation, u: Understood) -> bool:
    return not s.question_open and (u.cut_off or s.is_past(s.clock.cut_in_s, u.at_s))


def _only_replies(s: Situation, u: Understood) -> bool:
    """Everything in the turn has a reply of its own, and nothing moves the call on."""
    asks = [act for act in u.acts if act in REPLIES and act not in SMALL]
    return bool(asks) and not u.new_ways and not u.answers and not u.asked


def _asks_or_tells(u: Understood) -> bool:
    """A short turn that has a reply of its own and so recites nothing."""
    return u.is_one and any(act in REPLIES and act not in SMALL for act in u.acts)


def _announces(s: Situation, u: Understood) -> bool:
    """Says that something will come, or begins to tell it."""
    begins = u.did(Act.REASON) and not u.answers
    tells = u.answers and s.phase is Phase.TALK and s.pending is None and not s.doubted
    notes = set(u.acts) == {Act.ACKNOWLEDGE} and u.words > SHORT_WORDS
    return (begins or notes or (tells and not tells_plan(u.text))) and not u.substance


def _only_opens(u: Understood) -> bool:
    return u.did(Act.GREETING) and set(u.acts) <= {*SMALL, Act.REASON}


def _goes_on(s: Situation, u: Understood) -> bool:
    """The turn carries the talk about the caller's plan."""
    if u.only_hello or u.closing:
        return False
    return u.substance or u.answers or u.words > SHORT_WORDS


_UNCLEAR = Rule(
    "there was a voice, but no words could be made out",
    lambda s, u: not u.spoke and u.voiced,
    (Moment.BARELY_HEAR,),
    at_most=2,
)
_SILENT = Rule("nothing was said for long", _silent, (Moment.STILL_THERE,))
_GONE = Rule("nothing more was said", lambda s, u: not u.spoke, (Moment.GOODBYE,), then=Phase.OVER)
_CLOSING = Rule(
    "the candidate said goodbye, or that this was all",
    lambda s, u: u.closing and not s.question_open,
    (Moment.GOODBYE,),
    then=Phase.OVER,
)
_REPEAT = Rule(
    "the candidate did not understand: says it again in other words",
    lambda s, u: u.did(Act.REPEAT) and not u.asked and not u.new_ways,
    (Moment.SAY_AGAIN,),
    next=Next.REPEAT,
)
_STATUS = Rule(
    "the candidate asked where they stand: a non-answer, then silence",
    lambda s, u: u.did(Act.STATUS),
    (Moment.STATUS,),
    at_most=2,
)
_VAGUE = Rule(
    "the candidate spoke of contributing, but of nothing specific",
    lambda s, u: u.did(Act.VAGUE) and not u.new_ways and not u.asked,
    (Moment.VAGUE,),
    at_most=2,
)
_CREDENTIALS = Rule(
    "the candidate recited credentials",
    lambda s, u: (
        u.did(Act.RECITAL) and not (s.ways or u.new_ways or u.answers or _asks_or_tells(u))
    ),
    (Moment.CREDENTIALS,),
    at_most=2,
)
_DONT_KNOW = Rule(
    "the candidate does not know: makes it easier",
    lambda s, u: u.did(Act.DONT_KNOW) and not u.new_ways,
    (Moment.DONT_KNOW,),
    next=Next.THREAD,
    at_most=2,
)
_ONLY_REPLIES = Rule(
    "answers what was asked, and returns to the thread of the call",
    _only_replies,
    next=Next.THREAD,
)
_OTHER_QUESTION = Rule(
    "the candidate asked something else",
    lambda s, u: u.asks and u.did(Act.NOTHING) and not u.substance,
    (Moment.OTHER_QUESTION,),
    at_most=2,
)
_NOT_FOLLOWING = Rule(
    "what was said made no sense to the manager",
    lambda s, u: u.did(Act.NOTHING) and (u.words == 1 or form_of(u.text) is not None),
    (Moment.NOT_FOLLOWING,),
    at_most=2,
)
_GO_ON = Rule(
    "the candidate announced or told something: lets them speak",
    lambda s, u: (
        u.words <= PITCH_WORDS
        and not any(act in REPLIES and act not in SMALL for act in u.acts)
        and (u.did(Act.NOTHING) or _announces(s, u))
    ),
    (Moment.GO_ON,),
    at_most=4,
)
_PUSH_BACK = Rule(
    "pushes back on a contribution just heard",
    lambda s, u: bool(u.new_ways) and not (s.doubted and u.answers),
    (Moment.PUSH_BACK,),
    at_most=1,
)
_OUT_OF_TIME = Rule(
    "the manager's time is over", _out_of_time, (Moment.GOODBYE,), then=Phase.OVER, replies=False
)

RULES: Mapping[Phase, tuple[Rule, ...]] = {
    Phase.GATE: (
        _UNCLEAR,
        _SILENT,
        _GONE,
        Rule(
            "the caller asked the assistant something",
            lambda s, u: (
                u.did(*FACTS)
                and u.words > 2
                and not set(u.acts) & {*SMALL, Act.WHO, Act.REASON}
                and not u.substance
            ),
            (Moment.ASSISTANT_OTHER,),
            at_most=2,
            replies=False,
        ),
        Rule(
            "the caller has not said who they are",
            lambda s, u: not s.named,
            (Moment.ASSISTANT_WHO,),
            at_most=1,
            replies=False,
        ),
        Rule(
            "the caller has not said why they call",
            lambda s, u: not s.reason,
            (Moment.ASSISTANT_WHY,),
            at_most=1,
            replies=False,
        ),
        Rule(
            "the assistant has heard enough and puts the call through",
            lambda s, u: True,
            (Moment.ASSISTANT_THROUGH, Moment.GREETING),
            then=Phase.TALK,
            replies=False,
        ),
    ),
    Phase.TALK: (
        _UNCLEAR,
        _SILENT,
        _GONE,
        Rule(
            "the critical question came just before the manager's time was over",
            lambda s, u: s.question_open and _out_of_time(s, u),
            (Moment.ANSWER, Moment.GOODBYE),
            then=Phase.OVER,
            replies=False,
        ),
        _OUT_OF_TIME,
        Rule(
            "the candidate took too long without asking the critical question",
            _impatient,
            (Moment.IMPATIENT,),
            at_most=1,
            replies=False,
        ),
        Rule(
            "sends the candidate elsewhere, to see whether they come back to the business",
            lambda s, u: u.substance or u.did(Act.STATUS),
            (Moment.REDIRECT,),
            at_most=2,
            replies=False,
            forgets_question=True,
        ),
        Rule(
            "somebody else wants the manager's attention",
            lambda s, u: u.substance and not u.closing,
            (Moment.ASIDE, Moment.REPEAT),
            at_most=1,
            replies=False,
            forgets_question=True,
        ),
        _PUSH_BACK,
        Rule(
            "the critical question was asked: answers it, returns it, then waits",
            lambda s, u: s.question_open and s.returns_question,
            (Moment.ANSWER, Moment.RETURN_QUESTION),
            then=Phase.ANSWERED,
            quotes=True,
        ),
        Rule(
            "the critical question was asked: answers it, then waits",
            lambda s, u: s.question_open,
            (Moment.ANSWER,),
            then=Phase.ANSWERED,
            quotes=True,
        ),
        Rule(
            # Before the goodbye below: who just made an offer is not let go without the opening.
            "the critical question was not asked yet: leaves the opening",
            lambda s, u: u.closing and bool(u.new_ways),
            (Moment.OPENING,),
            at_most=2,
            replies=False,
            quotes=True,
        ),
        _CLOSING,
        _REPEAT,
        _STATUS,
        _CREDENTIALS,
        _VAGUE,
        _DONT_KNOW,
        _ONLY_REPLIES,
        _OTHER_QUESTION,
        Rule(
            "the candidate only said hello, or that they would like to talk",
            lambda s, u: (
                (u.only_hello or (s.turns <= 1 and _only_opens(u)))
                and not u.did(Act.NOTHING)
                and (s.turns <= 1 or (s.turns == 2 and u.did(Act.GREETING, Act.REASON)))
            ),
            (Moment.GO_AHEAD,),
            at_most=1,
            replies=False,
        ),
        Rule(
            "the candidate says who they are",
            lambda s, u: (
                u.did(Act.GREETING) and u.named and not (u.substance or u.answers or u.asks)
            ),
            (Moment.KNOWS_NOW,),
            at_most=2,
            replies=False,
        ),
        _NOT_FOLLOWING,
        _GO_ON,
        Rule(
            "the candidate only agrees or thanks: what else?",
            lambda s, u: set(u.acts) <= {Act.ACKNOWLEDGE, Act.THANKS},
            (Moment.BACK_END,),
            at_most=3,
        ),
        Rule(
            "the candidate answered a doubt: accepts it and leaves the opening",
            lambda s, u: s.doubted and u.answers,
            (Moment.CONVINCED, Moment.OPENING),
            at_most=2,
        ),
        Rule(
            "the critical question was not asked yet: leaves the opening",
            lambda s, u: True,
            (Moment.OPENING,),
            at_most=2,
            quotes=True,
        ),
        Rule(
            "the openings for the critical question were not taken",
            lambda s, u: True,
            (Moment.GOODBYE,),
            then=Phase.OVER,
            quotes=True,
        ),
    ),
    Phase.ANSWERED: (
        _UNCLEAR,
        _GONE,
        _OUT_OF_TIME,
        Rule(
            "the critical question came again: answers it in other words",
            lambda s, u: u.asked and not u.new_ways,
            (Moment.ANSWER_AGAIN,),
            at_most=2,
        ),
        _PUSH_BACK,
        Rule(
            "a good talk about the caller's plan ends with a goodbye",
            lambda s, u: u.closing and s.good_answers >= 2,
            (Moment.WELL_HANDLED, Moment.GOODBYE),
            then=Phase.OVER,
        ),
        _CLOSING,
        _REPEAT,
        _STATUS,
        _CREDENTIALS,
        _VAGUE,
        _DONT_KNOW,
        _ONLY_REPLIES,
        _OTHER_QUESTION,
        _GO_ON,
        Rule(
            "the candidate takes note of the answer: asks about their plan",
            lambda s, u: (
                s.pending is None
                and bool(s.to_ask)
                and u.only_hello
                and not s.said[Moment.FOLLOW_UP]
            ),
            next=Next.ASK_ON,
        ),
        Rule(
            "the candidate answered: takes it up and asks on",
            lambda s, u: _goes_on(s, u) and bool(s.to_ask),
            (Moment.FOLLOW_UP,),
            next=Next.ASK_ON,
        ),
        Rule(
            "the candidate has answered: takes it up, and ends the call",
            lambda s, u: _goes_on(s, u) and s.good_answers == 1,
            (Moment.FOLLOW_UP, Moment.GOODBYE),
            then=Phase.OVER,
        ),
        Rule(
            "the candidate has answered every question: says so, and ends the call",
            lambda s, u: _goes_on(s, u) and s.good_answers >= 2,
            (Moment.FOLLOW_UP, Moment.WELL_HANDLED, Moment.GOODBYE),
            then=Phase.OVER,
        ),
        Rule(
            "the manager's question was not answered: asks it again",
            lambda s, u: s.pending is not None and u.only_hello,
            next=Next.THREAD,
        ),
        Rule(
            "the question was asked and answered: the talk is done",
            lambda s, u: True,
            (Moment.GOODBYE,),
            then=Phase.OVER,
        ),
    ),
    Phase.MESSAGE: (
        Rule(
            "the time for the message is over",
            lambda s, u: u.cut_off,
            (Moment.VOICEMAIL_END,),
            then=Phase.OVER,
            replies=False,
        ),
        Rule(
            "the message is over",
            lambda s, u: True,
            (Moment.VOICEMAIL_END,),
            then=Phase.OVER,
            replies=False,
        ),
    ),
}
