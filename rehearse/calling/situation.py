"""Situation: what the manager remembers of the call."""

from __future__ import annotations

import enum
import re
from collections import Counter
from dataclasses import dataclass, field, replace

from rehearse.calling.acts import ANSWERS, FACTS, SMALL, Act
from rehearse.calling.scenario import Clock, Moment
from rehearse.calling.understood import Understood
from rehearse.calling.wording import tells_plan

SHORT_WORDS = 6
_SELDOM_TOLD = frozenset({Act.SMALL_TALK, Act.GOOD_TIME, Act.LINE_CHECK})
"""What a plain statement that could be an answer is not."""
_MAY_ANSWER = re.compile(
    r"\b(I|we|you|they|he|she|it)('d|'ll(?! be honest))\b|\b(would|could|can|will|should|needs?"
    r"|first|start\w*|enough|costs?|helps?|saves?|because|cause|so that|if|half|all of|most of"
    r"|about)\b",
    re.IGNORECASE,
)
"""Words of which an answer about somebody's own plan has one, but for a very short one."""
_SUBJECTS = FACTS - {Act.WHO, Act.REPEAT, Act.ABOUT_YOU}


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
    turns: int = 0
    """Turns with words, since the manager is on the phone."""
    question_open: bool = False
    """The critical question was asked and not yet answered."""
    named: bool = False
    told: bool = False
    """The caller has come to a subject: there is no need to ask what it is about."""
    reason: bool = False
    ways: int = 0
    """Ways the caller has offered."""
    pending: Moment | None = None
    """The manager's own question that still waits for an answer."""
    asked_again: Moment | None = None
    """The one that they came back to last: nobody hears it a third time."""
    to_ask: list[Moment] = field(default_factory=list)
    """Questions about the caller's plan from which the next one comes."""
    asks_left: int = 0
    """How many of them will be asked."""
    offered: str = ""
    """What the caller said of their plan."""
    good_answers: int = 0
    """Of the caller's to those questions."""
    said: Counter[Moment] = field(default_factory=Counter)
    doubted: bool = False
    """The manager's last words doubted what the caller had offered."""
    repeatable: tuple[Moment, ...] = ()
    """What was said last, that may be asked for again."""

    def hear(self, turn: Understood) -> None:
        self.named = self.named or turn.named
        self.reason = self.reason or turn.reason
        tells = turn.did(Act.REASON) and not turn.only_opens
        self.told = self.told or turn.substance or tells or turn.did(Act.OTHER_OFFER, *_SUBJECTS)
        if self.phase is Phase.ANSWERED or turn.new_ways:
            self.offered = " ".join([self.offered, *turn.offers])
        if self.phase is not Phase.GATE:
            self.turns += turn.spoke
            self.ways += len(turn.new_ways)
            self.question_open = self.question_open or turn.asked

    def as_answer(self, turn: Understood) -> Understood:
        """To a question of the manager's about the caller's plan a plain statement is an answer,
        whatever its subject; "I missed that" is none. Where the manager asked nothing, what the
        caller does not know ("how the X-ray works I don't know") is told in passing."""
        if (
            turn.did(Act.DONT_KNOW)
            and turn.words > SHORT_WORDS
            and self.pending is None
            and not (self.doubted or turn.substance or turn.answers)
        ):
            acts = (act for act in turn.acts if act is not Act.DONT_KNOW)
            turn = replace(turn, acts=(*acts, Act.SMALL_TALK))
        asked = self.phase is Phase.ANSWERED and (self.pending is not None or self.to_ask)
        waits = asked or (self.doubted and turn.words > SHORT_WORDS)
        not_meant = {*FACTS, Act.NOTHING, Act.RECITAL}
        if turn.words > SHORT_WORDS and turn.tells:
            not_meant |= _SELDOM_TOLD
        others = [act for act in turn.acts if act not in not_meant]
        asks = turn.form is not None or turn.did(Act.REPEAT)
        if asks and not tells_plan(turn.text):
            return turn
        if self.phase is Phase.ANSWERED:
            others = [act for act in others if act is not Act.GOOD_TIME]
        if not waits or not turn.spoke or set(others) - {*SMALL, *ANSWERS, Act.REASON}:
            return turn
        if len(others) == len(turn.acts):
            return turn
        aside = turn.did(Act.SMALL_TALK, *FACTS) and turn.words > SHORT_WORDS
        if aside and not _MAY_ANSWER.search(turn.text):
            return turn  # "that's the fire alarm in my own flat, it's only toast"
        others = [act for act in others if act not in ANSWERS]
        return replace(turn, acts=(*others, Act.ANSWERS_QUESTION))

    def spent_s(self, at_s: float) -> float:
        """Seconds of the manager's time used up."""
        return 0.0 if self.begun_s is None else at_s - self.begun_s

    def is_past(self, limit_s: float | None, at_s: float) -> bool:
        return limit_s is not None and self.spent_s(at_s) >= limit_s
