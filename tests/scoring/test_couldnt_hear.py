"""Damaged recordings: unrecognisable is not missing, and silence is not unclear."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import scipy.signal
import soundfile

from rehearse import wiring
from rehearse.engines.audio.audio_file import read_audio
from rehearse.rehearsing.talk_files import transcribe_file
from rehearse.scoring.clauses import ClauseTagger
from rehearse.scoring.rubric import Verdict
from rehearse.scoring.scorecard import Scorecard, score_transcript
from rehearse.sound import SAMPLE_RATE_HZ, Samples
from rehearse.transcript import Transcriber

pytestmark = pytest.mark.slow

FIXTURES = Path(__file__).parents[2] / "audio_fixtures"
QUESTION = FIXTURES / "d_question_only__piper-joe.flac"


@pytest.fixture(scope="module")
def transcriber(tmp_path_factory: pytest.TempPathFactory) -> Transcriber:
    return wiring.load_transcriber(tmp_path_factory.mktemp("home"), None)


@pytest.fixture(scope="module")
def tagger() -> ClauseTagger:
    return wiring.load_tagger()


def muffled(sound: Samples) -> Samples:
    """As if through a wall: only frequencies below 350 Hz."""
    low = scipy.signal.butter(6, 350, "lowpass", fs=SAMPLE_RATE_HZ, output="sos")
    return scipy.signal.sosfilt(low, sound)


def noisy(sound: Samples) -> Samples:
    """Noise 5 dB louder than the voice, in which people cannot make out words either."""
    noise = scipy.signal.lfilter(
        [0.1], [1, -0.9], np.random.default_rng(1).standard_normal(len(sound))
    )
    return sound + noise * np.sqrt(3.16 * np.mean(sound**2) / np.mean(noise**2))


def clipped(sound: Samples) -> Samples:
    """Overdriven by 30 dB."""
    return np.clip(sound * 31.6, -0.3, 0.3)


def scored(
    spoil: Callable[[Samples], Samples],
    folder: Path,
    transcriber: Transcriber,
    tagger: ClauseTagger,
) -> Scorecard:
    file = folder / "call.wav"
    soundfile.write(file, spoil(read_audio(QUESTION)), SAMPLE_RATE_HZ)
    return score_transcript(
        transcribe_file(file, lambda: transcriber, wiring.sound_tools()).transcript, tagger
    )


def test_the_clear_recording(
    tmp_path: Path, transcriber: Transcriber, tagger: ClauseTagger
) -> None:
    card = scored(lambda sound: sound, tmp_path, transcriber, tagger)
    assert card.critical_question is Verdict.COVERED
    assert card.business_contribution is Verdict.MISSING


@pytest.mark.parametrize("spoil", [muffled, noisy])
def test_what_could_not_be_recognised_is_not_missing(
    spoil: Callable[[Samples], Samples],
    tmp_path: Path,
    transcriber: Transcriber,
    tagger: ClauseTagger,
) -> None:
    card = scored(spoil, tmp_path, transcriber, tagger)
    assert card.business_contribution is Verdict.COULDNT_HEAR


def test_a_clipped_recording_that_can_be_understood_is_judged(
    tmp_path: Path, transcriber: Transcriber, tagger: ClauseTagger
) -> None:
    card = scored(clipped, tmp_path, transcriber, tagger)
    assert card.critical_question is Verdict.COVERED


def test_silence_is_not_unclear(
    tmp_path: Path, transcriber: Transcriber, tagger: ClauseTagger
) -> None:
    card = scored(lambda sound: 0.001 * muffled(np.flip(sound)) * 0, tmp_path, transcriber, tagger)
    assert card.business_contribution is Verdict.MISSING
    assert card.score == 0
