"""Audio file: reads any format as mono sound."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rehearse.engines.activity.silero_vad import speech_probabilities
from rehearse.engines.audio.decoding import Damage, Track, chunks, not_sound, tracks
from rehearse.engines.audio.survey import Survey
from rehearse.errors import RehearseError
from rehearse.rehearsing.sound_tools import Note, SoundStream, say_nothing
from rehearse.report.wording import clock
from rehearse.sound import SAMPLE_RATE_HZ, Samples, sample_count, seconds

LONGEST_WHOLE_S = 2 * 3600.0
"""The longest recording that is read into memory at once: 460 MB."""
LOOK_FOR_SPEECH_S = 120.0
"""How much of each track is searched for a voice."""
VOICED = 0.5
MOST_PLACES = 5


def read_audio(path: Path, *, channel: int | None = None, note: Note = say_nothing) -> Samples:
    """Decode `path` to mono at SAMPLE_RATE_HZ; `channel` picks one, None mixes all.

    See `stream_audio`. Raises RehearseError for more than LONGEST_WHOLE_S, too.
    """
    parts: list[Samples] = []
    length = 0
    for part in stream_audio(path, channel=channel, note=note).parts:
        parts.append(part)
        length += len(part)
        if length > sample_count(LONGEST_WHOLE_S):
            raise RehearseError(
                f"{path} is longer than {LONGEST_WHOLE_S / 3600:.0f} hours.",
                "Cut out the part that matters.",
            )
    return np.concatenate(parts)


def stream_audio(
    path: Path, *, channel: int | None = None, note: Note = say_nothing
) -> SoundStream:
    """Decode `path` piece by piece, to its end; memory does not grow with its length.

    `channel` picks one channel, None mixes all. Of several sound tracks it takes the one with the
    most speech. `note` gets a sentence on which track was taken, and on what could not be decoded
    and where. Raises RehearseError if the file is missing, unreadable or not sound; for some
    faults only while its parts are read.
    """
    check_readable(path)
    track = _track(path, note)
    return SoundStream(track.length_s, _parts(path, track, channel, note))


def check_readable(path: Path) -> None:
    """Raise RehearseError if `path` is missing, a folder, empty or not readable."""
    again = "Check the name and try again."
    try:
        if path.is_dir():
            raise RehearseError(f"{path} is a folder, not a file.", "Name one of the files in it.")
        with path.open("rb") as file:
            if not file.read(1):
                raise RehearseError(f"{path} is empty.", "Record it again, or name another file.")
    except FileNotFoundError as error:
        raise RehearseError(f"There is no file {path}.", again) from error
    except PermissionError as error:
        raise RehearseError(
            f"{path} may not be read by you.", "Change its permissions, or copy it first."
        ) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = getattr(error, "strerror", None) or str(error)
        raise RehearseError(f"{path} cannot be read: {reason}.", again) from error


def _parts(path: Path, track: Track, channel: int | None, note: Note) -> Iterator[Samples]:
    """Mono, at SAMPLE_RATE_HZ, in [-1, 1]."""
    survey = None if channel is not None else Survey(chunks(path, track.number, Damage()))
    damage = Damage()
    resampler: _Resampler | None = None
    any_sound = False
    for chunk in chunks(path, track.number, damage):
        if channel is not None and channel >= len(chunk.sound):
            raise not_sound(path)
        mono = chunk.sound[channel] if survey is None else survey.mixed(chunk)
        if resampler is None or resampler.rate_hz != chunk.rate_hz:
            if resampler is not None:
                yield resampler.rest()
            resampler = _Resampler(chunk.rate_hz)
        any_sound = True
        yield resampler.converted(mono)
    if resampler is None or not any_sound:
        raise not_sound(path)
    yield resampler.rest()
    if places := damage.places():
        shown = ", ".join(clock(at_s) for at_s in places[:MOST_PLACES])
        more = f" and {len(places) - MOST_PLACES} more places" if len(places) > MOST_PLACES else ""
        note(f"{path.name} is damaged: what could not be decoded was left out, at {shown}{more}.")


class _Resampler:
    """Converts sound of one rate to SAMPLE_RATE_HZ as it arrives."""

    def __init__(self, rate_hz: int) -> None:
        import soxr

        self.rate_hz = rate_hz
        self._stream = None
        if rate_hz != SAMPLE_RATE_HZ:
            self._stream = soxr.ResampleStream(rate_hz, SAMPLE_RATE_HZ, 1, dtype="float32")

    def converted(self, mono: Samples, *, last: bool = False) -> Samples:
        if self._stream is not None:
            mono = self._stream.resample_chunk(np.ascontiguousarray(mono), last=last)
        return np.clip(mono, -1.0, 1.0).astype(np.float32, copy=False)

    def rest(self) -> Samples:
        return self.converted(np.zeros(0, dtype=np.float32), last=True)


@dataclass(frozen=True)
class _Candidate:
    track: Track
    voiced: int


def _track(path: Path, note: Note) -> Track:
    """The only track, or the one with the most speech; the default one if none has speech."""
    found = tracks(path)
    if len(found) == 1:
        return found[0]
    candidates = [_Candidate(track, _voiced_frames(path, track)) for track in found]
    best = max(candidates, key=lambda one: (one.voiced, one.track.is_default, -one.track.number))
    why = "it holds the most speech" if best.voiced else "no speech was found in any"
    note(
        f"{path.name} has {len(found)} sound tracks: number {best.track.number + 1} was used, "
        f"{why}."
    )
    return best.track


def _voiced_frames(path: Path, track: Track) -> int:
    parts: list[Samples] = []
    try:
        for part in _parts(path, track, None, say_nothing):
            parts.append(part)
            if seconds(sum(map(len, parts))) > LOOK_FOR_SPEECH_S:
                break
    except RehearseError:
        return 0  # this track cannot be read; another may
    return int((speech_probabilities(np.concatenate(parts)) >= VOICED).sum())
