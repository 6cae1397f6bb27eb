"""The voice check: words right, the best model that keeps up, and what the recording shows."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from rehearse import wiring
from rehearse.calling.line import Line
from rehearse.engines.audio.audio_file import read_audio
from rehearse.errors import RehearseError
from rehearse.keeping.chosen_model import ChosenModel, choose_model, chosen_model
from rehearse.rehearsing.speech_models import SpeechModel
from rehearse.rehearsing.voice_check import (
    READ_ALOUD,
    ModelResult,
    Reading,
    VoiceCheck,
    _faults,
    also_with,
    compared,
    record_reading,
)
from rehearse.report.speech_models_view import worth_trying
from rehearse.report.voice_check_text import check_lines, question
from rehearse.sound import BLOCK_SAMPLES, SAMPLE_RATE_HZ, Samples, sample_count, seconds
from rehearse.transcript import Word, words_of_text
from tests.program import FIXTURES


def result(name: str, error_rate: float, work_s_per_s: float = 0.2) -> ModelResult:
    return ModelResult(name, round(60 * (1 - error_rate)), 60, error_rate, work_s_per_s, "")


def test_every_word_right() -> None:
    found = compared("tiny.en", words_of_text(READ_ALOUD.upper()), 0.1)
    assert found.right == found.words
    assert found.error_rate == 0


def test_words_left_out_replaced_and_put_in() -> None:
    said = READ_ALOUD.replace("Good morning. ", "").replace("store", "star") + " very much"
    found = compared("tiny.en", words_of_text(said), 0.1)
    assert found.words - found.right == 3
    assert round(found.error_rate * found.words) == 5


def test_the_better_model_is_recommended() -> None:
    check = VoiceCheck((result("tiny.en", 0.48), result("base", 0.13)), ())
    assert check_lines(check) == ["tiny.en got 31 of 60 words.", "base got 52 of 60 words."]
    assert question(check) == "Use base from now on?"


def test_a_model_that_is_no_better_is_not() -> None:
    assert VoiceCheck((result("tiny.en", 0.05), result("base", 0.04)), ()).best.name == "tiny.en"


def test_of_two_that_err_alike_the_larger_is_used_unless_both_hardly_err() -> None:
    def best(tiny: float, base: float) -> str:
        return VoiceCheck((result("tiny.en", tiny), result("base", base)), ()).best.name

    assert best(0.13, 0.13) == "base"
    assert best(0.13, 0.12) == "base"
    assert best(0.13, 0.15) == "tiny.en"
    assert best(0.08, 0.08) == "tiny.en"
    assert best(0.08, 0.02) == "base"


def test_a_model_too_slow_for_a_call_listens_afterwards() -> None:
    check = VoiceCheck((result("tiny.en", 0.25), result("base", 0.10, work_s_per_s=0.9)), ())
    assert check.best.name == "tiny.en"
    assert "base understands more but is too slow here for a call." in check_lines(check)[3]
    assert "A larger model" not in " ".join(check_lines(check))


def test_who_is_understood_by_no_model_is_told_before_the_first_call() -> None:
    lines = check_lines(VoiceCheck((result("tiny.en", 0.7), result("base", 0.5)), ()))
    assert lines[2].startswith("No model on this computer knows your pronunciation well enough")
    assert not any("speak badly" in line for line in lines)


def test_who_is_partly_understood_is_told_so_mildly() -> None:
    check = VoiceCheck((result("tiny.en", 0.3), result("base", 0.22)), ())
    assert check.warned
    lines = check_lines(check, on_page=True)
    assert lines[2].startswith("In a call some of your words would be lost. They never count")
    assert "pronunciation" not in " ".join(lines)
    noisy = VoiceCheck(check.results, ("There is noise behind your voice.",))
    assert "The recording shows why" in check_lines(noisy)[2]
    understood = VoiceCheck((result("tiny.en", 0.3), result("base", 0.18)), ())
    assert not understood.warned
    assert len(check_lines(understood)) == 2


def test_a_bad_recording_is_not_put_down_to_pronunciation() -> None:
    check = VoiceCheck((result("tiny.en", 0.7),), ("Your voice is very quiet.",))
    lines = check_lines(check)
    assert "The recording shows why" in lines[1]
    assert lines[2] == "Your voice is very quiet."
    assert "pronunciation" not in " ".join(lines)


def test_another_model_is_worth_a_try_if_none_understands_and_the_sound_is_good() -> None:
    assert VoiceCheck((result("tiny.en", 0.5), result("base", 0.2)), ()).another_may_help
    assert not VoiceCheck((result("tiny.en", 0.5), result("base", 0.1)), ()).another_may_help
    assert not VoiceCheck(
        (result("tiny.en", 0.5),), ("Your voice is very quiet.",)
    ).another_may_help


def test_the_next_larger_model_is_offered() -> None:
    def models(*here: str) -> list[SpeechModel]:
        names = ("tiny.en", "base", "small", "medium")
        return [SpeechModel(name, name in here, 484_000_000) for name in names]

    def offered(*here: str) -> str | None:
        one = worth_trying(models(*here))
        return one.name if one else None

    assert offered("tiny.en") == "base"
    assert offered("tiny.en", "small") == "medium"
    assert offered("tiny.en", "medium") is None


def test_the_same_reading_is_heard_by_a_model_that_came_later() -> None:
    class Reads:
        name = "base (1)"

        def transcribe(
            self, samples: Samples, *, offset_s: float = 0.0, before: str = ""
        ) -> tuple[Word, ...]:
            return words_of_text(READ_ALOUD)

    first = VoiceCheck((result("tiny.en", 0.5), result("small", 0.4)), ("It is noisy.",))
    reading = Reading(buzz(1), first)
    found = also_with(reading, "base", Reads, ["tiny.en", "base", "small"]).check
    assert [one.name for one in found.results] == ["tiny.en", "base", "small"]
    assert found.results[1].error_rate == 0
    assert found.faults == first.faults
    twice = also_with(Reading(buzz(1), found), "base", Reads, ["tiny.en", "base", "small"]).check
    assert [one.name for one in twice.results] == ["tiny.en", "base", "small"]


def test_a_chosen_model_that_is_gone_is_not_downloaded_unasked(tmp_path: Path) -> None:
    choose_model(tmp_path, ChosenModel("small", "2026-11-29", 52, 60))
    for use in (wiring.load_transcriber, wiring.call_transcriber):
        with pytest.raises(RehearseError) as caught:
            use(tmp_path, None)
        assert "The speech model small is not on this computer" in caught.value.problem
        assert "Download it on the page of the voice check" in caught.value.remedy


def test_a_page_names_no_command() -> None:
    check = VoiceCheck((result("tiny.en", 0.7), result("base", 0.5, work_s_per_s=0.9)), ())
    assert "rehearse check" in " ".join(check_lines(check))
    assert "rehearse" not in " ".join(check_lines(check, on_page=True))


def buzz(duration_s: float, highest_hz: int = 7000) -> Samples:
    """As lively as speech, with every frequency up to `highest_hz`."""
    at_s = np.arange(sample_count(duration_s)) / SAMPLE_RATE_HZ
    tones = sum(np.sin(2 * np.pi * hz * at_s) for hz in range(200, highest_hz, 300)) / 50
    bursts = np.maximum(0, np.sin(2 * np.pi * 2 * at_s)) ** 2
    return (tones * (0.001 + bursts)).astype(np.float32)


@pytest.mark.parametrize(
    ("sound", "words", "said"),
    [
        (buzz(10), 25, None),
        (buzz(10) * np.float32(0.005), 25, "very quiet"),
        (np.clip(buzz(10) * 9, -0.4, 0.4), 25, "too loud"),
        (buzz(10) + 0.08 * np.random.default_rng(1).standard_normal(160_000), 25, "noise"),
        (buzz(10), 47, "very fast"),
        (buzz(10, highest_hz=3400), 25, "telephone quality"),
    ],
)
def test_what_else_the_recording_shows(sound: Samples, words: int, said: str | None) -> None:
    faults = list(_faults(sound.astype(np.float32), words, 10.0))
    assert faults == [] if said is None else any(said in fault for fault in faults)


@pytest.mark.parametrize("name", ["d_question_only__piper-joe", "a_strong__kokoro-jm_kumo"])
def test_lively_reading_is_not_called_fast(name: str) -> None:
    file = FIXTURES / f"{name}.flac"
    samples, words = read_audio(file), len(file.with_suffix(".txt").read_text().split())
    voice = wiring.sound_tools().voice_probabilities(samples)
    voiced_s = seconds(sum(one >= 0.5 for one in voice) * BLOCK_SAMPLES)
    assert list(_faults(samples, words, voiced_s)) == []


class ReadingLine(Line):
    """A line on which sound of one level comes for a while, then silence."""

    def __init__(self, loud_blocks: int) -> None:
        self.blocks = [0.5] * loud_blocks

    def read(self) -> Samples:
        level = self.blocks.pop() if self.blocks else 0.0
        return np.full(BLOCK_SAMPLES, level, np.float32)


class LevelDetector:
    def accept(self, block: Samples) -> float:
        return float(np.abs(block).max())

    def reset(self) -> None:
        pass


def test_the_reading_ends_after_three_seconds_of_silence() -> None:
    samples = record_reading(ReadingLine(313), LevelDetector())
    assert len(samples) / SAMPLE_RATE_HZ == pytest.approx(13, abs=0.1)


def test_nobody_reads() -> None:
    with pytest.raises(RehearseError, match="could not hear anybody"):
        record_reading(ReadingLine(0), LevelDetector())


def test_the_choice_is_remembered_and_can_be_made_again(tmp_path) -> None:  # type: ignore[no-untyped-def]
    assert chosen_model(tmp_path) is None
    first = ChosenModel("base", "2026-11-28", 52, 60)
    choose_model(tmp_path, first)
    assert chosen_model(tmp_path) == first
    choose_model(tmp_path, dataclasses.replace(first, name="tiny.en"))
    assert chosen_model(tmp_path).name == "tiny.en"


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b'{"name": 3}'])
def test_a_damaged_choice_says_what_to_do(tmp_path, content) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "speech-model.json").write_bytes(content)
    with pytest.raises(RehearseError, match="Choose again"):
        chosen_model(tmp_path)
