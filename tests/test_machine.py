"""A machine that cannot run rehearse is told so in one sentence, with what would work."""

import platform
import subprocess
import sys
from pathlib import Path

import pytest

from rehearse.machine import instructions_here, why_not

SCRIPT = Path(__file__).parent.parent / "rehearse" / "machine.py"


@pytest.mark.parametrize(
    ("system", "machine", "python", "bits", "words"),
    [
        ("Darwin", "x86_64", (3, 12), 64, "a Mac with Apple silicon"),
        ("Windows", "ARM64", (3, 12), 64, "the Python for x86-64"),
        ("Linux", "x86_64", (3, 10), 64, "this is Python 3.10"),
        ("Windows", "AMD64", (3, 12), 32, "install the 64-bit Python"),
        ("Linux", "armv7l", (3, 12), 32, "has 32 bits"),
        ("Linux", "riscv64", (3, 12), 64, "no parts for riscv64"),
    ],
)
def test_it_says_what_is_missing_and_what_would_work(
    system: str, machine: str, python: tuple[int, int], bits: int, words: str
) -> None:
    sentence = why_not(system, machine, python, bits)
    assert words in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize(
    ("system", "machine"),
    [("Linux", "x86_64"), ("Linux", "aarch64"), ("Windows", "AMD64"), ("Darwin", "arm64")],
)
def test_it_says_nothing_where_rehearse_can_run(system: str, machine: str) -> None:
    assert why_not(system, machine, (3, 11), 64) == ""


def test_it_can_be_asked_before_anything_is_installed() -> None:
    done = subprocess.run(
        [sys.executable, "-S", SCRIPT], capture_output=True, text=True, check=True
    )
    assert done.stdout == done.stderr == ""


def test_it_asks_for_a_processor_with_what_numpy_is_built_for() -> None:
    core2 = frozenset({"ssse3", "sse4_1"})
    nehalem = core2 | {"sse4_2", "popcnt"}
    assert "lacks" in why_not("Linux", "x86_64", (3, 12), 64, core2)
    assert why_not("Linux", "x86_64", (3, 12), 64, nehalem) == ""


def test_old_macos_has_versions_of_its_own_which_no_newer_python_runs() -> None:
    assert "needs Python 3.11 or 3.12" in why_not("Darwin", "arm64", (3, 13), 64, macos=13)
    assert why_not("Darwin", "arm64", (3, 12), 64, macos=11) == ""
    assert why_not("Darwin", "arm64", (3, 14), 64, macos=14) == ""


def test_a_command_says_it_before_it_imports_anything_heavy() -> None:
    program = (
        "import sys; sys.argv = ['rehearse', 'score', 'x.wav']\n"
        "import rehearse.cli\n"
        "rehearse.cli.why_not_here = lambda: 'It cannot.'\n"
        "try: rehearse.cli.main()\n"
        "except SystemExit as done: print(done.code, 'numpy' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("1 False\n", "rehearse: It cannot.\n")


def test_it_reads_what_this_processor_can_do() -> None:
    found = instructions_here()
    if sys.platform == "linux" and platform.machine() == "x86_64":
        assert found is not None
        assert found >= {"sse2", "sse4_2"}
    elif platform.machine() == "arm64":
        assert found is None
