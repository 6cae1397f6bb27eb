"""Own echo: the manager's voice in the microphone."""

from __future__ import annotations

import enum
import math
from collections import deque

import numpy as np
import numpy.typing as npt

from rehearse.sound import BLOCK_SAMPLES, Samples, level_dbfs, sample_count


class Echo(enum.Enum):
    """What the microphone picks up of the manager."""

    NONE = "nothing: headphones"
    CANCELLED = "what echo cancellation leaves"
    HEARD = "a loudspeaker"


LONGEST_ECHO_S = 0.8
"""Loudspeaker, room, microphone and both devices' buffers, with a margin."""
LIKENESS_BLOCKS = 12
OWN_ECHO = 0.33
"""Likeness from which the voice of the newest LIKENESS_BLOCKS (0.38 s) is the manager's own. In the
rooms of `python -m benchmarks.telephone --only echo`, loud remains are from 0.34 to 0.9 like it; of
other voices, one in a hundred is 0.21 like it by chance."""
OWN_ECHO_OF_ONE_BLOCK = 0.5
"""The more blocks are loud, the less they are alike by chance: of n loud blocks, this divided by
the root of n is enough. Of 114 blocks that cancellation left over there, 93 % were as like it as
that, also where it lost its place in mid-call; of 318 of an interruption, 9 %."""
SOFTEST_DBFS = -38.0
"""Remains without likeness are mostly softer, and the detector finds voice even in the faintest.
Speech as soft as that is too soft for a call anyway (`delivery/norms.py`: -40)."""
PLAYED_BLOCKS = LIKENESS_BLOCKS + sample_count(LONGEST_ECHO_S) // BLOCK_SAMPLES
"""How much of what was played `is_own_echo` wants."""


_EVEN_OVER = 41
"""Frequencies over which a spectrum is evened: two voices share vowels, not a whole spectrum."""


PROOF_BLOCKS = 30
PROOF_DB = 25.0
LOUD_DBFS = -35.0
ECHO_BLOCKS = 14
"""How late an echo may be (0.45 s) beyond the latency that the line knows."""
_SPARED_BLOCKS = 4
"""The newest blocks prove nothing: an interruption begins in them, and the detector needs a moment
to find its voice."""


class CancellationProof:
    """Whether echo cancellation works here: it needs a second or two of the manager's voice to
    begin with, and on a busy computer it may lose its place."""

    def __init__(self) -> None:
        self._below_db: deque[float] = deque(maxlen=PROOF_BLOCKS + _SPARED_BLOCKS)
        self.begin_line()

    def begin_line(self) -> None:
        """The manager begins to speak; there is no echo yet."""
        self._levels_dbfs: deque[float] = deque(maxlen=ECHO_BLOCKS)
        self._loud_blocks = 0

    def hear(
        self, heard: Samples, played: Samples, *, voiced: bool = True, interrupts: bool = False
    ) -> None:
        """The next block of both sides. `interrupts`: it has another's voice, by all that is known.

        A block counts while it may hold an echo: in the manager's pauses too, but not before the
        first echo can be there. From a proof, only what sounds like the manager takes something: a
        loud voice that is no interruption. The rest cannot stop them, and may be an interruption,
        which cancellation cuts into pieces, or the remains of a line's first sounds. Before there
        is a proof, everything counts: voices are told apart worst where cancellation fails.
        """
        self._levels_dbfs.append(level_dbfs(played))
        loudest_dbfs = max(self._levels_dbfs)
        if loudest_dbfs <= LOUD_DBFS:
            return
        self._loud_blocks += 1
        if self._loud_blocks <= ECHO_BLOCKS:
            return
        heard_dbfs = level_dbfs(heard)
        below_db = loudest_dbfs - heard_dbfs
        sounds_like_manager = voiced and not interrupts and heard_dbfs >= SOFTEST_DBFS
        if sounds_like_manager or not self.works or (below_db >= PROOF_DB and not interrupts):
            self._below_db.append(below_db)

    @property
    def works(self) -> bool:
        """In PROOF_BLOCKS (1 s), nine in ten were at least PROOF_DB softer than what was played."""
        proof = list(self._below_db)[:-_SPARED_BLOCKS]
        return len(proof) == PROOF_BLOCKS and float(np.percentile(proof, 10)) >= PROOF_DB


def is_own_echo(recent: list[Samples], played: Samples) -> bool:
    """Whether the voice in the newest block is the manager's. `played`: shape (n,), what the
    manager said until the end of that block."""
    if level_dbfs(recent[-1]) < SOFTEST_DBFS:
        return True
    heard = recent[-LIKENESS_BLOCKS:]
    enough = min(OWN_ECHO, OWN_ECHO_OF_ONE_BLOCK / math.sqrt(_loud_blocks(heard)))
    return likeness(np.concatenate(heard), played) >= enough


def _loud_blocks(blocks: list[Samples]) -> float:
    """Over how many of them the energy is spread: 1 if it is all in one."""
    energies = np.array([float(np.sum(np.square(block))) for block in blocks])
    return float(energies.sum() ** 2 / np.sum(energies**2))


def likeness(heard: Samples, played: Samples) -> float:
    """How much of `heard` can be `played` at one delay, 0..1: the highest normalised correlation
    of both with even spectra.

    `played`: shape (n,), what the manager said until the end of `heard`; the delay is at most
    len(played) - len(heard) samples.
    """
    if len(played) < len(heard) or not heard.any() or not played.any():
        return 0.0
    short, long = _even(heard), _even(played)
    size = 1 << (len(long) + len(short) - 1).bit_length()
    spectrum = np.fft.rfft(long, size) * np.conj(np.fft.rfft(short, size))
    delays = len(long) - len(short) + 1
    alike = np.abs(np.fft.irfft(spectrum, size)[:delays])
    powers = np.concatenate([[0.0], np.cumsum(long**2)])
    energy = powers[len(short) :] - powers[: -len(short)]
    floor = float(energy.max()) * 1e-3
    norm = np.sqrt(np.maximum(energy, floor) * np.sum(short**2))
    return float((alike / norm).max())


def _even(samples: Samples) -> npt.NDArray[np.float64]:
    spectrum = np.fft.rfft(samples)
    size = np.abs(spectrum)
    around = np.convolve(size, np.full(_EVEN_OVER, 1 / _EVEN_OVER), "same")
    return np.fft.irfft(spectrum / (around + 1e-3 * size.max()), len(samples))
