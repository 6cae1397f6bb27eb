"""Preflight: is this machine ready for a call?"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from rehearse.calling.line import Line, LineDown
from rehearse.calling.turn_taking import SpeechDetector
from rehearse.errors import RehearseError
from rehearse.keeping.private import readable_by_others
from rehearse.machine import instructions_here
from rehearse.sound import BLOCK_SAMPLES, Samples, level_dbfs, sample_count, seconds
from rehearse.transcript import Transcriber
from rehearse.voice import Voice

LISTEN_S = 2.0
LISTEN_AT_MOST_S = 6.0
"""For whoever begins late."""
ENOUGH_VOICE_S = 0.3
"""Less voice than that may be a cough."""
VOICE_FROM = 0.5
"""A block with at least this probability of a voice holds one."""
TOO_QUIET_DBFS = -55.0
CLIPPING = 0.99
OLD_PROCESSOR = (
    "an older one: everything works, but the words appear later, and so does the manager's answer"
)
MICROPHONE = "Microphone"
WORDS = "Understanding your words"
VOICE = "The manager's voice"
SENTENCE = "Hello. This is how your hiring manager will sound."


@dataclass(frozen=True)
class PreflightFinding:
    """One check. `ok` is False if no rehearsal could be held, or if the microphone let no voice
    through. `detail` is for who knows about computers."""

    what: str
    ok: bool
    said: str
    remedy: str = ""
    detail: str = ""


@dataclass(frozen=True)
class CallParts:
    """What a call needs on this machine; each raises RehearseError if it is missing."""

    load_transcriber: Callable[[], Transcriber]
    load_voice: Callable[[], ClosableVoice]
    open_line: Callable[[], DeviceLine]
    load_detector: Callable[[], SpeechDetector]


class ClosableVoice(Voice, Protocol):
    """A voice that holds a process or a file open."""

    def close(self) -> None: ...


class DeviceLine(Line, Protocol):
    """This computer's microphone and, if there is one, its loudspeaker."""

    @property
    def microphone_name(self) -> str:
        """ "" where nobody says it."""
        ...

    @property
    def loudspeaker_name(self) -> str | None: ...


def findings(home: Path, parts: CallParts) -> Iterator[PreflightFinding]:
    """Check everything that a call needs, in turn; really plays and records."""
    yield _home(home)
    yield _private(home)
    if (instructions := instructions_here()) is not None and "avx2" not in instructions:
        yield PreflightFinding("Processor", True, OLD_PROCESSOR, detail="no AVX2")
    yield _model(parts)
    voice = parts.load_voice()
    try:
        try:
            spoken = voice.speak(SENTENCE)
            yield PreflightFinding(VOICE, True, "ready to speak", detail=voice.name)
        except RehearseError as error:
            spoken = None
            yield PreflightFinding(VOICE, False, error.problem, error.remedy)
        try:
            line = parts.open_line()
        except RehearseError as error:
            yield PreflightFinding("Sound", False, error.problem, error.remedy)
            return
        try:
            yield _microphone(line, parts.load_detector())
            if line.loudspeaker_name is None:
                yield PreflightFinding(
                    "Loudspeaker", True, "none was found: you read what the manager says"
                )
            elif spoken is not None:
                line.play(spoken)
                time.sleep(seconds(len(spoken)) + line.latency_s + 0.2)
                yield PreflightFinding(
                    "Loudspeaker",
                    True,
                    f"the manager said a sentence on {line.loudspeaker_name}",
                    "If you did not hear it, turn the sound up, or choose another.",
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
            "Your calls", False, f"{home} cannot be written: {error.strerror}.",
            "Choose another folder with --home or REHEARSE_HOME.",
        )  # fmt: skip
    return PreflightFinding("Your calls", True, f"kept in {home}")


def _private(home: Path) -> PreflightFinding:
    """Whether other users of this computer could read the stored rehearsals."""
    if not (found := readable_by_others(home)):
        return PreflightFinding("Private", True, "nobody else on this computer can open them")
    return PreflightFinding(
        "Private",
        True,
        f"not yet: other people who use this computer can open {found[0]}"
        + (f" and {len(found) - 1} more" if len(found) > 1 else ""),
        f"To keep it from them, type in a terminal: chmod -R go-rwx {home}",
    )


def _model(parts: CallParts) -> PreflightFinding:
    try:
        return PreflightFinding(
            WORDS, True, "ready to listen", detail=parts.load_transcriber().name
        )
    except RehearseError as error:
        return PreflightFinding(WORDS, False, error.problem, error.remedy)


def _microphone(line: DeviceLine, detector: SpeechDetector) -> PreflightFinding:
    blocks: list[Samples] = []
    voiced: list[Samples] = []
    try:
        while not _heard_enough(len(blocks), len(voiced)):
            blocks.append(line.read())
            if detector.accept(blocks[-1]) >= VOICE_FROM:
                voiced.append(blocks[-1])
    except LineDown as error:
        if not blocks or np.any(blocks):  # else it is a microphone that gives nothing
            return PreflightFinding(MICROPHONE, False, error.problem, error.remedy)
    on = f' on "{line.microphone_name}"' if line.microphone_name else ""
    if len(voiced) * BLOCK_SAMPLES < sample_count(ENOUGH_VOICE_S):
        return _no_voice(np.concatenate(blocks), on)
    samples = np.concatenate(voiced)
    level = f"level {level_dbfs(samples):.0f} dBFS"
    if float(np.abs(samples).max()) >= CLIPPING:
        return PreflightFinding(
            MICROPHONE, True, f"heard your voice{on}, but too loudly",
            "Turn the microphone down a little, or move away from it.", level,
        )  # fmt: skip
    if level_dbfs(samples) < TOO_QUIET_DBFS:
        return PreflightFinding(
            MICROPHONE, True, f"heard your voice{on}, but very softly",
            "Move closer, or turn the microphone up in the system's sound settings.", level,
        )  # fmt: skip
    return PreflightFinding(MICROPHONE, True, f"heard your voice{on}", detail=level)


def _heard_enough(blocks: int, voiced: int) -> bool:
    listened_s = seconds(blocks * BLOCK_SAMPLES)
    heard = seconds(voiced * BLOCK_SAMPLES) >= ENOUGH_VOICE_S
    return listened_s >= (LISTEN_S if heard else LISTEN_AT_MOST_S)


def _no_voice(samples: Samples, on: str) -> PreflightFinding:
    """A microphone is ready once it has let a voice through, not before."""
    if not samples.any():
        return PreflightFinding(
            MICROPHONE, False, f"exact silence{on}: nothing comes from it",
            "It is muted, unplugged or not allowed for this program: switch it on, with its own "
            "button or in the system's sound settings, or choose another.",
        )  # fmt: skip
    level = f"level {level_dbfs(samples):.0f} dBFS"
    if level_dbfs(samples) < TOO_QUIET_DBFS:
        return PreflightFinding(
            MICROPHONE, False, f"heard nothing{on}",
            "Check again and say a sentence while it listens. If you did, this microphone is "
            "switched off, turned down or far away: turn it up in the system's sound settings, or "
            "choose another.", level,
        )  # fmt: skip
    return PreflightFinding(
        MICROPHONE, False, f"heard noise{on}, but no voice",
        "Check again and say a sentence while it listens. If you did, it is too noisy here, or "
        "this is the wrong microphone: choose another.", level,
    )  # fmt: skip
