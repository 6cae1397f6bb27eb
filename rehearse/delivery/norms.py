"""Norms: the usual range of each figure, with sources.

A norm is a range with a reason, not a verdict on a person. The text report, the page and
docs/delivery.md show this table; nothing in it affects the score.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Norm:
    """`low` and `high` bound the usual range in `unit`; None leaves that side open."""

    figure: str
    """The field of Delivery that this is about."""
    name: str
    unit: str
    low: float | None
    high: float | None
    reason: str
    source: str

    def place(self, value: float) -> str:
        """`below`, `within` or `above` the usual range."""
        if self.low is not None and value < self.low:
            return "below"
        return "above" if self.high is not None and value > self.high else "within"

    @property
    def band(self) -> str:
        """The range in words: "100 to 165", "up to 5", "from 4"."""
        if self.low is None:
            return f"up to {self.high:g}"
        return f"from {self.low:g}" if self.high is None else f"{self.low:g} to {self.high:g}"


NORMS: tuple[Norm, ...] = (
    Norm(
        "words_per_minute", "Pace", "words a minute", 100, 165,
        "Slower speech loses a busy listener; in faster speech, figures and names get lost on the "
        "phone.",
        "Microsoft Speaker Coach: 100-165; Orai: 140-160; Speech Away flags only below 110 "
        "or above 190",
    ),
    Norm(
        "hesitations_per_minute", "Um and uh", "a minute", None, 5,
        "Listeners do not mind five a minute; they do mind twelve.",
        "Laske 2024; Zandan: best 1, average 5 a minute",
    ),
    Norm(
        "longest_pause_s", "Longest pause", "s", None, 4,
        "Good speakers use pauses of 2 to 3 s; on the phone, 4 s sound like a lost connection.",
        "Campione & Véronis 2002: over 1 s is long; coaches: 2-3 s used well, 4 s hampers",
    ),
    Norm(
        "pitch_s", "Length of the pitch", "s", None, 90,
        "The advice only says \"briefly\". 60 s hold 150 to 200 words; three ways and a question "
        "fit into 90 s.",
        "the rubric's brevity point (docs/rubric.md)",
    ),
    Norm(
        "level_dbfs", "Loudness", "dBFS", -40, -10,
        "Quieter speech drowns in the noise of the line; the peaks of louder speech are clipped.",
        "own choice: 20 dB below and 10 above the -20 dBFS at which the manager speaks",
    ),
    Norm(
        "clipped_percent", "Clipped peaks", "% of the sound", None, 0.1,
        "Clipped peaks crackle and hide consonants.",
        "own choice: a few peaks in a minute are inaudible",
    ),
    Norm(
        "pitch_range_semitones", "Melody", "semitones", 4, None,
        "A voice that moves is easier to follow; below this it sounds read out.",
        "own measurement: 10th to 90th percentile; 30 of 31 recordings of human and "
        "synthetic speech lie above 4 (docs/delivery.md)",
    ),
)  # fmt: skip


def norm_of(figure: str) -> Norm | None:
    """The norm for a field of Delivery, if there is one."""
    return next((norm for norm in NORMS if norm.figure == figure), None)
