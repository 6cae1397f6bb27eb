"""Calls in real time over a virtual sound card, with real keys and devices."""

import json
import re
import time
from pathlib import Path

import numpy as np
import pexpect
import pytest

from rehearse.engines.audio.audio_file import read_audio
from rehearse.sound import SAMPLE_RATE_HZ, Samples
from tests.program import FIXTURES, command, rehearse
from tests.sound_card import VirtualSoundCard

QUESTION = FIXTURES / "d_question_only__piper-joe.flac"
CONTRIBUTION = FIXTURES / "c_contribution_only__piper-joe.flac"
WEAK = FIXTURES / "b_weak__piper-joe.flac"


def room(duration_s: float) -> Samples:
    """A quiet room: a microphone that works is never exactly silent."""
    noise = np.random.default_rng(1).standard_normal(round(duration_s * SAMPLE_RATE_HZ))
    return (noise * 10 ** (-65 / 20)).astype(np.float32)


class LiveCall:
    """`rehearse call` in its own terminal, with room noise in the microphone."""

    def __init__(self, card: VirtualSoundCard, home: Path, *options: str) -> None:
        self._card = card
        self._room = card.start_playing(room(300))
        program, *arguments = command(home, "call", "--seed", "1", *options)
        self.terminal = pexpect.spawn(
            program, arguments, env={**card.env, "PYTHONUNBUFFERED": "1"}, encoding="utf-8",
            timeout=60, dimensions=(40, 120),
        )  # fmt: skip

    def sees(self, words: str) -> str:
        self.terminal.expect_exact(words)
        return str(self.terminal.before)

    def says(self, clip: Path) -> None:
        self._card.play(clip)

    def ends(self) -> tuple[int, str]:
        self.terminal.expect(pexpect.EOF)
        self.terminal.close()
        return self.terminal.exitstatus, str(self.terminal.before)

    def close(self) -> None:
        self.terminal.close(force=True)
        self._room.terminate()
        self._room.wait()


def result(home: Path) -> dict[str, object]:
    return json.loads(rehearse(home, "show", "--json").out)


def words_of(text: str) -> list[str]:
    return re.findall(r"[a-z']+", text.lower())


@pytest.mark.timeout(300)
def test_a_spoken_call_gets_the_verdicts_of_its_clip_and_the_manager_is_audible(
    sound_card: VirtualSoundCard, tmp_path: Path
) -> None:
    call = LiveCall(sound_card, tmp_path)
    sound_card.start_capture()
    try:
        call.sees("(speak now)")
        call.says(QUESTION)
        call.sees("(speak now)")
        call.terminal.send("q")
        status, out = call.ends()
    finally:
        call.close()
        played = sound_card.stop_capture()
    assert status == 0, out
    kept = result(tmp_path)
    scored = json.loads(rehearse(tmp_path, "score", QUESTION, "--json").out)
    assert kept["verdicts"] == scored["verdicts"]

    import soundfile

    soundfile.write(tmp_path / "played.wav", played, SAMPLE_RATE_HZ)
    heard = json.loads(rehearse(tmp_path, "transcribe", tmp_path / "played.wav", "--json").out)
    said = [turn["text"] for turn in kept["transcript"] if turn["speaker"] == "manager"]  # type: ignore[attr-defined]
    expected = words_of(" ".join(said))
    recognised = words_of(heard["text"])
    assert len(set(expected) & set(recognised)) >= 0.6 * len(set(expected))


def spoken_and_kept(home: Path) -> tuple[list[str], list[str]]:
    """The rules behind the manager's lines, and why each of the candidate's turns ended."""
    [journal] = home.glob("rehearsals/*/events.jsonl")
    events = [json.loads(line) for line in journal.read_text().splitlines()]
    rules = [event["rule"] for event in events if event["event"] == "ManagerSaid"]
    return rules, [event["reason"] for event in events if event["event"] == "TurnEnded"]


@pytest.mark.timeout(300)
def test_voicemail_records_between_two_beeps(sound_card: VirtualSoundCard, tmp_path: Path) -> None:
    call = LiveCall(sound_card, tmp_path, "--scenario", "voicemail")
    try:
        call.sees("(beep)")
        call.sees("(speak now)")
        call.says(QUESTION)
        call.sees("(beep)")
        status, out = call.ends()
    finally:
        call.close()
    assert status == 0, out
    rules, ends = spoken_and_kept(tmp_path)
    assert ends == ["silence"]
    assert rules == ["the call begins", "the message is over"]
    assert "business" in json.dumps(result(tmp_path)["transcript"])


