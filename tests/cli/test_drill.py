"""`rehearse drill` by typing, where nobody can speak or nothing can hear."""

import sys
from pathlib import Path

import pytest

from rehearse.preparing.first_evening import FirstEveningFile, Step
from tests.program import command, rehearse

QUESTION = "As the manager, how do you expect this job to contribute to the business?"


def test_three_clean_rounds_by_typing_complete_the_step_of_the_first_evening(
    tmp_path: Path,
) -> None:
    typed = "\n".join(["When do you decide?", "", QUESTION, QUESTION, QUESTION])
    drilled = rehearse(tmp_path, "drill", "question", "--typed", stdin=f"{typed}\n")
    assert drilled.status == 0
    assert "Type what you would say; Enter ends it, q = stop." in drilled.out
    assert drilled.out.count("[x] Asked how they expect the job to contribute") == 3
    assert drilled.out.count("Clean; aloud about") == 3
    said = " ".join(drilled.out.split())
    assert "On to a whole call:" in said
    assert f"rehearse --home {tmp_path} call --typed" in said
    assert FirstEveningFile(tmp_path).load().done == {Step.QUESTION}


def test_who_stops_at_once_has_drilled_nothing(tmp_path: Path) -> None:
    drilled = rehearse(tmp_path, "drill", "question", "--typed", stdin="q\n")
    assert "rounds clean" not in drilled.out
    assert "drill question --typed" in " ".join(drilled.out.split())
    assert FirstEveningFile(tmp_path).load().done == set()


def test_a_recording_does_not_type(tmp_path: Path) -> None:
    drilled = rehearse(tmp_path, "drill", "question", "--typed", "--candidate", "talk.wav")
    assert drilled.status == 2
    assert "leave out --candidate, or --typed" in drilled.err


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal")
def test_without_a_microphone_the_first_evening_drills_by_typing(tmp_path: Path) -> None:
    import os

    import pexpect

    home = tmp_path / "home"
    for step in (Step.HEAR, Step.WAYS):
        FirstEveningFile(home).remember(step, skipped=True)
    # The library cannot be removed while other tests run, so this module stands in for it.
    (tmp_path / "sounddevice.py").write_text("raise OSError('PortAudio library not found')\n")
    program, *arguments = command(home, "first-evening")
    evening = pexpect.spawn(
        program, arguments, env={**os.environ, "PYTHONPATH": f"{tmp_path}:{Path.cwd()}"},
        encoding="utf-8", timeout=60, dimensions=(40, 100),
    )  # fmt: skip
    evening.expect("Enter starts it, t types it instead of speaking, s leaves it out, q stops")
    evening.sendline("")
    evening.expect("So you type, as with --typed")
    evening.expect("You: ")
    evening.sendline(QUESTION)
    evening.expect(r"\[x\] Then you stopped")
    evening.expect("You: ")
    evening.sendline("q")
    evening.expect(r"\[x\] 3. Practise the question")
    evening.expect("q stops")
    evening.sendline("q")
    evening.expect(pexpect.EOF)
