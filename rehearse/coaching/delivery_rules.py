"""Delivery rules: advice on how the talk sounded.

Never worth more than advice on content.
"""

from __future__ import annotations

from collections.abc import Callable

from rehearse.coaching.advice import Advice, Talk
from rehearse.delivery.norms import norm_of
from rehearse.scoring.evidence import Evidence


def made_small(talk: Talk) -> Advice | None:
    opener = talk.delivery.openers[0] if talk.delivery and talk.delivery.openers else None
    if opener is None:
        return None
    return Advice(
        "made_small",
        f'You said "{opener.text}". You were offered this call: say your name, then why you call.',
        4,
        Evidence(opener.text, opener.at_s, None),
        "opening",
    )


def too_faint(talk: Talk) -> Advice | None:
    if _place(talk, "level_dbfs") != "below":
        return None
    return Advice("too_faint", "You came over very quietly. Move closer to the microphone.", 8)


def cut_off_peaks(talk: Talk) -> Advice | None:
    if _place(talk, "clipped_percent") != "above":
        return None
    return Advice(
        "cut_off_peaks", "The microphone was too loud and crackled. Turn it down a little.", 6
    )


def pace(talk: Talk) -> Advice | None:
    place = _place(talk, "words_per_minute")
    if place not in ("below", "above") or talk.delivery is None:
        return None
    norm, speed = norm_of("words_per_minute"), talk.delivery.words_per_minute
    assert norm is not None
    faster = "slower: let each way end before the next one starts"
    slower = "a little faster; write down only the first word of each way"
    return Advice(
        "pace",
        f"You spoke {speed:.0f} words a minute; {norm.band} are easy to follow on the phone. Try "
        f"it {faster if place == 'above' else slower}.",
        3,
    )


def hesitant(talk: Talk) -> Advice | None:
    if _place(talk, "hesitations_per_minute") != "above" or talk.delivery is None:
        return None
    count = len(talk.delivery.hesitations or ())
    return Advice(
        "hesitant",
        f"At least {count} um or uh. Where one wants out, close your mouth and wait: a second of "
        "silence sounds like thinking.",
        2,
    )


DELIVERY_RULES: tuple[Callable[[Talk], Advice | None], ...] = (
    too_faint,
    cut_off_peaks,
    made_small,
    pace,
    hesitant,
)


def _place(talk: Talk, figure: str) -> str | None:
    norm = norm_of(figure)
    value = getattr(talk.delivery, figure) if talk.delivery else None
    return norm.place(value) if norm and value is not None else None
