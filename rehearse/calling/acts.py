"""Act: what a caller does. ActClassifier: recognises acts."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from typing import Protocol

from rehearse.calling.forms import Form
from rehearse.calling.reply_kinds import ReplyKind


class Act(enum.StrEnum):
    """Dialogue acts of a caller; docs/conversation.md defines each."""

    GREETING = "greeting"
    REASON = "reason"
    GOOD_TIME = "good_time"
    WHO = "who"
    LINE_CHECK = "line_check"
    REPEAT = "repeat"
    SMALL_TALK = "small_talk"
    ABOUT_YOU = "about_you"
    THANKS = "thanks"
    MISHAP = "mishap"
    PAY = "pay"
    HOURS = "hours"
    START_DATE = "start_date"
    LOCATION = "location"
    NEXT_STEP = "next_step"
    STATUS = "status"
    OTHER_OFFER = "other_offer"
    ABOUT_BUSINESS = "about_business"
    ABOUT_JOB = "about_job"
    CRITICAL_QUESTION = "critical_question"
    WAYS = "ways"
    VAGUE = "vague"
    RECITAL = "recital"
    CHOICE = "choice"
    ANSWERS_OBJECTION = "answers_objection"
    ANSWERS_QUESTION = "answers_question"
    DONT_KNOW = "dont_know"
    ASK_EXAMPLE = "ask_example"
    ACKNOWLEDGE = "acknowledge"
    GOODBYE = "goodbye"
    NOTHING = "nothing"


JUDGED = frozenset({Act.CRITICAL_QUESTION, Act.WAYS})
"""Acts that only the tagger tells."""
ANSWERS = frozenset({Act.ANSWERS_OBJECTION, Act.ANSWERS_QUESTION})
ASKS = frozenset(
    {Act.GOOD_TIME, Act.WHO, Act.LINE_CHECK, Act.REPEAT, Act.ABOUT_YOU, Act.PAY, Act.HOURS}
    | {Act.START_DATE, Act.LOCATION, Act.NEXT_STEP, Act.STATUS, Act.ABOUT_BUSINESS}
    | {Act.ABOUT_JOB, Act.ASK_EXAMPLE}
)
SMALL = frozenset({Act.ACKNOWLEDGE, Act.THANKS, Act.GREETING, Act.NOTHING})
FACTS = frozenset(
    {Act.ABOUT_YOU, Act.PAY, Act.HOURS, Act.LOCATION, Act.NEXT_STEP, Act.START_DATE}
    | {Act.ABOUT_BUSINESS, Act.ABOUT_JOB, Act.ASK_EXAMPLE, Act.WHO, Act.REPEAT}
)
"""What is asked for: in a pitch a statement that has one of these subjects asks nothing."""


class ActClassifier(Protocol):
    """Tells what a caller does from the wording, and from what the manager said before."""

    def probabilities(self, texts: Sequence[str], line: str = "") -> Sequence[Mapping[str, float]]:
        """For each text the probability (0..1) of each act by its value, in the order in which
        the words that speak for the acts come. `line`: the manager's, "" if there was none."""
        ...

    def forms(self, texts: Sequence[str], line: str = "") -> Sequence[Form | None]:
        """What kind of answer the last question of each text wants, with or without a question
        mark; None if nothing is asked."""
        ...

    def kinds(self, text: str, line: str = "") -> Mapping[ReplyKind, float]:
        """The probability that a reply of each kind fits the text."""
        ...
