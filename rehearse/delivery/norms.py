"""Norms: what is usual for a figure of delivery, with its source and its reason, in one table.

A norm is a band with a reason, not a verdict on a person. The text report, the page and
docs/delivery.md show this table; nothing in it touches the score.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Norm:
    """`low` and `high` bound the usual band in `unit`, None where that side is open."""

    figure: str
    """The field of Delivery that it speaks of."""
    name: str
    unit: str
    low: float | None
    high: float | None
    reason: str
    source: str

    def place(self, value: float) -> str:
        """`below`, `within` or `above` the band."""
        if self.low is not None and value < self.low:
            return "below"
        return "above" if self.high is not None and value > self.high else "within"

    @property
    def band(self) -> str:
        """The band in words: "100 to 165", "up to 5", "from 4"."""
        if self.low is None:
            return f"up to {self.high:g}"
        return f"from {self.low:g}" if self.high is None else f"{self.low:g} to {self.high:g}"


NORMS: tuple[Norm, ...] = (
    Norm(
        "words_per_minute", "Pace", "words a minute", 100, 165,
        "Slower talks lose a busy listener, faster ones lose figures and names on the phone.",
        "Microsoft Speaker Coach: 100-165; Orai: 140-160; Speech Away flags only below 110 "
        "or above 190",
    ),
    Norm(
        "hesitations_per_minute", "Um and uh", "a minute", None, 5,
        "Up to five a minute cost a speaker nothing with listeners; twelve a minute do.",
        "Laske 2024; Zandan: best 1, average 5 a minute",
    ),
    Norm(
        "longest_pause_s", "Longest pause", "s", None, 4,
        "Pauses of 2 to 3 s are a tool of good speakers; on the phone 4 s sound like a lost line.",
        "Campione & Véronis 2002: over 1 s is long; coaches: 2-3 s used well, 4 s hampers",
    ),
    Norm(
        "pitch_s", "Length of the pitch", "s", None, 90,
        "The advice says only \"briefly\"; 60 s are 150 to 200 words, and three ways and a "
        "question fit into 90.",
        "the rubric's brevity point (docs/rubric.md)",
    ),
    Norm(
        "level_dbfs", "Loudness", "dBFS", -40, -10,
        "Quieter, the line's noise comes through; louder, peaks are cut off.",
        "own choice: 20 dB below and 10 above the -20 dBFS at which the manager speaks",
    ),
    Norm(
        "clipped_percent", "Cut off peaks", "% of the sound", None, 0.1,
        "Cut off peaks crackle and hide consonants.",
        "own choice: a few peaks in a minute are not heard",
    ),
    Norm(
        "pitch_range_semitones", "Melody", "semitones", 4, None,
        "A voice that moves is easier to follow; below this it sounds read out.",
        "own measurement: 10th to 90th percentile; 30 of 31 recordings of human and "
        "synthetic speech lie above 4 (docs/delivery.md)",
    ),
)  # fmt: skip


def norm_of(figure: str) -> Norm | None:
    """The norm for a field of Delivery, None where there is none."""
    return next((norm for norm in NORMS if norm.figure == figure), None)
