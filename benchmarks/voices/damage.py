"""Damage: five ways to lose a clause, and rooms."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import numpy as np
import scipy.signal

from rehearse.sound import SAMPLE_RATE_HZ, Samples, sample_count

CONDITIONS = ("clean", "phone", "noise")
REASONS = {
    "mumbled": {"muffled", "too_quiet"},
    "drowned": {"noise"},
    "babble": {"noise"},
    "lost": {"broken_up"},
    "cut": {"broken_up"},
}
"""The reasons that are right for each."""


def mumbled(part: Samples, rng: random.Random, _: Sequence[Samples]) -> Samples:
    low = scipy.signal.butter(6, rng.choice((400, 500)), "lowpass", fs=SAMPLE_RATE_HZ, output="sos")
    return scipy.signal.sosfilt(low, part) * 0.35


def drowned(part: Samples, rng: random.Random, _: Sequence[Samples]) -> Samples:
    return part + scaled(noise(len(part), rng.randrange(9**9), 0.9), part, rng.choice((-3, -6)))


def babble(part: Samples, rng: random.Random, others: Sequence[Samples]) -> Samples:
    """Four other people at once."""
    voices = np.zeros(len(part))
    for _ in range(4):
        other = rng.choice(others)
        start = rng.randrange(max(1, len(other) - len(part)))
        voice = np.resize(other[start : start + len(part)], len(part))
        voices = voices + voice / np.sqrt(np.mean(voice**2) + 1e-9)
    return part + scaled(voices, part, rng.choice((-2, -5)))


def lost(part: Samples, rng: random.Random, _: Sequence[Samples]) -> Samples:
    """Pieces of 0.1 to 0.25 s missing, as on a bad connection."""
    out, at = part.copy(), 0
    while at < len(out):
        at += sample_count(rng.uniform(0.05, 0.15))
        until = at + sample_count(rng.uniform(0.1, 0.25))
        out[at:until] = 0
        at = until
    return out


def cut(part: Samples, *_: object) -> Samples:
    return part * 0


DAMAGE: tuple[Callable[..., Samples], ...] = (mumbled, drowned, babble, lost, cut)


def heard_in(sound: Samples, condition: str, seed: int) -> Samples:
    """`sound` at an even level in one of CONDITIONS; even the quietest room is not silent."""
    sound = 0.5 * sound / np.abs(sound).max()
    if condition == "phone":
        band = scipy.signal.butter(4, (300, 3400), "bandpass", fs=SAMPLE_RATE_HZ, output="sos")
        sound = scipy.signal.sosfilt(band, sound)
    room = noise(len(sound), seed, 0.95)
    return np.clip(sound + scaled(room, sound, 15 if condition == "noise" else 45), -1, 1)


def noise(count: int, seed: int, low: float) -> Samples:
    """More low than high, as in rooms; `low` (0..1): how much more."""
    white = np.random.default_rng(seed).standard_normal(count)
    return scipy.signal.lfilter([0.1], [1, -low], white)


def scaled(noise: Samples, part: Samples, snr_db: float) -> Samples:
    """`noise` at `snr_db` below `part`."""
    return noise * np.sqrt(np.mean(part**2) / 10 ** (snr_db / 10) / np.mean(noise**2))
