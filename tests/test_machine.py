"""A machine that cannot run rehearse is told so in one sentence, with what would work."""

import subprocess
import sys
from pathlib import Path

import pytest

from rehearse.machine import why_not

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
