"""TurnSound: measurements of one turn's sound. SoundMeasurer: takes them."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from rehearse.delivery.fillers import Hesitation
from rehearse.delivery.pauses import VOICED, Span
from rehearse.sound import BLOCK_SAMPLES, Samples, level_dbfs, sample_count
from rehearse.transcript import Word

FULL_SCALE = 0.985
"""Samples from this level on were clipped by the microphone or its converter."""
CLIPPED_RUN = 3
"""Samples in a row at full scale that count as clipped: a single one may be a real peak."""
GAIN_CONTROL = "gain control"
"""What a browser calls its evening out of loud and soft."""


@dataclass(frozen=True)
class TurnSound:
    """One turn. Times are in seconds on the recording's clock.

    `level_dbfs` is the level of the voiced parts, None without voice. `pitch_hz`: shape (n,), one
    value for each voiced frame that was analysed. `hesitations` is None without a search for them.
    """

    start_s: float
    end_s: float
    voiced_s: tuple[Span, ...]
    level_dbfs: float | None
    clipped_share: float
    pitch_hz: npt.NDArray[np.float32]
    hesitations: tuple[Hesitation, ...] | None


def joined(parts: Sequence[tuple[TurnSound, int]], start_s: float, end_s: float) -> TurnSound:
    """One turn from the pieces in which it was measured, each with its number of words."""
    sounds = [sound for sound, _ in parts]
    found: list[Hesitation] = []
    words_before = 0
    for sound, words in parts:
        found += [
            dataclasses.replace(one, before=one.before + words_before)
            for one in sound.hesitations or ()
        ]
        words_before += words
    lengths = [sound.end_s - sound.start_s for sound in sounds]
    looked_for = all(sound.hesitations is not None for sound, words in parts if words)
    return TurnSound(
        start_s=start_s,
        end_s=end_s,
        voiced_s=tuple(span for sound in sounds for span in sound.voiced_s),
        level_dbfs=mean_level_dbfs(sounds),
        clipped_share=float(np.average([s.clipped_share for s in sounds], weights=lengths)),
        pitch_hz=np.concatenate([sound.pitch_hz for sound in sounds]),
        hesitations=tuple(found) if looked_for else None,
    )


def mean_level_dbfs(sounds: Sequence[TurnSound]) -> float | None:
    """Level of all together: power weighted by seconds of voice; None without voice."""
    known = [
        (sound.level_dbfs, sum(end - start for start, end in sound.voiced_s))
        for sound in sounds
        if sound.level_dbfs is not None and sound.voiced_s
    ]
    if not known:
        return None
    powers = [10 ** (level / 10) for level, _ in known]
    return float(10 * np.log10(np.average(powers, weights=[length_s for _, length_s in known])))


class SoundMeasurer(Protocol):
    """Measures one of the candidate's turns."""

    def measure(self, samples: Samples, start_s: float, words: Sequence[Word]) -> TurnSound:
        """`samples` of the turn that began at `start_s`, with the words recognised in it."""
        ...


class PitchTracker(Protocol):
    """Tracks the pitch of a voice."""

    def pitch_hz(self, samples: Samples) -> npt.NDArray[np.float32]:
        """Fundamental frequency of each voiced frame in `samples`: shape (n,), empty for none."""
        ...


def voiced_level_dbfs(samples: Samples, probabilities: npt.NDArray[np.floating]) -> float | None:
    """Root mean square level of the frames with voice; None without voice."""
    frames = [
        samples[index * BLOCK_SAMPLES : (index + 1) * BLOCK_SAMPLES]
        for index in np.flatnonzero(probabilities >= VOICED)
    ]
    return level_dbfs(np.concatenate(frames)) if frames else None


def clipped_share(samples: Samples) -> float:
    """Share (0..1) of samples in runs of CLIPPED_RUN or more at full scale."""
    if samples.size < CLIPPED_RUN:
        return 0.0
    at_limit = np.abs(samples) >= FULL_SCALE
    runs = np.lib.stride_tricks.sliding_window_view(at_limit, CLIPPED_RUN).all(axis=1)
    return float(np.convolve(runs, np.ones(CLIPPED_RUN)).astype(bool).mean())


def voice_only(samples: Samples, voiced: Sequence[Span], start_s: float, most_s: float) -> Samples:
    """The voiced parts of a turn in sequence, thinned evenly to about `most_s` seconds."""
    total_s = sum(end - start for start, end in voiced)
    step = max(1, round(total_s / most_s)) if most_s else 1
    pieces = [
        samples[sample_count(start - start_s) : sample_count(end - start_s)]
        for start, end in voiced[::step]
    ]
    return np.concatenate(pieces) if pieces else samples[:0]
