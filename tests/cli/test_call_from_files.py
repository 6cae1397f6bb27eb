"""Whole calls from recordings, with a real voice and real Whisper."""

import json
import os
import signal
import subprocess
import time
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
import soundfile

from rehearse.sound import SAMPLE_RATE_HZ
from tests.made_once import made_once
from tests.program import FIXTURES, Outcome, command, rehearse

pytestmark = pytest.mark.slow

STRONG = FIXTURES / "a_strong__piper-joe.flac"
WEAK = FIXTURES / "b_weak__piper-joe.flac"
QUESTION = FIXTURES / "d_question_only__piper-joe.flac"
CONTRIBUTION = FIXTURES / "c_contribution_only__piper-joe.flac"


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "strong-call", _hold_strong_call)


def _hold_strong_call(home: Path) -> None:
    held = rehearse(home, "call", "--candidate", STRONG, "--seed", "1", "--no-sound")
    (home / "outcome.json").write_text(json.dumps(asdict(held)))


@pytest.fixture(scope="session")
def strong_call(home: Path) -> Outcome:
    return Outcome(**json.loads((home / "outcome.json").read_text()))


def shown(home: Path, *rehearsal_id: str) -> dict[str, object]:
    return json.loads(rehearse(home, "show", *rehearsal_id, "--json").out)


def test_the_call_runs_from_the_ring_to_the_scorecard(strong_call: Outcome) -> None:
    assert strong_call.status == 0, strong_call.err
    out = strong_call.out
    said = ["Ringing", "Somebody picks up", "Manager:", "You:", "hung up", "Business contribution"]
    places = [out.index(words) for words in said]
    assert places == sorted(places)
    assert "[x] Business contribution:" in out
    assert "[x] Critical question:" in out
    assert "Score:" in out


def test_every_criterion_is_shown_with_the_words_that_earned_it(
    strong_call: Outcome, home: Path
) -> None:
    kept = shown(home)
    criteria = kept["criteria"]
    assert isinstance(criteria, dict)
    assert criteria["contributions"]["count"] == 3
    said = " ".join(turn["text"] for turn in kept["transcript"])  # type: ignore[attr-defined]
    for criterion in ("business_link", "contributions", "critical_question", "manager_choice"):
        for evidence in criteria[criterion]["evidence"]:
            assert evidence["quote"] in said
            assert 0 <= evidence["start_s"] < evidence["end_s"]
        assert criteria[criterion]["evidence"]


def test_both_sides_are_recorded_on_one_clock(strong_call: Outcome, home: Path) -> None:
    kept = shown(home)
    sound, rate_hz = soundfile.read(str(kept["file"]), dtype="float32")
    assert rate_hz == SAMPLE_RATE_HZ
    assert len(sound) / rate_hz == pytest.approx(kept["duration_s"], abs=0.5)
    for turn in kept["transcript"]:  # type: ignore[attr-defined]
        start, end = (round(turn[key] * rate_hz) for key in ("start_s", "end_s"))
        candidate, manager = np.square(sound[start:end]).mean(axis=0)
        if turn["speaker"] == "candidate":
            assert candidate > manager
        else:
            assert manager > candidate


def test_the_same_recordings_and_seed_give_the_same_call(
    strong_call: Outcome, home: Path, tmp_path: Path
) -> None:
    again = rehearse(tmp_path, "call", "--candidate", STRONG, "--seed", "1", "--no-sound")
    assert again.status == 0
    first, second = shown(home), shown(tmp_path)
    for key in ("transcript", "score", "verdicts", "criteria", "duration_s"):
        assert first[key] == second[key]


def test_the_manager_offers_an_opening_and_answers_the_question_in_the_next_turn(
    tmp_path: Path,
) -> None:
    outcome = rehearse(tmp_path, "call", "--candidate", CONTRIBUTION, QUESTION, "--seed", "3")
    assert outcome.status == 0, outcome.err
    events = next(tmp_path.glob("rehearsals/*/events.jsonl")).read_text().splitlines()
    rules = [json.loads(line)["rule"] for line in events if '"ManagerSaid"' in line]
    assert any("not asked" in rule for rule in rules)
    assert any("was asked" in rule for rule in rules)
    assert "[x] Business contribution:" in outcome.out
    assert "[x] Critical question:" in outcome.out


def test_nobody_speaks(tmp_path: Path) -> None:
    outcome = rehearse(tmp_path, "call", "--candidate", FIXTURES / "silent__room.flac")
    assert outcome.status == 0, outcome.err
    kept = shown(tmp_path)
    assert {turn["speaker"] for turn in kept["transcript"]} == {"manager"}  # type: ignore[attr-defined]
    assert kept["score"] == 0
    assert kept["verdicts"] == {"business_contribution": "missing", "critical_question": "missing"}
    assert "No speech heard" in outcome.out


@pytest.mark.parametrize("when", ["Ringing", "Manager:", "You:"])
def test_a_killed_call_leaves_a_recording_that_is_listed_and_scored(
    tmp_path: Path, when: str
) -> None:
    running = subprocess.Popen(
        command(tmp_path, "call", "--candidate", STRONG, "--no-sound"),
        stdout=subprocess.PIPE, env={**os.environ, "PYTHONUNBUFFERED": "1"}, text=True,
    )  # fmt: skip
    assert running.stdout is not None
    for line in running.stdout:
        if when in line:
            break
    time.sleep(0.05)
    running.send_signal(signal.SIGKILL)
    running.wait()
    running.stdout.close()
    listed = rehearse(tmp_path, "list")
    [folder] = tmp_path.glob("rehearsals/*")
    assert folder.name in listed.out
    assert "broken off" in listed.out
    told = rehearse(tmp_path, "show")
    assert told.status == 1
    assert f"rehearse --home {tmp_path} score {folder.name}" in told.err
    scored = rehearse(tmp_path, "score", folder.name)
    assert scored.status == 0, scored.err
    # How much was said before the kill, a greeting or the pitch, is a matter of milliseconds.
    assert "Business contribution:" in scored.out
    assert rehearse(tmp_path, "show").out.startswith(scored.out.splitlines()[0])
    assert "broken off" not in rehearse(tmp_path, "list").out


@pytest.mark.parametrize("after_s", [0.3, 2.5, 4.0, 6.0])
def test_ctrl_c_at_any_moment_ends_the_call_and_leaves_nothing_half_done(
    tmp_path: Path, after_s: float
) -> None:
    running = subprocess.Popen(
        command(tmp_path, "call", "--candidate", STRONG, "--no-sound"),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    time.sleep(after_s)
    os.killpg(running.pid, signal.SIGINT)  # as a terminal does: children get it as well
    _, complaint = running.communicate(timeout=60)
    assert "Traceback" not in complaint
    with pytest.raises(ProcessLookupError):
        os.killpg(running.pid, 0)  # no child is left in its group
    for kept in tmp_path.glob("rehearsals/*/rehearsal.json"):
        json.loads(kept.read_text(encoding="utf-8"))
    assert not list(tmp_path.rglob("*.tmp"))
    assert rehearse(tmp_path, "list").status == 0
