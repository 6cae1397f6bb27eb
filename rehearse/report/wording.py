"""Wording: names of verdicts and criteria, in one place."""

from datetime import datetime

from rehearse.scoring.ask_then_stop import AskThenStop
from rehearse.scoring.recognition import Recognition
from rehearse.scoring.rubric import WAYS_ASKED_FOR, Criterion, Verdict
from rehearse.scoring.scorecard import Scorecard
from rehearse.transcript import Speaker, Utterance

VERDICTS = {
    Verdict.COVERED: "covered",
    Verdict.PARTLY: "partly covered",
    Verdict.MISSING: "missing",
    Verdict.COULDNT_HEAR: "could not be heard clearly",
}
MARKS = {
    Verdict.COVERED: "[x]",
    Verdict.PARTLY: "[~]",
    Verdict.MISSING: "[ ]",
    Verdict.COULDNT_HEAR: "[?]",
}
SIGNS = {
    Verdict.COVERED: "✓",
    Verdict.PARTLY: "~",
    Verdict.MISSING: "✗",
    Verdict.COULDNT_HEAR: "?",
}
BUSINESS_CONTRIBUTION = "Business contribution"
CRITICAL_QUESTION = "Critical question"

VERDICT_MEANING = {
    (
        BUSINESS_CONTRIBUTION,
        Verdict.COVERED,
    ): "You said how the job helps their business, and named three ways you would add to it.",
    (BUSINESS_CONTRIBUTION, Verdict.PARTLY): "Part of it was there: say both that you thought "
    "about what the job does for the business, and three ways you would add to it.",
    (
        BUSINESS_CONTRIBUTION,
        Verdict.MISSING,
    ): "You did not say yet how the job helps their business, or name a way you would add to it.",
    (BUSINESS_CONTRIBUTION, Verdict.COULDNT_HEAR): "Part of what you said was too unclear to "
    "tell. Listen to it, and correct the transcript if the point is there.",
    (CRITICAL_QUESTION, Verdict.COVERED): "You asked how the manager expects this job to "
    "contribute.",
    (CRITICAL_QUESTION, Verdict.PARTLY): "You said that your role at that level matters to you, "
    "but did not ask how the manager expects the job to contribute.",
    (CRITICAL_QUESTION, Verdict.MISSING): "You did not ask how the manager expects this job to "
    "contribute.",
    (CRITICAL_QUESTION, Verdict.COULDNT_HEAR): "Part of what you said was too unclear to tell. "
    "Listen to it, and correct the transcript if the question is there.",
}
MARKED_AS = {
    Criterion.BUSINESS_LINK: "their business",
    Criterion.CONTRIBUTIONS: "way",
    Criterion.HUMILITY: "from outside",
    Criterion.CRITICAL_QUESTION: "the question",
    Criterion.ROLE_IMPORTANCE: "your role",
    Criterion.MANAGER_CHOICE: "this manager",
    Criterion.STATUS_CHECK: "where you stand",
    Criterion.CREDENTIAL_RECITAL: "credentials",
}
"""The word or two that mark evidence in a transcript, beside its colour."""

