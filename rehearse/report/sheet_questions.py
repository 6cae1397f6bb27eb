"""Sheet questions: what a call sheet asks, in one place."""

from __future__ import annotations

from rehearse.coaching.model_pitch import QUESTION as USUAL_QUESTION
from rehearse.coaching.sheet_judgement import SheetJudgement
from rehearse.preparing.call_sheet import CallSheet, RealCall
from rehearse.preparing.job_ad import Sign
from rehearse.scoring.rubric import WAYS_ASKED_FOR

INTRODUCTION = "A few questions before the call."
COMPANY = "Which company, or organisation?"
MANAGER = "The hiring manager's name?"
JOB = "The job?"
PHONE = "The number to call?"
BUSINESS = "What is their business about just now? Right now it's all about ..."
WAYS = "Three ways you would add to this manager's or the company's success."
WAY = "In one sentence: I would ... so that ..."
QUESTION = "The critical question, in your own words?"
THEIR_WORDS = "Their own words"
AD = "The job ad, notes from the interviews, what they said about themselves"

WAYS_WANTED = WAYS_ASKED_FOR
_ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth")

SIGNS = {
    Sign.PROBLEM: "What presses them",
    Sign.FIGURE: "Figures",
    Sign.SERVES: "Whom the job serves",
    Sign.DUTY: "What the job does",
}
REACHED = "Did you reach them?"
SAID = "What did they say?"
NEXT = "What happens next?"


def ordinal(index: int) -> str:
    """The ordinal of the way with this index (from 0)."""
    return _ORDINALS[index] if index < len(_ORDINALS) else f"Number {index + 1}"


def question_to_offer(sheet: CallSheet) -> str:
    """The sheet's own question, or the usual one to start from."""
    return sheet.question or USUAL_QUESTION


def whom(sheet: CallSheet) -> str:
    """Manager, company and job, as far as known."""
    return ", ".join(filter(None, (sheet.manager, sheet.company, sheet.job)))


def standing(judged: SheetJudgement) -> str:
    """ "2 of 3 ways count. The question counts." """
    counted = min(judged.counted, WAYS_WANTED)
    verb = "counts" if counted == 1 else "count"
    question = "The question counts." if judged.question.counts else "The question does not yet."
    if judged.question.rule == "usual":
        question = "The usual question counts."
    return f"{counted} of {WAYS_WANTED} ways {verb}. {question}"


def next_step(sheet: CallSheet, judged: SheetJudgement) -> str:
    """What would help most now; "" when the sheet is ready."""
    drafts = len(sheet.drafts)
    if judged.counted < WAYS_WANTED and drafts:
        return f"{drafts} draft{'s' if drafts > 1 else ''} to finish."
    missing = WAYS_WANTED - len(sheet.ways)
    if missing > 0:
        return f"{missing} way{'s' if missing > 1 else ''} still to find."
    return ""


def passed_over(name: str) -> str:
    """Said before a call that does not take the last sheet, which has no way yet."""
    return (
        f"{name} has no way yet, so this call is held without it. Go on with it: "
        f"rehearse prep {name}. Call with it all the same: rehearse call --sheet {name}"
    )


def real_call_line(call: RealCall) -> str:
    """A note on the real call in one line."""
    parts = (("reached", call.reached), ("said", call.said), ("next", call.next))
    noted = "; ".join(f"{name}: {text}" for name, text in parts if text)
    return f"{call.day}  {noted}" if call.day else noted
