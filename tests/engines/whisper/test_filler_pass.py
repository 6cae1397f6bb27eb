"""Filler detection with the real weights: um and uh that the recogniser left out."""

from pathlib import Path

import pytest

from rehearse.delivery.fillers import hesitations_said
from rehearse.engines.whisper.filler_detection import WhisperFillerPass
from rehearse.engines.whisper.transcriber import WhisperTranscriber
from rehearse.engines.whisper.weights import load_model
from rehearse.sound import sample_count
from rehearse.transcript import Word
from tests.noises import fixture

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def engines():
    loaded = load_model(None, Path("not-used"))
    return WhisperTranscriber(loaded), WhisperFillerPass(loaded)


def test_a_hesitant_speakers_ums_are_found(engines):
    transcriber, finder = engines
    sound = fixture("e_hesitant__kokoro-jm_kumo")
    words = transcriber.transcribe(sound)
    without = tuple(w for w in words if w.text.lower().strip(".,") not in ("um", "uh"))
    found = finder.find(sound, 0.0, without)
    assert len(found) >= 6  # of 9 said
    assert all(one.text in ("um", "uh", "er", "ah", "hmm", "mm") for one in found)
    assert [one.before for one in found] == sorted({one.before for one in found})
    before = {without[one.before].text.lower().strip(".,") for one in found if one.before}
    assert before & {"i", "second", "how", "shorten", "bring"}, "where the pause is"


def test_an_um_in_the_text_is_not_counted_twice(engines):
    transcriber, finder = engines
    sound = fixture("e_hesitant__piper-joe")
    words = transcriber.transcribe(sound)
    said = hesitations_said(words, finder.find(sound, 0.0, words))
    assert 5 <= len(said) <= 10  # 9 said


def test_a_fluent_speaker_says_none(engines):
    transcriber, finder = engines
    sound = fixture("d_question_only__piper-joe")
    assert finder.find(sound, 0.0, transcriber.transcribe(sound)) == ()


def test_times_are_on_the_clock_of_the_recording(engines):
    transcriber, finder = engines
    sound = fixture("e_hesitant__piper-joe")[: sample_count(16)]
    plain = finder.find(sound, 0.0, transcriber.transcribe(sound))
    later = finder.find(sound, 100.0, transcriber.transcribe(sound, offset_s=100.0))
    assert [one.before for one in later] == [one.before for one in plain]
    assert [one.at_s for one in later] == pytest.approx([(one.at_s or 0) + 100 for one in plain])


def test_words_without_times_and_no_words_are_not_searched(engines):
    _, finder = engines
    sound = fixture("e_hesitant__piper-joe")
    assert finder.find(sound, 0.0, (Word("Hello,"), Word("Dana."))) == ()
    assert finder.find(sound, 0.0, ()) == ()
