"""Dialogue: the rules that pick what the manager says.

The first rule of the phase that holds, that was not used up and for whose moments the scenario
has lines, speaks. A character is nothing but the lines and limits of its scenario.
"""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from rehearse.calling.heard import Heard
from rehearse.calling.scenario import Clock, Moment


class Phase(enum.Enum):
    GATE = "an assistant has the call"
    TALK = "the manager listens for the critical question"
    ANSWERED = "the manager has answered it"
    MESSAGE = "a voicemail is recorded"
    OVER = "the manager hangs up"


@dataclass
class Situation:
    """What the manager remembers of the call. Times in seconds of call time."""

    phase: Phase
    clock: Clock
    returns_question: bool
    """Whether this manager, in this call, turns the critical question back."""
    begun_s: float | None = None
    """When the manager's greeting was over."""
    turns_heard: int = 0
    """Turns with words, since the manager is on the phone."""
    question_open: bool = False
    """The critical question was asked and not yet answered."""
    named: bool = False
    reason: bool = False
    said: Counter[Moment] = field(default_factory=Counter)

    def hear(self, heard: Heard) -> None:
        self.named = self.named or heard.named
        self.reason = self.reason or heard.reason
        if self.phase is not Phase.GATE:
            self.turns_heard += heard.spoke
            self.question_open = self.question_open or heard.asked

    def spent_s(self, at_s: float) -> float:
        """Seconds of the manager's time used up."""
        return 0.0 if self.begun_s is None else at_s - self.begun_s

    def is_past(self, limit_s: float | None, at_s: float) -> bool:
        return limit_s is not None and self.spent_s(at_s) >= limit_s


@dataclass(frozen=True)
class Rule:
    """`why` is kept with what is said. `at_most`: how often a call, counted by the first moment
    and shared by all rules that begin with it; a scenario may set another limit."""

    why: str
    when: Callable[[Situation, Heard], bool]
    says: tuple[Moment, ...]
    at_most: int | None = None
    then: Phase | None = None
    forgets_question: bool = False


def _silent(s: Situation, h: Heard) -> bool:
    # Somebody who never said a word is asked twice, anybody else once.
    return not h.spoke and s.said[Moment.STILL_THERE] < (1 if s.turns_heard else 2)


def _out_of_time(s: Situation, h: Heard) -> bool:
    return s.is_past(s.clock.goodbye_s, h.at_s)


def _impatient(s: Situation, h: Heard) -> bool:
    return not s.question_open and (h.cut_off or s.is_past(s.clock.cut_in_s, h.at_s))


_UNCLEAR = Rule(
    "there was a voice, but no words could be made out",
    lambda s, h: not h.spoke and h.voiced,
    (Moment.BARELY_HEAR,),
    at_most=2,
)
_SILENT = Rule("nothing was said for long", _silent, (Moment.STILL_THERE,))
_GONE = Rule("nothing more was said", lambda s, h: not h.spoke, (Moment.GOODBYE,), then=Phase.OVER)
_CLOSING = Rule(
    "the candidate said goodbye, or that this was all",
    lambda s, h: h.closing and not s.question_open,
    (Moment.GOODBYE,),
    then=Phase.OVER,
)
_STATUS = Rule(
    "the candidate asked where they stand: a non-answer, then silence",
    lambda s, h: h.status,
    (Moment.STATUS,),
    at_most=2,
)
_VAGUE = Rule(
    "the candidate spoke of contributing, but of nothing specific",
    lambda s, h: h.vague and not h.new_ways,
    (Moment.VAGUE,),
    at_most=2,
)
_OTHER_QUESTION = Rule(
    "the candidate asked something else",
    lambda s, h: h.other_question,
    (Moment.OTHER_QUESTION,),
    at_most=1,
)
_PUSH_BACK = Rule(
    "pushes back on a contribution just heard",
    lambda s, h: bool(h.new_ways),
    (Moment.PUSH_BACK,),
    at_most=1,
)
_OUT_OF_TIME = Rule("the manager's time is over", _out_of_time, (Moment.GOODBYE,), then=Phase.OVER)

