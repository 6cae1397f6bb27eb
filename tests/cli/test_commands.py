"""The commands as a user types them, mostly with bad input."""

import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from rehearse.calling.scenario import packaged_names
from rehearse.sound import SAMPLE_RATE_HZ
from tests.program import FIXTURES, Outcome, rehearse

pytestmark = pytest.mark.slow

QUESTION = FIXTURES / "d_question_only__piper-joe.flac"


def test_help_is_instant_because_nothing_heavy_is_imported() -> None:
    program = (
        "import sys; sys.argv = ['rehearse', '--help']\n"
        "from rehearse.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'torch', 'whisper', 'numpy', 'scipy', 'av', 'rich', 'sounddevice'}\n"
        "heavy |= {'onnxruntime', 'starlette', 'jinja2'}\n"
        "print('heavy:', sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert "heavy: []" in done.stdout
    for name in ("call", "score", "transcribe", "list", "show", "check"):
        assert f"\n  {name} " in done.stdout


def test_a_home_without_rehearsals(tmp_path: Path) -> None:
    listed = rehearse(tmp_path, "list")
    assert listed.status == 0
    assert f"rehearse --home {tmp_path} call" in listed.out
    shown = rehearse(tmp_path, "show")
    assert (shown.status, shown.out) == (1, "")
    assert f"rehearse --home {tmp_path} call" in shown.err


def test_scenario_alone_lists_the_scenarios(tmp_path: Path) -> None:
    alone, listed = (rehearse(tmp_path, "scenario", *also) for also in ((), ("list",)))
    assert alone.status == 0, alone.err
    assert alone.out == listed.out
    for name in packaged_names():
        assert f"{name} " in alone.out
    assert "scenario new FILE" in alone.out


def says(outcome: Outcome, *parts: str) -> None:
    """One sentence on what and where, another on what to do; exit 1; no traceback."""
    assert outcome.status == 1, outcome.all
    assert "Traceback" not in outcome.all
    assert "Something went wrong inside" not in outcome.all
    for part in parts:
        assert part in outcome.err
    problem, remedy = outcome.err.strip().splitlines()[:2]
    assert problem.startswith("rehearse: ")
    assert remedy.startswith("          ")


def test_bad_files_are_named_and_the_good_ones_still_scored(tmp_path: Path) -> None:
    (tmp_path / "empty.wav").touch()
    (tmp_path / "text.wav").write_text("not sound at all\n" * 50)
    (tmp_path / "folder.wav").mkdir()
    (tmp_path / "good.txt").write_text(
        "Hello, how do you expect this job to contribute to the business?"
    )
    files = ["empty.wav", "text.wav", "folder.wav", "missing.wav", "good.txt"]
    outcome = rehearse(tmp_path, "score", *(tmp_path / name for name in files), "--json")
    says(outcome, "empty.wav is empty", "text.wav holds no sound", "folder.wav is a folder",
         "There is no file")  # fmt: skip
    results = [json.loads(line) for line in outcome.out.splitlines()]
    assert [Path(result["file"]).name for result in results] == files
    assert [set(result) == {"file", "error"} for result in results] == [True] * 4 + [False]
    assert results[-1]["verdicts"]["critical_question"] == "covered"


def test_a_text_without_a_manager_is_not_praised_for_letting_one_answer(tmp_path: Path) -> None:
    path = tmp_path / "pitch.txt"
    path.write_text("As the manager, how do you expect this job to contribute to the business?")
    outcome = rehearse(tmp_path, "score", path)
    assert outcome.status == 0, outcome.err
    assert "[x] Critical question:" in outcome.out
    assert "let the manager answer" not in outcome.out
    assert re.search(r"Um and uh +not measured in typed text", outcome.out)


@pytest.mark.parametrize("text", ["", "\n \n", "Hello.", "\x00\x07\x1b[31m", "🙂🙂🙂"])
def test_a_text_with_nothing_in_it_earns_nothing(tmp_path: Path, text: str) -> None:
    path = tmp_path / "pitch.txt"
    path.write_text(text)
    outcome = rehearse(tmp_path, "score", path, "--json")
    assert outcome.status == 0, outcome.err
    result = json.loads(outcome.out)
    assert result["score"] == 0
    assert set(result["verdicts"].values()) == {"missing"}


@pytest.mark.slow
def test_silence_gives_no_words_and_no_points(tmp_path: Path) -> None:
    silence = tmp_path / "silence.wav"
    soundfile.write(silence, np.zeros(5 * SAMPLE_RATE_HZ, np.float32), SAMPLE_RATE_HZ)
    outcome = rehearse(tmp_path, "score", silence, FIXTURES / "silent__room.flac")
    assert outcome.status == 0, outcome.err
    assert outcome.out.count("No speech heard.") == 2
    assert outcome.out.count("There is nothing to score.") == 2


@pytest.mark.slow
def test_words_have_times_and_probabilities(tmp_path: Path) -> None:
    outcome = rehearse(tmp_path, "transcribe", QUESTION, "--json")
    assert outcome.status == 0, outcome.err
    words = json.loads(outcome.out)["words"]
    assert len(words) > 40
    times = [time_s for word in words for time_s in (word["start_s"], word["end_s"])]
    assert times == sorted(times)
    assert all(0 <= word["probability"] <= 1 for word in words)


@pytest.mark.slow
@pytest.mark.parametrize("command", ["call", "score", "transcribe"])
def test_an_unknown_model_is_named_with_those_that_exist(tmp_path: Path, command: str) -> None:
    option = ["--candidate"] if command == "call" else []
    outcome = rehearse(tmp_path, command, "--model", "huge.xx", *option, QUESTION)
    says(outcome, "huge.xx", "base.en")


@pytest.mark.slow
def test_a_home_that_cannot_be_written(tmp_path: Path) -> None:
    home = tmp_path / "file"
    home.touch()
    says(rehearse(home, "call", "--candidate", QUESTION), "cannot be written", "--home")


def test_a_missing_recording_of_the_candidate(tmp_path: Path) -> None:
    says(rehearse(tmp_path, "call", "--candidate", tmp_path / "no.wav"), "There is no file")


def test_an_unknown_rehearsal(tmp_path: Path) -> None:
    rehearsals = tmp_path / "rehearsals" / "20260101-120000"
    rehearsals.mkdir(parents=True)
    says(rehearse(tmp_path, "show", "1999"), "1999", f"rehearse --home {tmp_path} list")


def has_sound_card() -> bool:
    cards = Path("/proc/asound/cards")
    return cards.exists() and "[" in cards.read_text()


@pytest.mark.slow
@pytest.mark.skipif(has_sound_card(), reason="this machine has a sound card")
def test_no_microphone(tmp_path: Path) -> None:
    nowhere = {"PULSE_SERVER": "/nonexistent"}
    outcome = rehearse(tmp_path, "call", env=nowhere)
    assert "call --typed" in outcome.err
    says(outcome)
    checked = rehearse(tmp_path, "check", env=nowhere)
    assert checked.status == 1
    assert "PROBLEM" in checked.out
    assert "Traceback" not in checked.all


def test_no_portaudio(tmp_path: Path) -> None:
    # The library cannot be removed while other tests run, so this module stands in for it.
    (tmp_path / "sounddevice.py").write_text("raise OSError('PortAudio library not found')\n")
    outcome = rehearse(tmp_path / "home", "call", env={"PYTHONPATH": str(tmp_path)})
    says(outcome, "PortAudio", "libportaudio2", "call --typed --no-sound")
