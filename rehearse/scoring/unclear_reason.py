"""Unclear reason: why a passage could not be recognised.

All measures are properties of the sound of the passage; none judges how somebody speaks. Levels:
`python -m training.unclear_levels`.
"""

from __future__ import annotations

import collections
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from rehearse.sound import SAMPLE_RATE_HZ, Samples, level_dbfs, sample_count, seconds
from rehearse.transcript import UnclearReason

FRAME_SAMPLES = 512
VOICED = 0.5
"""Probability of voice in a frame from which it counts as voiced."""

PIECE_S = 1.0
EXPLAINED = 1 / 3

LOST_SHARE = 0.15
"""Share of a piece that is missing from which it counts as broken up."""
LOST_LEAST_S = 0.03
"""A shorter run of exact zeros is no gap in the sound."""
LOST_EDGE_DB = 20.0
"""Sound that stops from within this distance of the loudest is cut off: speech fades further."""
LOST_IN_A_PAUSE_S = 1.0
"""Exact zeros from pause to pause are lost speech from this length on, if rooms are heard in other
pauses: of PAUSE_S and more, PAUSE_DB below the level of the talk, above NOTHING_DBFS."""
PAUSE_S = 0.3
PAUSE_DB = 20.0
NOTHING_DBFS = -110.0

CLIPPED_SHARE = 0.01
"""Share of samples at the ceiling."""
CEILING = 0.985
"""Relative to the loudest sample of the passage."""
CEILING_RUN = 3
"""Samples at the ceiling one after another: a single one is an ordinary peak."""

TOO_QUIET_DBFS = -50.0
QUIETER_DB = 18.0
"""Quieter than the rest of the talk by this much."""

AS_LOUD_DB = 12.0
"""Noise drowns words when it is no more than this below the voice."""
NOISE_RANGE_DB = 12.0
"""Speech moves over 25 dB and more between vowels and pauses; noise fills the pauses."""

MUFFLED_DB = -30.0
"""Level from 1 to 4 kHz relative to that below 1 kHz; clear speech is above -20 dB."""

TOO_FAST_WORDS_PER_S = 4.6
"""Words a second of voice: 275 a minute without a pause. Lively talk has about 3.5."""


def unclear_reason(
    passage: Samples, talk: Samples, voice: Sequence[float], words: int
) -> UnclearReason:
    """Why the words of `passage` were lost; PRONUNCIATION if the sound explains nothing.

    `passage`: shape (n,), float32, part of `talk`. `voice`: the probability of a voice in each
    frame of FRAME_SAMPLES of the passage. `words`: how many were recognised in it. The edges of
    a passage are rough, so a reason that covers the share EXPLAINED of it is enough.
    """
    pieces = np.array_split(passage, max(1, round(passage.size / sample_count(PIECE_S))))
    found = collections.Counter(_fault(piece, loud_dbfs(talk)) for piece in pieces if piece.size)
    fault, times = max(
        ((one, times) for one, times in found.items() if one is not None),
        key=lambda pair: pair[1],
        default=(None, 0),
    )
    if fault is not None and times >= EXPLAINED * len(pieces):
        return fault
    voiced_s = seconds(sum(one >= VOICED for one in voice) * FRAME_SAMPLES)
    if voiced_s and words / voiced_s >= TOO_FAST_WORDS_PER_S:
        return UnclearReason.TOO_FAST
    return UnclearReason.PRONUNCIATION


def _fault(piece: Samples, usual_dbfs: float) -> UnclearReason | None:
    """What is wrong with the sound of a piece. `usual_dbfs`: the level of the talk."""
    if np.mean(piece == 0) >= LOST_SHARE:
        return UnclearReason.BROKEN_UP
    if clipped_share(piece) >= CLIPPED_SHARE:
        return UnclearReason.CLIPPING
    level = level_dbfs(piece)
    if range_db(piece) < NOISE_RANGE_DB and level > usual_dbfs - AS_LOUD_DB:
        return UnclearReason.NOISE
    if brightness_db(piece) < MUFFLED_DB:
        return UnclearReason.MUFFLED
    if level < TOO_QUIET_DBFS or level < usual_dbfs - QUIETER_DB:
        return UnclearReason.TOO_QUIET
    return None