RULES: Mapping[Phase, tuple[Rule, ...]] = {
    Phase.GATE: (
        _UNCLEAR,
        _SILENT,
        _GONE,
        Rule(
            "the caller has not said who they are",
            lambda s, h: not s.named,
            (Moment.ASSISTANT_WHO,),
            at_most=1,
        ),
        Rule(
            "the caller has not said why they call",
            lambda s, h: not s.reason,
            (Moment.ASSISTANT_WHY,),
            at_most=1,
        ),
        Rule(
            "the assistant has heard enough and puts the call through",
            lambda s, h: True,
            (Moment.ASSISTANT_THROUGH, Moment.GREETING),
            then=Phase.TALK,
        ),
    ),
    Phase.TALK: (
        _UNCLEAR,
        _SILENT,
        _GONE,
        Rule(
            "the critical question came just before the manager's time was over",
            lambda s, h: s.question_open and _out_of_time(s, h),
            (Moment.ANSWER, Moment.GOODBYE),
            then=Phase.OVER,
        ),
        _OUT_OF_TIME,
        Rule(
            "the candidate took too long without asking the critical question",
            _impatient,
            (Moment.IMPATIENT,),
            at_most=1,
        ),
        Rule(
            "sends the candidate elsewhere, to see whether they come back to the business",
            lambda s, h: h.substance,
            (Moment.REDIRECT,),
            at_most=2,
            forgets_question=True,
        ),
        Rule(
            "somebody else wants the manager's attention",
            lambda s, h: h.substance,
            (Moment.ASIDE, Moment.REPEAT),
            at_most=1,
        ),
        _PUSH_BACK,
        Rule(
            "the critical question was asked: answers it, returns it, then waits",
            lambda s, h: s.question_open and s.returns_question,
            (Moment.ANSWER, Moment.RETURN_QUESTION),
            then=Phase.ANSWERED,
        ),
        Rule(
            "the critical question was asked: answers it, then waits",
            lambda s, h: s.question_open,
            (Moment.ANSWER,),
            then=Phase.ANSWERED,
        ),
        _STATUS,
        Rule(
            "the candidate recited credentials",
            lambda s, h: h.recited and not h.new_ways,
            (Moment.CREDENTIALS,),
            at_most=2,
        ),
        _VAGUE,
        _OTHER_QUESTION,
        _CLOSING,
        Rule(
            "the candidate only said hello",
            lambda s, h: h.only_hello and s.turns_heard == 1,
            (Moment.GO_AHEAD,),
            at_most=1,
        ),
        Rule(
            "the critical question was not asked yet: leaves the opening",
            lambda s, h: True,
            (Moment.OPENING,),
            at_most=2,
        ),
        Rule(
            "the openings for the critical question were not taken",
            lambda s, h: True,
            (Moment.GOODBYE,),
            then=Phase.OVER,
        ),
    ),
    Phase.ANSWERED: (
        _UNCLEAR,
        _GONE,
        _OUT_OF_TIME,
        _PUSH_BACK,
        _STATUS,
        _VAGUE,
        _OTHER_QUESTION,
        Rule(
            "the candidate went on from the answer",
            lambda s, h: h.substance,
            (Moment.FOLLOW_UP,),
            at_most=1,
        ),
        Rule(
            "the question was asked and answered: the talk is done",
            lambda s, h: True,
            (Moment.GOODBYE,),
            then=Phase.OVER,
        ),
    ),
    Phase.MESSAGE: (
        Rule(
            "the time for the message is over",
            lambda s, h: h.cut_off,
            (Moment.VOICEMAIL_END,),
            then=Phase.OVER,
        ),
        Rule(
            "the message is over",
            lambda s, h: True,
            (Moment.VOICEMAIL_END,),
            then=Phase.OVER,
        ),
    ),
}
