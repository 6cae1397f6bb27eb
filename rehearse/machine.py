"""Machine: whether rehearse can run here, in one sentence.

Run as a script (`python rehearse/machine.py`) it needs nothing installed, and no new Python.
"""

from __future__ import annotations

import contextlib
import platform
import struct
import sys
from pathlib import Path

PYTHON = (3, 11)
# requirements-macos-11.lock: for newer ones there is no onnxruntime.
_OLD_MACOS_PYTHON = (3, 12)
_X86 = ("x86_64", "amd64")
# What numpy is built for: `x86-64-v2`. torch and onnxruntime choose what the processor has.
_NEEDED = frozenset({"sse4_2", "popcnt"})
# Windows' IsProcessorFeaturePresent knows these numbers since build 19041. All processors
# with SSE4.2 have POPCNT.
_WINDOWS_NUMBERS = (("sse4_2", 38), ("popcnt", 38), ("avx2", 40))
_WINDOWS_BUILD = 19041


def why_not(
    system: str,
    machine: str,
    python: tuple[int, int],
    bits: int,
    instructions: frozenset[str] | None = None,
    macos: int | None = None,
) -> str:
    """A sentence on why rehearse cannot run on such a machine and what would work, "" if it can.

    `system` and `machine` as `platform` names them, `machine` the one that this Python is made
    for; `bits` of a pointer of it; `instructions` as `instructions_here` returns them;
    `macos`: the first number of its version.
    """
    machine = machine.lower()
    if python < PYTHON:
        return (
            f"rehearse needs Python 3.11 or newer, and this is Python {python[0]}.{python[1]}: "
            "install a newer one "
            "from python.org and name it, for example: make PYTHON=python3.12 demo."
        )
    if bits != 64:
        return (
            f"rehearse needs a 64-bit Python, and this one has {bits} bits: install the 64-bit "
            "Python from python.org; on a 32-bit computer rehearse cannot run."
        )
    if system == "Darwin" and machine in _X86:
        return (
            "rehearse cannot run on Macs with an Intel processor, for which PyTorch is no longer "
            "made: use a Mac with Apple silicon, or a Windows or Linux computer."
        )
    if macos is not None and macos < 14 and python > _OLD_MACOS_PYTHON:
        return (
            f"On macOS 11 to 13 rehearse needs Python 3.11 or 3.12, and this is Python "
            f"{python[0]}.{python[1]}: install 3.12 from python.org and name it, for example: "
            "make PYTHON=python3.12 demo."
        )
    if system == "Windows" and machine not in _X86:
        return (
            "rehearse has no parts for Windows on ARM: install the Python for x86-64 (64-bit) from "
            "python.org, which Windows 11 runs by emulation, or use another computer."
        )
    if system == "Linux" and machine not in (*_X86, "aarch64", "arm64"):
        return (
            f"rehearse has no parts for {machine} processors: use a computer with an x86-64 or "
            "arm64 processor."
        )
    if instructions is not None and not instructions >= _NEEDED:
        return (
            "rehearse needs a processor with SSE4.2, which this one lacks (Intel's before 2008, "
            "AMD's before 2011, and some virtual machines): use a newer computer, or let the "
            'virtual machine have the processor of its host ("host passthrough").'
        )
    return ""


def why_not_here() -> str:
    """The same about this computer and this Python."""
    if _rosetta():
        return (
            "rehearse needs a Python for Apple silicon, and this one is made for Intel Macs: "
            "install the Python from python.org and name it, for example: "
            "make PYTHON=/usr/local/bin/python3.12 demo."
        )
    python = (sys.version_info[0], sys.version_info[1])
    bits = struct.calcsize("P") * 8
    macos = platform.mac_ver()[0].partition(".")[0]
    return why_not(
        platform.system(), _machine(), python, bits, instructions_here(),
        int(macos) if macos else None,
    )  # fmt: skip


def instructions_here() -> frozenset[str] | None:
    """What this x86-64 processor can do, in the words of Linux: "sse4_2", "avx2" and others.
    None for other processors, and where the system does not say.
    """
    if _machine().lower() not in _X86:
        return None
    if sys.platform == "linux":
        with contextlib.suppress(OSError), Path("/proc/cpuinfo").open(encoding="utf-8") as facts:
            for line in facts:
                if line.startswith("flags"):
                    return frozenset(line.partition(":")[2].split())
    if sys.platform == "win32" and sys.getwindowsversion().build >= _WINDOWS_BUILD:
        import ctypes

        has = ctypes.windll.kernel32.IsProcessorFeaturePresent
        return frozenset(name for name, number in _WINDOWS_NUMBERS if has(number))
    return None


def _machine() -> str:
    """What this Python is made for. Windows on ARM runs one for x86-64 too, in which
    `platform.machine()` still says ARM64.
    """
    if sys.platform == "win32":
        import sysconfig

        made_for = sysconfig.get_platform().rpartition("-")[2]
    else:
        made_for = platform.machine()
    return made_for


def _rosetta() -> bool:
    """Whether a Mac with Apple silicon runs a Python for Intel."""
    if sys.platform == "darwin" and platform.machine() == "x86_64":
        import subprocess

        asked = subprocess.run(
            ["/usr/sbin/sysctl", "-n", "sysctl.proc_translated"], capture_output=True, check=False
        )
        return asked.stdout.strip() == b"1"
    return False


if __name__ == "__main__":
    sys.exit(why_not_here() or None)
