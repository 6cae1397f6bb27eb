"""Dialogue: the rules of each phase of a call.

The first rule of the phase that holds, that was not used up and whose moments have lines, speaks.
Before that, unless the rule says otherwise, the manager answers the acts of the turn one by one
(replies.py). A character is nothing but the lines, manner and limits of its scenario.
"""

from __future__ import annotations

from collections.abc import Mapping

from rehearse.calling.acts import FACTS, SMALL, Act
from rehearse.calling.rules import (
    CLOSING,
    CREDENTIALS,
    DONT_KNOW,
    GO_ON,
    GONE,
    NOT_FOLLOWING,
    ONLY_REPLIES,
    OTHER_QUESTION,
    OUT_OF_TIME,
    PUSH_BACK,
    REPEAT,
    SILENT,
    STATUS,
    UNCLEAR,
    VAGUE,
    Next,
    Rule,
    goes_on,
    impatient,
    meets_doubt,
    out_of_time,
)
from rehearse.calling.scenario import Moment
from rehearse.calling.situation import Phase
from rehearse.calling.turn_question import LONG_WORDS

_ASIDES = (
    CLOSING,
    REPEAT,
    STATUS,
    CREDENTIALS,
    VAGUE,
    DONT_KNOW,
    ONLY_REPLIES,
    OTHER_QUESTION,
)
"""What may come up in any talk, in the order in which it is looked for."""
RULES: Mapping[Phase, tuple[Rule, ...]] = {
    Phase.GATE: (
        UNCLEAR,
        SILENT,
        GONE,
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
        UNCLEAR,
        SILENT,
        GONE,
        Rule(
            "the critical question came just before the manager's time was over",
            lambda s, u: s.question_open and out_of_time(s, u),
            (Moment.ANSWER, Moment.GOODBYE),
            then=Phase.OVER,
            replies=False,
        ),
        OUT_OF_TIME,
        Rule(
            "the candidate took too long without asking the critical question",
            impatient,
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
            lambda s, u: u.substance and not u.closing and Moment.REPEAT not in s.repeatable,
            (Moment.ASIDE, Moment.REPEAT),
            at_most=1,
            replies=False,
            forgets_question=True,
        ),
        PUSH_BACK,
        Rule(
            # "How would you do that?" would ask for what was told before.
            "the critical question was asked: answers it, and comes back to the caller's idea",
            lambda s, u: s.question_open and s.returns_question and s.ways > 0,
            (Moment.ANSWER, Moment.RETURN_IDEA),
            then=Phase.ANSWERED,
            quotes=True,
        ),
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
        *_ASIDES,
        Rule(
            "the candidate only said hello, or that they would like to talk",
            lambda s, u: (
                (u.only_hello or (s.turns <= 1 and u.only_opens))
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
        NOT_FOLLOWING,
        GO_ON,
        Rule(
            "the candidate only agrees or thanks: what else?",
            lambda s, u: set(u.acts) <= {Act.ACKNOWLEDGE, Act.THANKS},
            (Moment.BACK_END,),
            at_most=3,
        ),
        Rule(
            "the candidate answered a doubt: accepts it and leaves the opening",
            meets_doubt,
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
            "told something of their life: nobody is hung up on for that",
            lambda s, u: u.did(Act.RECITAL) and not u.new_ways and u.words <= LONG_WORDS,
            (Moment.GO_ON,),
            at_most=4,
        ),
        Rule(
            "the openings were not taken, but another way was offered: takes it up",
            lambda s, u: bool(u.new_ways),
            (Moment.GO_ON,),
            at_most=8,
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
        UNCLEAR,
        GONE,
        OUT_OF_TIME,
        Rule(
            "the critical question came again: answers it in other words",
            lambda s, u: u.asked and not u.new_ways,
            (Moment.ANSWER_AGAIN,),
            at_most=8,
        ),
        PUSH_BACK,
        Rule(
            "a good talk about the caller's plan ends with a goodbye",
            lambda s, u: u.closing and s.good_answers >= 2,
            (Moment.WELL_HANDLED, Moment.GOODBYE),
            then=Phase.OVER,
        ),
        *_ASIDES,
        GO_ON,
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
            lambda s, u: goes_on(s, u) and bool(s.to_ask),
            (Moment.FOLLOW_UP,),
            next=Next.ASK_ON,
        ),
        Rule(
            "the candidate has answered: takes it up, and ends the call",
            lambda s, u: goes_on(s, u) and s.good_answers == 1,
            (Moment.FOLLOW_UP, Moment.GOODBYE),
            then=Phase.OVER,
        ),
        Rule(
            "the candidate has answered every question: says so, and ends the call",
            lambda s, u: goes_on(s, u) and s.good_answers >= 2,
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
