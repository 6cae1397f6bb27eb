"""Headlines: a piece of advice in one short line."""

from __future__ import annotations

from rehearse.coaching.advice import Advice

HEADLINES = {
    "choice_missing": "Say that this is the manager you chose.",
    "could_not_hear": "Get your lost words counted.",
    "credential_recital": "Say what you would do, not what you have done.",
    "cut_off_peaks": "Turn the microphone down a little.",
    "hesitant": "Pause where an um wants out.",
    "humility_missing": "Say that you know them only from outside.",
    "link_missing": "Start with their business.",
    "made_small": "Don’t make yourself small.",
    "nothing_heard": "Say who you are, and one way you would help.",
    "other_question": "Ask how they expect the job to contribute.",
    "pace": "Keep to 100 to 165 words a minute.",
    "question_missing": "Ask how they expect the job to contribute.",
    "role_missing": "Say why you ask.",
    "status_check": "Don’t ask where you stand.",
    "talked_on": "After your question, stop and wait.",
    "too_faint": "Move closer to the microphone.",
    "too_long": "Keep it under 90 seconds.",
    "way_dropped": "Name every way you would help them.",
    "way_without_business": "Say what of theirs gets better.",
    "ways_missing": "Name three ways you would help.",
}
"""By the name of the rule."""
SAY_IT_IN_ENGLISH = "Say it in English."
NOTHING_TO_FIX = "Nothing to fix. Try somebody harder to talk to."
_LONGEST = 60


def headline(advice: Advice) -> str:
    """The headline of its rule; if the rule has none, the first sentence of the advice."""
    if advice.rule in HEADLINES:
        return HEADLINES[advice.rule]
    first = advice.text.split(". ", 1)[0].rstrip(".")
    return f"{first}." if len(first) <= _LONGEST else first[:_LONGEST].rsplit(" ", 1)[0] + " …"