@pytest.mark.timeout(300)
def test_a_busy_manager_cuts_in_after_a_minute(
    sound_card: VirtualSoundCard, tmp_path: Path
) -> None:
    call = LiveCall(sound_card, tmp_path, "--scenario", "busy")
    try:
        call.sees("(speak now)")
        talk = np.concatenate([read_audio(clip) for clip in (CONTRIBUTION, WEAK, CONTRIBUTION)])
        talking = sound_card.start_playing(talk)
        call.terminal.timeout = 120
        call.sees("Manager:")
        call.sees("(speak now)")
        talking.terminate()
        talking.wait()
        call.terminal.send("q")
        status, out = call.ends()
    finally:
        call.close()
    assert status == 0, out
    rules, ends = spoken_and_kept(tmp_path)
    assert ends[0] == "cut off"
    assert "took too long" in rules[1]


@pytest.mark.timeout(200)
@pytest.mark.parametrize("key", ["q", "\x03"], ids=["q", "Ctrl-C"])
def test_hanging_up_in_the_middle_keeps_and_scores_what_was_said(
    sound_card: VirtualSoundCard, tmp_path: Path, key: str
) -> None:
    call = LiveCall(sound_card, tmp_path)
    try:
        call.sees("(speak now)")
        playing = sound_card.start_playing(QUESTION)
        time.sleep(9)
        call.terminal.send(key)
        status, out = call.ends()
        playing.terminate()
        playing.wait()
    finally:
        call.close()
    assert status == 0, out
    assert "You hung up" in out
    assert "Score:" in out
    assert "business" in json.dumps(result(tmp_path)["transcript"])


@pytest.mark.timeout(200)
def test_enter_means_i_am_done_talking(sound_card: VirtualSoundCard, tmp_path: Path) -> None:
    call = LiveCall(sound_card, tmp_path, "--patience", "30")
    try:
        call.sees("(speak now)")
        call.says(QUESTION)
        call.terminal.send("\r")
        call.sees("Manager:")
        call.terminal.send("q")
        status, out = call.ends()
    finally:
        call.close()
    assert status == 0, out
    events = next(tmp_path.glob("rehearsals/*/events.jsonl")).read_text()
    assert "done key" in events


@pytest.mark.timeout(200)
def test_a_dead_microphone_is_reported_and_the_call_waits(
    sound_card: VirtualSoundCard, tmp_path: Path
) -> None:
    call = LiveCall(sound_card, tmp_path)
    try:
        call.sees("(speak now)")
        call._room.terminate()
        call.sees("nothing but silence")
        again = sound_card.start_playing(room(60))
        call.sees("The sound is back")
        call.says(QUESTION)
        call.sees("Manager:")
        call.terminal.send("q")
        status, out = call.ends()
        again.terminate()
        again.wait()
    finally:
        call.close()
    assert status == 0, out
    assert result(tmp_path)["verdicts"]["critical_question"] == "covered"  # type: ignore[index]


@pytest.mark.timeout(120)
def test_the_check_finds_everything_and_plays_a_sentence(
    sound_card: VirtualSoundCard, tmp_path: Path
) -> None:
    again_and_again = np.tile(read_audio(QUESTION), 12)  # however long the model takes to load
    noise = sound_card.start_playing(again_and_again)
    outcome = rehearse(tmp_path, "check", env=sound_card.env)
    noise.terminate()
    noise.wait()
    assert outcome.status == 0, outcome.all
    assert "PROBLEM" not in outcome.out
    assert "dBFS" in outcome.out


@pytest.mark.timeout(120)
def test_the_check_reports_a_muted_microphone(sound_card: VirtualSoundCard, tmp_path: Path) -> None:
    outcome = rehearse(tmp_path, "check", env=sound_card.env)
    assert outcome.status == 1
    assert "PROBLEM  Microphone" in outcome.out
    assert "exact silence" in outcome.out


@pytest.mark.timeout(200)
def test_while_the_call_runs_the_terminal_shows_state_clock_and_level(
    sound_card: VirtualSoundCard, tmp_path: Path
) -> None:
    call = LiveCall(sound_card, tmp_path, "--live-checklist", "--headphones")
    try:
        call.sees("(speak now)")
        call.says(QUESTION)
        call.sees("#")
        call.sees("] voice")
        call.sees("(ways")
        call.terminal.send("q")
        status, out = call.ends()
    finally:
        call.close()
    assert status == 0, out
