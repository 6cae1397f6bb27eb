"""What is asked to make a call sheet, in the same words by the terminal and by the page."""

from __future__ import annotations

from rehearse.coaching.model_pitch import QUESTION as USUAL_QUESTION
from rehearse.preparing.call_sheet import CallSheet, Way

INTRODUCTION = "A few questions before the call."
COMPANY = "Which company, or organisation?"
MANAGER = "The hiring manager's name?"
JOB = "The job?"
BUSINESS = "What is their business about just now? Right now it's all about ..."
WAYS = "Three ways you would add to this manager's or the company's success."
ACTION = "What would you do?"
TOUCHES = "What of their business does it touch?"
QUESTION = "The critical question, in your own words?"

WAYS_WANTED = 3
_ORDINALS = ("First", "Second", "Third")


def ordinal(index: int) -> str:
    """How the way with this index, from 0, is called."""
    return _ORDINALS[index] if index < len(_ORDINALS) else f"Number {index + 1}"


def ways_to_ask(ways: tuple[Way, ...]) -> tuple[Way, ...]:
    """Those there are, and empty ones up to WAYS_WANTED."""
    return ways + (Way("", ""),) * max(0, WAYS_WANTED - len(ways))


def question_to_offer(sheet: CallSheet) -> str:
    """The sheet's own question, or the usual one to start from."""
    return sheet.question or USUAL_QUESTION


def whom(sheet: CallSheet) -> str:
    """Manager, company and job, as far as they are known."""
    return ", ".join(filter(None, (sheet.manager, sheet.company, sheet.job)))


def still_to_think_of(sheet: CallSheet) -> str:
    """What is missing; empty when nothing is."""
    missing = WAYS_WANTED - len(sheet.ways)
    return f"Still to think of: {missing} of {WAYS_WANTED} ways." if missing > 0 else ""
