"""However a call ends, what was said is kept and scored."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO

import pytest

from rehearse.keeping.store import Store
from tests.program import command, rehearse

QUESTION = "Hello, how do you expect this job to contribute to the business?\n"
pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")]


class TypedCall:
    """A call in which one turn was typed; the next line is waited for."""

    def __init__(self, home: Path) -> None:
        self.process = subprocess.Popen(
            command(home, "call", "--typed", "--no-sound"),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(QUESTION)
        self.process.stdin.flush()
        self.printed: IO[str] = self.process.stdout
        turns = 0
        for line in self.printed:
            turns += "speak now" in line or "You:" in line
            if turns == 2:
                return
        raise AssertionError(self.process.communicate())


def the_only(home: Path) -> dict[str, object]:
    shown = rehearse(home, "show", "--json")
    assert shown.status == 0, shown.err
    return json.loads(shown.out)  # type: ignore[no-any-return]


@pytest.mark.parametrize("number", ["SIGHUP", "SIGTERM", "SIGINT"])
def test_a_signal_ends_the_call_in_order(tmp_path: Path, number: str) -> None:
    call = TypedCall(tmp_path)
    call.process.send_signal(getattr(signal, number))
    out = call.printed.read()  # the standard input stays open, as a terminal's does
    assert call.process.wait(timeout=120) == 0
    assert "Score:" in out
    assert the_only(tmp_path)["verdicts"]["critical_question"] == "covered"  # type: ignore[index]


def test_a_terminal_that_is_gone_loses_nothing(tmp_path: Path) -> None:
    call = TypedCall(tmp_path)
    call.printed.close()
    call.process.send_signal(signal.SIGHUP)
    assert call.process.wait(timeout=120) == 1
    assert call.process.stderr is not None
    assert "Not all was printed" in call.process.stderr.read()
    assert the_only(tmp_path)["verdicts"]["critical_question"] == "covered"  # type: ignore[index]


def delete(folder: Path) -> None:
    """Delete `folder`, in which the program writes at the same time."""
    for _ in range(100):
        with contextlib.suppress(OSError):
            shutil.rmtree(folder)
            return
    shutil.rmtree(folder)


def test_a_home_that_is_deleted_in_a_call_is_written_once_more(tmp_path: Path) -> None:
    home = tmp_path / "home"
    call = TypedCall(home)
    delete(home)
    threading.Event().wait(1)  # a flush of the recording comes every 0.25 s of the call
    call.process.send_signal(signal.SIGTERM)
    out, complaint = call.process.communicate(timeout=120)
    assert call.process.returncode == 0, complaint
    assert "Score:" in out
    assert the_only(home)["verdicts"]["critical_question"] == "covered"  # type: ignore[index]
    [folder] = Store(home).folders()
    assert folder.recording.stat().st_size > 44
    assert folder.events()[0]["event"] == "Ringing"


IMPORTING = """
import signal, time
from rehearse.cli import keep_ctrl_c

keep_ctrl_c()
inside = "signal.raise_signal(signal.SIGINT); time.sleep(0); print('imported')"
exec(compile(inside, "<frozen importlib._bootstrap>", "exec"))
try:
    time.sleep(5)
    print("missed")
except KeyboardInterrupt:
    print("stopped")
"""


def test_ctrl_c_waits_until_an_import_has_left_its_locks() -> None:
    run = subprocess.run(
        [sys.executable, "-c", IMPORTING], capture_output=True, text=True, check=False
    )
    assert (run.stdout, run.stderr) == ("imported\nstopped\n", "")
