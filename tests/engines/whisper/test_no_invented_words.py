"""Sounds without speech: no words in a file, none in a call, and no turn begins."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from rehearse import wiring
from rehearse.calling.live_listener import LiveListener
from rehearse.calling.turn_taking import Patience, TurnTaker
from rehearse.sound import BLOCK_SAMPLES
from tests.noises import NOISES, bursts, fixture

pytestmark = pytest.mark.slow

LENGTH_S = 12.0


@cache
def transcriber() -> wiring.LiveTranscriber:
    return wiring.load_transcriber(Path("unused"), None)


def test_there_are_enough_of_them() -> None:
    assert len(NOISES) >= 12


@pytest.mark.parametrize("name", NOISES)
def test_no_words(name: str) -> None:
    sound = NOISES[name](LENGTH_S)
    assert transcriber().transcribe(sound) == ()
    assert transcriber().conclude(sound) == ()
    listener = LiveListener(transcriber(), wiring.load_detector(), waits=True)
    detector, turn = wiring.load_detector(), TurnTaker(Patience(before_speech_s=99))
    listener.begin(0.0)
    for block in sound[: len(sound) // BLOCK_SAMPLES * BLOCK_SAMPLES].reshape(-1, BLOCK_SAMPLES):
        listener.hear(block)
        turn.accept(detector.accept(block))
    assert listener.finish() == ()
    assert not turn.spoke
    listener.close()


@pytest.mark.parametrize("seed", range(6, 12))
def test_knocks_on_the_table_are_not_transcribed_as_you(seed: int) -> None:
    """They sometimes fool the detector, and the recogniser used to write "you"."""
    knocks = bursts(0.5, 0.03, 600, -30, seed=seed)(LENGTH_S)
    assert transcriber().transcribe(knocks) == ()
    assert transcriber().conclude(knocks) == ()


@pytest.mark.parametrize("name", ["typing", "coughs", "white noise at -40 dBFS", "bell"])
def test_noise_after_speech_adds_nothing(name: str) -> None:
    speech = fixture("d_question_only__piper-joe")
    listener = LiveListener(transcriber(), wiring.load_detector(), waits=True)
    said = []
    for sound in (speech, np.concatenate([speech, NOISES[name](6.0)])):
        listener.begin(0.0)
        whole = sound[: len(sound) // BLOCK_SAMPLES * BLOCK_SAMPLES]
        for block in whole.reshape(-1, BLOCK_SAMPLES):
            listener.hear(block)
        said.append([word.text for word in listener.finish()])
    listener.close()
    assert said[0] == said[1]
