"""Machine: whether rehearse can run here, in one sentence.

Run as a script (`python rehearse/machine.py`) it needs nothing installed, and no new Python.
"""

from __future__ import annotations

import platform
import struct
import sys

PYTHON = (3, 11)
_X86 = ("x86_64", "amd64")


def why_not(system: str, machine: str, python: tuple[int, int], bits: int) -> str:
    """A sentence on why rehearse cannot be installed on such a machine and what would work, "" if
    it can. `system` and `machine` as `platform` names them; `bits` of a pointer of this Python.
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
    return ""


if __name__ == "__main__":
    here = (
        platform.system(),
        platform.machine(),
        (sys.version_info[0], sys.version_info[1]),
        struct.calcsize("P") * 8,
    )
    sys.exit(why_not(*here) or None)
