"""ThisMachine: system, versions and number of devices, without names."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import sys
from collections.abc import Callable

from rehearse import __version__
from rehearse.errors import RehearseError
from rehearse.machine import instructions_here
from rehearse.report.machine_report import Machine

_VERSIONS = (
    "av", "numpy", "onnxruntime", "openai-whisper", "pyttsx3", "sounddevice", "soundfile", "torch"
)  # fmt: skip


def this_machine() -> Machine:
    """What this computer is."""
    instructions = instructions_here()
    how = "app" if getattr(sys, "frozen", False) else "package"
    return Machine(
        program=f"rehearse {__version__} ({how}), Python {platform.python_version()}",
        system=f"{platform.system()} {platform.release()} {platform.machine()}",
        cores=os.cpu_count() or 1,
        memory_gb=_memory_gb(),
        versions={name: _version(name) for name in _VERSIONS},
        devices=_devices(),
        avx2=None if instructions is None else "avx2" in instructions,
    )


def _memory_gb() -> float | None:
    """None where the system does not say."""
    sysconf: Callable[[str], int] | None = getattr(os, "sysconf", None)  # not on Windows
    if sysconf is None:
        return None
    try:
        return sysconf("SC_PAGE_SIZE") * sysconf("SC_PHYS_PAGES") / 1e9
    except (ValueError, OSError):
        return None


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "not installed"


def _devices() -> tuple[int, int] | None:
    from rehearse.engines.audio.sounddevice_line import device_choices

    try:
        return len(device_choices("input")), len(device_choices("output"))
    except RehearseError:
        return None