CRITERIA = {
    Criterion.BUSINESS_LINK: "Said how the job helps their business",
    Criterion.CONTRIBUTIONS: "Ways you would add to their success",
    Criterion.HUMILITY: "Said that you know their business only from outside",
    Criterion.CRITICAL_QUESTION: "Asked how they expect the job to contribute",
    Criterion.ROLE_IMPORTANCE: "Said that your role at that level matters to you",
    Criterion.MANAGER_CHOICE: "Said that this is the manager you want to work for",
    Criterion.STATUS_CHECK: "Asked where you stand (costs points)",
    Criterion.CREDENTIAL_RECITAL: "Recited credentials (costs points)",
}
AVOIDED = {
    Criterion.STATUS_CHECK: "Did not ask where you stand",
    Criterion.CREDENTIAL_RECITAL: "Did not recite credentials",
}
"""A fault that was not found, in a list of criteria with marks."""
SHORT_OF_RECITAL = "one sentence of them is no recital"
"""Beside credentials that were told of, but not recited."""
ASK_THEN_STOP = {
    AskThenStop.STOPPED: "Ask, then stop: you asked, and let the manager answer.",
    AskThenStop.TALKED_ON: "Ask, then stop: you asked, and talked on over your own question.",
}
UNSURE = "(not sure: was it that?)"
"""Beside a tick whose probability is low; the person can answer."""
THE_PITCH = (
    "so there is nothing to score. In this call you say how the job helps their business, name "
    "three ways you would add to it, and ask how the manager expects it to contribute. A good "
    'place to start: "I\'ve been thinking about what this job does for your business."'
)
NOT_A_PITCH = f"This was not the pitch yet, {THE_PITCH}"
"""Shown instead of a rubric full of crosses if nothing of it was found."""
NO_PITCH_UNDERSTOOD = f"I found nothing of the pitch in what I understood, {THE_PITCH}"
OTHER_LANGUAGE = (
    "This does not seem to be English. rehearse understands only English so far, so nothing is "
    "scored. Try it in English: plain words and short sentences are enough."
)
NOTHING_SAID = "You said nothing in this call, and that is fine for a first try."
NOTHING_RECOGNISED = "No word was recognised in this recording, so there is nothing to score."
NO_WORDS_TYPED = "There are no words in this text, so there is nothing to score."
NOTHING_TO_SCORE = "nothing to score"
ONLY_RANG = "hung up while it rang"
NO_SPEECH = "No speech heard."
NOTHING_TYPED = "Nothing was typed."
NO_WORD = "(no word was recognised)"


def number_of(count: int, one: str) -> str:
    """ "1 word", "2 words"; also "0 of 1 word"."""
    return f"{count} {one}{'' if count == 1 else 's'}"


def left_out(calls: int) -> str:
    """A note beside figures from several calls, of which so many had nothing to score or were not
    understood; "" for none."""
    if not calls:
        return ""
    return f"without {'the one' if calls == 1 else calls} that could not be scored"


def ways_named(count: int) -> str:
    """ "2 of 3"; of more than that, three count."""
    if count > WAYS_ASKED_FOR:
        return f"{count}, {WAYS_ASKED_FOR} count"
    return f"{count} of {WAYS_ASKED_FOR}"


def too_little_understood(recognition: Recognition) -> str:
    """The notice at the top if too few words were understood."""
    return (
        f"I understood about {recognition.understood} of your {recognition.words} words. That is "
        "too few to judge what you said, so nothing below counts for or against you."
    )


def clock(time_s: float | None) -> str:
    """Seconds as m:ss, blank where unknown."""
    if time_s is None:
        return ""
    minutes, whole = divmod(int(time_s), 60)
    return f"{minutes}:{whole:02d}"


def time_column(time_s: float | None, indent: int = 0) -> str:
    """The clock in front of words, in a column `indent` characters from the left; typed words
    have no time and no column."""
    return " " * indent + (f"{clock(time_s):>6}  " if time_s is not None else "  ")


def day_and_time(started_at: str) -> str:
    """An ISO 8601 time as "Sun 22 Nov 2026, 19:30"; any other text unchanged."""
    try:
        at = datetime.fromisoformat(started_at)
    except ValueError:
        return started_at
    return f"{at:%a} {at.day} {at:%b %Y, %H:%M}"


def day(started_at: str) -> str:
    """An ISO 8601 time as "22 Nov"; any other text unchanged."""
    try:
        at = datetime.fromisoformat(started_at)
    except ValueError:
        return started_at
    return f"{at.day} {at:%b}"


def speaker_name(utterance: Utterance) -> str:
    """You, Manager, Assistant or Voicemail."""
    return "You" if utterance.speaker is Speaker.CANDIDATE else utterance.who.capitalize()


def no_pitch(scorecard: Scorecard) -> str:
    """The message for a talk in which nothing of the rubric was found."""
    if scorecard.language is not None:
        return OTHER_LANGUAGE
    lost = scorecard.critical_question is Verdict.COULDNT_HEAR
    return NO_PITCH_UNDERSTOOD if lost else NOT_A_PITCH
