"""TurnSound: what is measured in the sound of one turn. SoundMeasurer: measures it."""

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
"""Samples from here on are cut off by the microphone or its converter."""
CLIPPED_RUN = 3
"""Samples in a row at full scale that make a clip: a single one may be an honest peak."""


@dataclass(frozen=True)
class TurnSound:
    """One turn. Times are seconds on the recording's clock.

    `level_dbfs` is that of the voiced parts, None without voice. `pitch_hz`: shape (n,), one value
    for each voiced frame looked at. `hesitations` is None where they were not looked for.
    """

    start_s: float
    end_s: float
    voiced_s: tuple[Span, ...]
    level_dbfs: float | None
    clipped_share: float
    pitch_hz: npt.NDArray[np.float32]
    hesitations: tuple[Hesitation, ...] | None


def joined(parts: Sequence[tuple[TurnSound, int]], start_s: float, end_s: float) -> TurnSound:
    """One turn of the pieces that it was measured in, each with the number of its words."""
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
    """Of all together: power weighed by the seconds of voice; None without voice."""
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
    """Measures a turn of the candidate's."""

    def measure(self, samples: Samples, start_s: float, words: Sequence[Word]) -> TurnSound:
        """`samples` of the turn that began at `start_s`, with the words heard in it."""
        ...


class PitchTracker(Protocol):
    """Follows the melody of a voice."""

    def pitch_hz(self, samples: Samples) -> npt.NDArray[np.float32]:
        """Fundamental frequency of each voiced frame in `samples`: shape (n,), none: (0,)."""
        ...


def voiced_level_dbfs(samples: Samples, probabilities: npt.NDArray[np.floating]) -> float | None:
    """Root mean square level of the frames with voice, None when there are none."""
    frames = [
        samples[index * BLOCK_SAMPLES : (index + 1) * BLOCK_SAMPLES]
        for index in np.flatnonzero(probabilities >= VOICED)
    ]
    return level_dbfs(np.concatenate(frames)) if frames else None


def clipped_share(samples: Samples) -> float:
    """Share (0..1) of the samples that stand in a run of CLIPPED_RUN or more at full scale."""
    if samples.size < CLIPPED_RUN:
        return 0.0
    at_limit = np.abs(samples) >= FULL_SCALE
    runs = np.lib.stride_tricks.sliding_window_view(at_limit, CLIPPED_RUN).all(axis=1)
    return float(np.convolve(runs, np.ones(CLIPPED_RUN)).astype(bool).mean())


def voice_only(samples: Samples, voiced: Sequence[Span], start_s: float, most_s: float) -> Samples:
    """The voiced parts of a turn one after the other, thinned evenly to about `most_s` seconds."""
    total_s = sum(end - start for start, end in voiced)
    step = max(1, round(total_s / most_s)) if most_s else 1
    pieces = [
        samples[sample_count(start - start_s) : sample_count(end - start_s)]
        for start, end in voiced[::step]
    ]
    return np.concatenate(pieces) if pieces else samples[:0]
