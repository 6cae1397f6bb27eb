"""Preflight: is this machine ready for a call?"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from rehearse.calling.line import Line, LineDown
from rehearse.errors import RehearseError
from rehearse.keeping.private import readable_by_others
from rehearse.machine import instructions_here
from rehearse.sound import BLOCK_SAMPLES, Samples, level_dbfs, sample_count, seconds
from rehearse.transcript import Transcriber
from rehearse.voice import Voice

LISTEN_S = 2.0
TOO_QUIET_DBFS = -55.0
CLIPPING = 0.99
OLD_PROCESSOR = (
    "an older one, without AVX2: everything works, but the words appear later, and so does the "
    "manager's answer"
)
SENTENCE = "Hello. This is how your hiring manager will sound."


@dataclass(frozen=True)
class PreflightFinding:
    """One check. `ok` is False only if no rehearsal could be held."""

    what: str
    ok: bool
    said: str
    remedy: str = ""


@dataclass(frozen=True)
class CallParts:
    """What a call needs on this machine; each raises RehearseError if it is missing."""

    load_transcriber: Callable[[], Transcriber]
    load_voice: Callable[[], ClosableVoice]
    open_line: Callable[[], DeviceLine]


class ClosableVoice(Voice, Protocol):
    """A voice that holds a process or a file open."""

    def close(self) -> None: ...


class DeviceLine(Line, Protocol):
    """This computer's microphone and, if there is one, its loudspeaker."""

    @property
    def loudspeaker_name(self) -> str | None: ...


def findings(home: Path, parts: CallParts) -> Iterator[PreflightFinding]:
    """Check everything that a call needs, in turn; really plays and records."""
    yield _home(home)
    yield _private(home)
    if (instructions := instructions_here()) is not None and "avx2" not in instructions:
        yield PreflightFinding("Processor", True, OLD_PROCESSOR)
    yield _model(parts)
    voice = parts.load_voice()
    try:
        try:
            spoken = voice.speak(SENTENCE)
            yield PreflightFinding("Voice", True, voice.name)
        except RehearseError as error:
            spoken = None
            yield PreflightFinding("Voice", False, error.problem, error.remedy)
        try:
            line = parts.open_line()
        except RehearseError as error:
            yield PreflightFinding("Sound", False, error.problem, error.remedy)
            return
        try:
            yield _microphone(line)
            if line.loudspeaker_name is None:
                yield PreflightFinding(
                    "Loudspeaker", True, "none found: the manager speaks into the recording only"
                )
            elif spoken is not None:
                line.play(spoken)
                time.sleep(seconds(len(spoken)) + line.latency_s + 0.2)
                yield PreflightFinding(
                    "Loudspeaker", True, f"said a sentence on {line.loudspeaker_name}"
                )
        finally:
            line.close()
    finally:
        voice.close()


def _home(home: Path) -> PreflightFinding:
    try:
        home.mkdir(parents=True, exist_ok=True)
        probe = home / ".writable"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        return PreflightFinding(
            "Home", False, f"{home} cannot be written: {error.strerror}.",
            "Choose another folder with --home or REHEARSE_HOME.",
        )  # fmt: skip
    return PreflightFinding("Home", True, str(home))


def _private(home: Path) -> PreflightFinding:
    """Whether other users of this computer could read the stored rehearsals."""
    if not (found := readable_by_others(home)):
        return PreflightFinding("Private", True, "only you can read what is kept there")
    return PreflightFinding(
        "Private",
        True,
        f"other users of this computer can read {found[0]}"
        + (f" and {len(found) - 1} more" if len(found) > 1 else ""),
        f"Take that from them: chmod -R go-rwx {home}",
    )


def _model(parts: CallParts) -> PreflightFinding:
    try:
        return PreflightFinding("Model", True, parts.load_transcriber().name)
    except RehearseError as error:
        return PreflightFinding("Model", False, error.problem, error.remedy)


def _microphone(line: Line) -> PreflightFinding:
    blocks: list[Samples] = []
    try:
        while len(blocks) * BLOCK_SAMPLES < sample_count(LISTEN_S):
            blocks.append(line.read())
    except LineDown as error:
        return PreflightFinding("Microphone", False, error.problem, error.remedy)
    samples = np.concatenate(blocks)
    said = f"{line.name}, level {level_dbfs(samples):.0f} dBFS over {LISTEN_S:.0f} s"
    if not samples.any():
        return PreflightFinding(
            "Microphone", False, f"{line.name} gives exact silence",
            "It is muted, unplugged or not allowed for this program: unmute it in the system's "
            "sound settings, or choose another (in the terminal: --microphone).",
        )  # fmt: skip
    if float(np.abs(samples).max()) >= CLIPPING:
        return PreflightFinding("Microphone", True, said, "It is too loud: turn it down a little.")
    if level_dbfs(samples) < TOO_QUIET_DBFS:
        return PreflightFinding(
            "Microphone",
            True,
            said,
            "Very quiet. If you spoke just now, move closer or turn it up.",
        )
    return PreflightFinding("Microphone", True, said)
