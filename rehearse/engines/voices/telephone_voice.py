"""TelephoneVoice: a voice on the phone, at its character's pitch."""

from __future__ import annotations

import zlib
from typing import Protocol

import numpy as np

from rehearse.engines.voices.tones import even_level, line_noise, telephone_band
from rehearse.sound import SAMPLE_RATE_HZ, Samples, seconds
from rehearse.voice import Voice


class ClosableVoice(Voice, Protocol):
    def close(self) -> None:
        """Stop rendering."""
        ...


def on_the_line(samples: Samples, *, seed: int) -> Samples:
    """`samples` in the telephone band, with a little noise; the same for the same `seed`."""
    if samples.size == 0:
        return samples
    noise = line_noise(seconds(len(samples)), seed=seed)
    mixed = np.clip(telephone_band(samples) + noise, -1.0, 1.0)
    return np.asarray(mixed, dtype=np.float32)


class TelephoneVoice:
    """Wraps another voice: every line at the same level, and over the telephone unless `studio`.

    `pitch` is a factor. It also makes speech faster, so the wrapped voice must speak slower by the
    same factor to keep its rate. `rate_wpm` is the rate that is heard, in words per minute; None
    leaves it out of the name.
    """

    def __init__(
        self,
        voice: ClosableVoice,
        *,
        rate_wpm: int | None = None,
        pitch: float = 1.0,
        studio: bool = False,
    ) -> None:
        self._voice = voice
        self._pitch = pitch
        self._studio = studio
        rate = "" if rate_wpm is None else f", {rate_wpm} words per minute"
        raised = "" if pitch == 1.0 else f", pitch {pitch:g}"
        self.name = f"{voice.name}{rate}{raised}, {'studio' if studio else 'telephone'} sound"

    def speak(self, text: str) -> Samples:
        samples = self._voice.speak(text)
        if self._pitch != 1.0 and samples.size:
            import soxr

            raised = soxr.resample(samples, SAMPLE_RATE_HZ * self._pitch, SAMPLE_RATE_HZ)
            samples = np.clip(raised, -1.0, 1.0).astype(np.float32)
        if self._studio:
            return even_level(samples)
        return on_the_line(even_level(samples), seed=zlib.crc32(text.encode()))

    def prepare(self, texts: list[str]) -> None:
        self._voice.prepare(texts)

    def close(self) -> None:
        self._voice.close()
