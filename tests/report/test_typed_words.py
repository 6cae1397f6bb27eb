"""Typed talk is described in words for typing: nobody spoke, and nothing sounded."""

import re

from rehearse.calling.events import CandidateSaid, TurnBegan
from rehearse.coaching.advice import Talk
from rehearse.coaching.coach import coach
from rehearse.coaching.content_rules import too_long
from rehearse.delivery.delivery import delivery
from rehearse.preparing.call_sheet import CallSheet
from rehearse.rehearsing.drill import Part, judge
from rehearse.report.call_lines import call_line
from rehearse.report.delivery_text import appraisal_text, delivery_text, norm_lines
from rehearse.report.drill_text import round_text
from rehearse.report.text import scorecard_text, transcript_text
from rehearse.transcript import Transcript, words_of_text
from tests.talks import talk

OF_SOUND = re.compile(r"\b(sound|speech|heard|hear|took|transcribed|speak|recogni[sz]ed)", re.I)
LONG = "way: I would " + "sort of cut the returns of your customers " * 40
QUESTION = "ask: As the manager, how do you expect this job to contribute to the business?"


def test_a_typed_pitch_reads_and_does_not_sound() -> None:
    transcript, card = talk(LONG, timed=False)
    figures = delivery(transcript, (), card)
    coaching = coach(transcript, card, figures, CallSheet())
    shown = "\n".join(
        [
            transcript_text(transcript, typed=True),
            scorecard_text(card, typed=True),
            appraisal_text(figures, coaching, typed=True),
        ]
    )
    assert not OF_SOUND.search(shown), shown
    assert "How it reads" in shown
    assert re.search(r"Length +3\d\d words, about 1\d\d s aloud; usual: up to 90 s", shown)


def test_um_and_uh_are_not_measured_in_typed_text_and_the_text_says_so() -> None:
    transcript, card = talk("way: Um, I would, er, cut the returns of your customers", timed=False)
    figures = delivery(transcript, (), card)
    assert figures.hesitations is None
    shown = delivery_text(figures, typed=True)
    assert re.search(r"Um and uh +not measured in typed text", shown), shown
    assert "not measured" not in delivery_text(figures)
    assert [name for name, _ in norm_lines(typed=True)] == ["Length of the pitch"]
    assert "Um and uh" in dict(norm_lines())


def test_the_advice_on_a_long_typed_pitch_says_how_long_it_would_be_aloud() -> None:
    typed = too_long(Talk(*talk(LONG, timed=False), None, CallSheet()))
    spoken = too_long(Talk(*talk(LONG), None, CallSheet()))
    assert typed is not None
    assert spoken is not None
    assert typed.text.startswith("Aloud, your pitch would take about 129 s. Keep it under 90: ")
    assert spoken.text.startswith("Your pitch took 129 s. Keep it under 90: ")


def test_a_spoken_pitch_still_sounds() -> None:
    transcript, card = talk(QUESTION)
    assert delivery_text(delivery(transcript, (), card)).startswith("How it sounded")
    assert "(what was said; not how it sounded)" in scorecard_text(card)


def test_one_word_is_one_word() -> None:
    transcript, card = talk("-: Hello", timed=False)
    shown = delivery_text(delivery(transcript, (), card), typed=True)
    assert re.search(r"Length +1 word, about", shown), shown


def test_a_fourth_way_is_named_and_three_count() -> None:
    named = "\n".join(f"way: I would cut your {what}." for what in ("costs", "waste", "calls"))
    _, card = talk(named)
    assert "Ways you would add to their success: 3 of 3" in scorecard_text(card)
    _, card = talk(f"{named}\nway: I would cut your delays.")
    assert "Ways you would add to their success: 4, 3 count" in scorecard_text(card)


def test_nothing_typed_is_not_silence() -> None:
    assert transcript_text(Transcript(()), typed=True) == "Nothing was typed."
    assert transcript_text(Transcript(())) == "No speech heard."


def test_a_typed_turn_is_typed() -> None:
    assert call_line(TurnBegan(3.0), typed=True) == "  0:03  You: (type now)"
    said = CandidateSaid(3.0, 9.0, words_of_text("Hello, this is Sam."))
    assert call_line(said, typed=True) == "  0:09       4 words typed"


def test_a_typed_round_is_clean_without_a_stopwatch() -> None:
    transcript, card = talk(QUESTION, timed=False)
    shown = round_text(judge(Part.QUESTION, card, transcript))
    assert "Clean; aloud about 6 s." in shown
