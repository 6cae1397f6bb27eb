"""Advice after a voicemail: a message that gets called back."""

from __future__ import annotations

import dataclasses

import pytest

from rehearse.coaching.coach import coach
from rehearse.preparing.call_sheet import CallSheet
from rehearse.scoring.scorecard import score_transcript
from rehearse.transcript import Speaker, Transcript, Utterance, words_of_text
from tests.talks import MarkedTagger, talk

NAME = "-: Hello, this is Sam Rivera."
NUMBER = "-: My number is 555 014 2277."
REASON = "way: I would cut your returns by calling customers before they ship back."
AGAIN = "-: Again, five five five, zero one four, two two seven seven."


def advised(*lines: str) -> dict[str, str]:
    """The advice on a message of these lines, by rule."""
    said, scorecard = talk("\n".join(lines))
    greeting = Utterance(
        Speaker.MANAGER, words_of_text("Please leave a message."), 0.0, 1.0, "voicemail"
    )
    message = Transcript((greeting, *said.utterances))
    coaching = coach(message, scorecard, None, CallSheet())
    return {advice.rule: advice.text for advice in coaching.advice}


def test_a_good_message_needs_no_advice() -> None:
    assert advised(NAME, NUMBER, REASON, AGAIN) == {}


@pytest.mark.parametrize(
    ("lines", "rule", "part"),
    [
        ((NUMBER, REASON, AGAIN), "voicemail_name", "Begin with your name"),
        ((NAME, REASON), "voicemail_number", "say it twice"),
        ((NAME, NUMBER, REASON), "voicemail_number", "a second time"),
        ((NAME, NUMBER, AGAIN), "voicemail_reason", "one reason to call you back"),
        ((NAME, NUMBER, *[REASON] * 9, AGAIN), "voicemail_length", "Stay under 40"),
    ],
)
def test_what_is_missing_is_named(lines: tuple[str, ...], rule: str, part: str) -> None:
    found = advised(*lines)
    assert list(found) == [rule]
    assert part in found[rule]


def test_a_year_or_an_amount_is_no_number() -> None:
    assert "voicemail_number" in advised(NAME, "-: In 2019 we saved 40 hours.", REASON)


def test_nobody_is_asked_to_let_a_machine_answer() -> None:
    ask = "ask: How do you expect this job to contribute to the business?"
    on = "-: Because I think that it is about the returns and all the people who call about them."
    texts = " ".join(advised(NAME, ask, on).values())
    assert "stop" not in texts.lower()
    assert "manager answer" not in texts.lower()
    said, scorecard = talk("\n".join([ask, on]))
    assert scorecard.ask_then_stop is not None
    message = Transcript(
        tuple(
            dataclasses.replace(one, who="voicemail") if one.speaker is Speaker.MANAGER else one
            for one in (Utterance(Speaker.MANAGER, words_of_text("Beep.")), *said.utterances)
        )
    )
    assert score_transcript(message, MarkedTagger([])).ask_then_stop is None
