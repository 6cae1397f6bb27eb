"""Voicemail rules: what a message needs to be called back."""

from __future__ import annotations

import re
from collections.abc import Callable

from rehearse.coaching.advice import Advice, Talk
from rehearse.scoring.rubric import Criterion
from rehearse.transcript import Speaker

LONGEST_MESSAGE_S = 40.0
"""People rarely listen to the end of a longer message."""
NUMBER_DIGITS = 6
"""Fewer digits in a row are a date or an amount."""

_NAME = re.compile(
    r"\b(?:(?i:this is|my name is|my name's|here is|it's|i'm|i am)) [A-Z][\w'-]+|^[A-Z][\w'-]+ "
    r"[A-Z][\w'-]+ (here|speaking|calling)",
)
_DIGIT_WORDS = (
    r"zero|oh|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty"
    r"|fifty|sixty|seventy|eighty|ninety|double|hundred"
)
_DIGITS = re.compile(rf"(?:\b(?:\d[\d-]*|{_DIGIT_WORDS})\b[\s,.-]*){{2,}}", re.IGNORECASE)
_REASONS = (
    Criterion.CONTRIBUTIONS,
    Criterion.BUSINESS_LINK,
    Criterion.CRITICAL_QUESTION,
    Criterion.MANAGER_CHOICE,
)


def _said(talk: Talk) -> str:
    return " ".join(
        utterance.text
        for utterance in talk.transcript.utterances
        if utterance.speaker is Speaker.CANDIDATE
    )


def _numbers(text: str) -> int:
    """How many telephone numbers it contains. A number said twice in a row counts twice."""
    digits = 0
    for run in _DIGITS.findall(text):
        found = sum(
            len(re.sub(r"\D", "", part)) or 1
            for part in re.findall(rf"\d[\d-]*|\b(?:{_DIGIT_WORDS})\b", run, re.IGNORECASE)
        )
        digits += found if found >= NUMBER_DIGITS else 0
    return 0 if digits < NUMBER_DIGITS else 2 if digits >= 2 * NUMBER_DIGITS else 1


def name_missing(talk: Talk) -> Advice | None:
    if not talk.spoke or _NAME.search(_said(talk)):
        return None
    text = 'Begin with your name, slowly: "This is Sam Rivera, we met on Tuesday about the job."'
    return Advice("voicemail_name", text, 13)


def number_missing(talk: Talk) -> Advice | None:
    """A number said once is easily missed, so it should come twice."""
    count = _numbers(_said(talk))
    if not talk.spoke or count >= 2:
        return None
    if count:
        text = "You left your number once. Say it a second time at the end, slower than you think."
    else:
        text = "Leave your number, slowly, and say it twice: at the start and at the end."
    return Advice("voicemail_number", text, 12)


def reason_missing(talk: Talk) -> Advice | None:
    if not talk.spoke or any(talk.met(criterion) for criterion in _REASONS):
        return None
    text = (
        "Give one reason to call you back: one thing you would do for their business, in one "
        "sentence. Keep the rest for the call."
    )
    return Advice("voicemail_reason", text, 11)


def too_long(talk: Talk) -> Advice | None:
    length_s = talk.scorecard.pitch_s
    if length_s <= LONGEST_MESSAGE_S:
        return None
    took = "would take about" if talk.transcript.is_typed else "took"
    text = (
        f"Your message {took} {length_s:.0f} seconds. Stay under {LONGEST_MESSAGE_S:.0f}: your "
        "name, your number, one reason to call back, your number again."
    )
    return Advice("voicemail_length", text, 10)


VOICEMAIL_RULES: tuple[Callable[[Talk], Advice | None], ...] = (
    name_missing,
    number_missing,
    reason_missing,
    too_long,
)
