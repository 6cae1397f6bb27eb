"""Talk in another language is said to be so, instead of being called no pitch."""

import pytest

from rehearse import wiring
from rehearse.coaching.coach import coach
from rehearse.preparing.call_sheet import CallSheet
from rehearse.report.paragraph import paragraph
from rehearse.report.text import scorecard_text
from rehearse.report.wording import NO_PITCH_UNDERSTOOD, NOT_A_PITCH, OTHER_LANGUAGE, no_pitch
from rehearse.scoring.clauses import ClauseTagger
from rehearse.scoring.scorecard import score_transcript
from rehearse.transcript import UnclearPassage, UnclearReason, text_transcript

SMALL_TALK = "well we went to the lake on sunday and it rained all day so we came home"


@pytest.fixture(scope="module")
def tagger() -> ClauseTagger:
    return wiring.load_tagger()


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("Guten Tag Frau Keller, ich wollte wegen der Stelle anrufen.", "de", OTHER_LANGUAGE),
        ("Buenos días señora, llamo por el puesto del que hablamos.", "es", OTHER_LANGUAGE),
        ("Bonjour madame, je vous appelle au sujet du poste.", "fr", OTHER_LANGUAGE),
        (SMALL_TALK, None, NOT_A_PITCH),
        ("Hallo?", None, NOT_A_PITCH),
    ],
    ids=["German", "Spanish", "French", "English", "one word"],
)
def test_the_language_of_talk_without_a_pitch(
    text: str, language: str | None, said: str, tagger: ClauseTagger
) -> None:
    languages = wiring.sound_tools().languages
    card = score_transcript(text_transcript(text), tagger, languages=languages)
    assert card.language == language
    assert no_pitch(card) == said


def test_what_was_not_understood_is_not_called_no_pitch(tagger: ClauseTagger) -> None:
    typed = text_transcript(SMALL_TALK)
    lost = UnclearPassage(2.0, 5.0, UnclearReason.PRONUNCIATION)
    card = score_transcript(typed.with_unclear((lost,)), tagger)
    assert no_pitch(card) == NO_PITCH_UNDERSTOOD
    advice = coach(typed, card, None, CallSheet()).advice
    assert "without the question" not in " ".join(one.text for one in advice)
    [question] = (one for one in advice if one.rule == "question_missing")
    assert question.text.startswith("If you did not ask it, this is the question")


def test_another_language_is_only_named_and_nothing_is_counted_missing(
    tagger: ClauseTagger,
) -> None:
    german = text_transcript(
        "Guten Tag Frau Keller, ich würde die Wartezeiten Ihrer Fahrer verkürzen. Was erwarten Sie "
        "von dieser Stelle?"
    )
    card = score_transcript(german, tagger, languages=wiring.sound_tools().languages)
    coaching = coach(german, card, None, CallSheet())
    assert (coaching.advice, coaching.praise, coaching.progress) == ((), (), ())
    assert scorecard_text(card) == paragraph(OTHER_LANGUAGE)
    assert "Try it in English" in OTHER_LANGUAGE
