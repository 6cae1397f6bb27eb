"""Room: a microphone that hears loudspeaker, noise and candidate."""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
import threading
from collections import deque
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import soxr

from rehearse.sound import SAMPLE_RATE_HZ, Samples, level_dbfs, seconds
from tests.sound_card import VirtualSoundCard

RATE_HZ = 48_000
CHUNK = RATE_HZ // 100
NOISE_DBFS = -65.0
SOUND_DBFS = -50.0


class Room:
    """Hears 10 ms at a time, at the pace of the card. `echo_s`: what is played comes back this much
    later, and as long as the card takes, at `echo_db`; None: headphones."""

    def __init__(self, card: VirtualSoundCard, pipe: Path) -> None:
        self.echo_s: float | None = None
        self.echo_db = 0.0
        self._noise = np.random.default_rng(1)
        self._said: deque[Samples] = deque()
        self._played = np.zeros(RATE_HZ, np.float32)
        self._all: list[Samples] = []
        self._said_until = 0
        card.add_microphone(pipe)
        self._pipe = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        self._heard = subprocess.Popen(
            ["parec", "--device=speaker.monitor", f"--rate={RATE_HZ}", "--channels=1",
             "--format=float32le", "--latency-msec=10", "--raw"],
            env=card.env, stdout=subprocess.PIPE,
        )  # fmt: skip
        self._carrier = threading.Thread(target=self._carry, daemon=True)
        self._carrier.start()

    def say(self, samples: Samples) -> None:
        """The candidate says `samples`, at SAMPLE_RATE_HZ. Returns at once."""
        sound = soxr.resample(samples, SAMPLE_RATE_HZ, RATE_HZ)
        self._said.extend(sound[at : at + CHUNK] for at in range(0, len(sound), CHUNK))

    @property
    def now(self) -> int:
        """How many chunks were played on the loudspeaker."""
        return len(self._all)

    def played_since(self, chunk: int) -> Samples:
        """Shape (n,), at SAMPLE_RATE_HZ."""
        return np.asarray(
            soxr.resample(np.concatenate(self._all[chunk:]), RATE_HZ, SAMPLE_RATE_HZ), np.float32
        )

    def reply_gap_s(self) -> float | None:
        """From the end of what the candidate said to the next sound; None: none yet."""
        if self._said:
            return None
        for place, chunk in enumerate(self._all[self._said_until :]):
            if level_dbfs(chunk) > SOUND_DBFS:
                return place * CHUNK / RATE_HZ
        return None

    @property
    def talks(self) -> bool:
        return bool(self._said)

    def be_quiet(self) -> None:
        self._said.clear()

    def _carry(self) -> None:
        assert self._heard.stdout is not None
        while len(chunk := self._heard.stdout.read(4 * CHUNK)) == 4 * CHUNK:
            self._all.append(np.frombuffer(chunk, "<f4"))
            self._played = np.concatenate([self._played[CHUNK:], self._all[-1]])
            sound = self._noise.standard_normal(CHUNK) * 10 ** (NOISE_DBFS / 20)
            if self.echo_s is not None:
                end = len(self._played) - round(self.echo_s * RATE_HZ)
                sound += self._played[end - CHUNK : end] * 10 ** (self.echo_db / 20)
            with contextlib.suppress(IndexError):
                said = self._said.popleft()
                sound[: len(said)] += said
                self._said_until = len(self._all) + 1
            # Nobody listens when the pipe is full: what does not fit is lost, and nothing is late.
            with contextlib.suppress(BlockingIOError):
                os.write(self._pipe, (np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())

    def close(self) -> None:
        self._heard.kill()
        self._heard.wait()
        self._carrier.join(5)
        os.close(self._pipe)


@contextlib.contextmanager
def room() -> Iterator[tuple[Room, VirtualSoundCard]]:
    with VirtualSoundCard() as card, tempfile.TemporaryDirectory() as folder:
        built = Room(card, Path(folder) / "microphone")
        try:
            yield built, card
        finally:
            built.close()


def place_of(clip: Samples, sound: Samples) -> tuple[float, float]:
    """Where `clip` begins in `sound`, in seconds, and how alike they are there (0 to 1)."""
    from scipy.signal import fftconvolve

    alike = fftconvolve(sound, clip[::-1], mode="valid")
    ours = float((clip**2).sum())
    # Silence is like everything, within rounding.
    theirs = np.maximum(fftconvolve(sound**2, np.ones_like(clip), mode="valid"), 1e-4 * ours)
    alike = np.abs(alike) / np.sqrt(theirs * ours)
    at = int(alike.argmax())
    return seconds(at), float(alike[at])
