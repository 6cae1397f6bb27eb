"""`rehearse correct`: a turn as it was said, and the score that it then has."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rehearse.keeping.rehearsal import Rehearsal, Versions
from rehearse.keeping.store import Store
from rehearse.preparing.call_sheet import CallSheet
from tests.program import command, rehearse
from tests.talks import talk

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 28, 21, 0, tzinfo=UTC)
MISHEARD = "How do you eggs pecked this shop to come to me at too the business?"
SAID = "How do you, as the manager, expect this job to contribute to the business?"
TRANSCRIPT, SCORECARD = talk(
    f"""
    -: Hi Dana, this is Anna Miller.
    -: {MISHEARD}
    """
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = Store(tmp_path).new(NOW)
    folder.save(
        Rehearsal(
            folder.id,
            NOW.isoformat(),
            "",
            1,
            CallSheet(),
            Versions("1"),
            transcript=TRANSCRIPT,
            scorecard=SCORECARD,
        )
    )
    return tmp_path


def shown(home: Path) -> str:
    return " ".join(rehearse(home, "show").out.split())


def test_a_turn_is_written_as_it_was_said_and_scored_again(home: Path) -> None:
    assert "eggs pecked" in shown(home)
    done = rehearse(home, "correct", stdin=f"9\n1\nHi Dana, this is Anna Miller. {SAID}\n\n")
    assert done.status == 0, done.all
    assert "Type a number from 1 to 1" in done.err
    assert "1. Hi Dana, this is Anna Miller." in done.out
    assert "Back to what was recognised" in done.out
    corrected = shown(home)
    assert "expect this job to contribute" in corrected
    assert "eggs pecked" not in corrected
    assert "[x] Critical question" in corrected


def test_undo_goes_back_to_what_was_recognised(home: Path) -> None:
    rehearse(home, "correct", stdin=f"1\n{SAID}\n\n")
    assert "eggs pecked" not in shown(home)
    assert rehearse(home, "correct", "--undo").status == 0
    undone = shown(home)
    assert f"Hi Dana, this is Anna Miller. {MISHEARD}" in undone
    assert "[x] Critical question" not in undone
    nothing = rehearse(home, "correct", "--undo")
    assert nothing.status == 1
    assert "Nothing is corrected" in nothing.err


def test_input_that_ends_after_a_correction_shows_it_all_the_same(home: Path) -> None:
    done = rehearse(home, "correct", stdin=f"1\n{SAID}\n")
    assert done.status == 0, done.all
    assert "[x] Critical question" in done.out
    assert "--undo" in done.out


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of POSIX")
@pytest.mark.parametrize("last_end", ["\n", ""], ids=["whole", "without-its-last-line-end"])
def test_lines_that_are_pasted_together_are_one_answer(home: Path, last_end: str) -> None:
    """What comes while it is scored again answers nothing that nobody has seen."""
    import pty

    ours, theirs = pty.openpty()
    program = subprocess.Popen(
        command(home, "correct"), stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True
    )
    os.close(theirs)

    def until(said: str) -> str:
        shown = ""
        while said not in shown:
            shown += os.read(ours, 1000).decode(errors="replace")
        return shown

    def type_in(text: str) -> None:
        os.write(ours, text.encode())

    until("Which one was misheard?")
    type_in("1\n")
    until("As you said it")
    with Store(home).find(None).scoring():  # the program waits with "Scoring ..."
        type_in(f"Hi Dana, this is Zoë.\n\n{SAID}{last_end}")
        if not last_end:
            until("to the business?")
            type_in("\n")
        until("Scoring")
        type_in("What is typed now\n")
    after = until("Which one was misheard?")
    assert "Type a number" not in after
    assert f"1. Hi Dana, this is Zoë. {SAID}" in " ".join(after.split())
    type_in("\n")
    assert "Type a number" not in until("--undo")
    assert program.wait(60) == 0
    os.close(ours)
    assert "[x] Critical question" in shown(home)


@pytest.mark.parametrize(
    "answers",
    ["", "\n", "q\n", "1\n\n\n", "1\n", "1\n...\n\n", "1\n\u200b\n\n", "1" * 5000 + "\n",
     "1\n" + "word " * 20_000 + "\n\n"],
    ids=str.__len__,
)  # fmt: skip
def test_whoever_writes_nothing_changes_nothing(home: Path, answers: str) -> None:
    before = shown(home)
    done = rehearse(home, "correct", stdin=answers)
    assert "Traceback" not in done.all
    assert shown(home) == before


def test_a_home_without_rehearsals_says_how_to_hold_one(tmp_path: Path) -> None:
    done = rehearse(tmp_path, "correct")
    assert done.status == 1
    assert "call" in done.err