def lost_runs(samples: Samples) -> list[tuple[int, int]]:
    """(first, last + 1) of each run of exact zeros into which the sound falls from full voice, and
    of each long one in a talk whose other pauses have the sound of a room.

    A microphone never gives exact zeros; a noise gate does, in every pause, after the sound has
    faded.
    """
    silent = np.concatenate([[False], samples == 0, [False]])
    runs = np.flatnonzero(silent[1:] != silent[:-1]).reshape(-1, 2)
    # Most are single samples between two waves: thousands in a minute.
    runs = runs[runs[:, 1] - runs[:, 0] >= sample_count(LOST_LEAST_S)]
    loud = float(np.percentile(np.abs(samples), 99)) if samples.size else 0.0
    floor = loud * 10 ** (-LOST_EDGE_DB / 20)
    near = sample_count(0.01)
    found, faded = [], []
    # Zeros at the edges are no loss: the recording had not begun, or was over.
    for first, last in runs.tolist():
        inside = first > 0 and last < samples.size
        before, after = samples[max(0, first - near) : first], samples[last : last + near]
        abrupt = max(float(np.abs(side).max(initial=0.0)) for side in (before, after))
        if loud and abrupt >= floor:
            found.append((first, last))
        elif last - first >= sample_count(LOST_IN_A_PAUSE_S) and inside:
            faded.append((first, last))
    if faded and _pauses_with_sound(samples) > len(faded):
        found += faded
    return sorted(found)


def _pauses_with_sound(samples: Samples) -> int:
    """How many pauses have the sound of a room rather than exact zeros."""
    levels = frame_levels(samples)
    quiet = (levels < loud_dbfs(samples) - PAUSE_DB) & (levels > NOTHING_DBFS)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], quiet.astype(int), [0]])))
    lengths = edges[1::2] - edges[::2]
    return int((lengths * FRAME_SAMPLES >= sample_count(PAUSE_S)).sum())


def clipped_share(samples: Samples) -> float:
    """Share of samples that stay at the loudest level."""
    peak = float(np.abs(samples).max(initial=0.0))
    if peak == 0:
        return 0.0
    at_ceiling = np.abs(samples) >= CEILING * peak
    runs = np.convolve(at_ceiling, np.ones(CEILING_RUN), "valid") == CEILING_RUN
    return float(runs.sum()) / samples.size


def range_db(samples: Samples) -> float:
    """Level difference between quiet and loud frames: 10th to 90th percentile."""
    levels = frame_levels(samples)
    if levels.size < 2:
        return 0.0
    low, high = np.percentile(levels, (10, 90))
    return float(high - low)


def brightness_db(samples: Samples) -> float:
    """Level from 1 to 4 kHz relative to that below 1 kHz."""
    power = np.abs(np.fft.rfft(samples.astype(np.float64))) ** 2
    hz = np.fft.rfftfreq(samples.size, 1 / SAMPLE_RATE_HZ)
    low = power[(hz >= 100) & (hz < 1000)].sum()
    high = power[(hz >= 1000) & (hz < 4000)].sum()
    return float(10 * np.log10((high + 1e-12) / (low + 1e-12)))


def loud_dbfs(talk: Samples) -> float:
    """The level of the parts of the talk in which somebody speaks."""
    levels = frame_levels(talk)
    return float(np.percentile(levels, 75)) if levels.size else 0.0


def frame_levels(samples: Samples) -> npt.NDArray[np.float64]:
    """The level of each FRAME_SAMPLES in dBFS: shape (n // FRAME_SAMPLES,)."""
    count = samples.size // FRAME_SAMPLES
    frames = samples[: count * FRAME_SAMPLES].reshape(count, FRAME_SAMPLES).astype(np.float64)
    power: npt.NDArray[np.float64] = np.mean(frames**2, axis=1)
    return np.asarray(10 * np.log10(power + 1e-12))
