"""Unclear advice: why words were lost, and what helps.

The tool failed to understand: it never says that somebody speaks badly.
"""

from __future__ import annotations

import collections
from collections.abc import Sequence

from rehearse.scoring.recognition import Recognition
from rehearse.transcript import UnclearPassage, UnclearReason

WHAT_HAPPENED: dict[UnclearReason, str] = {
    UnclearReason.TOO_QUIET: "your voice was too quiet there",
    UnclearReason.NOISE: "noise, music or another voice covered your words",
    UnclearReason.CLIPPING: "the microphone was set too loud and distorted your words",
    UnclearReason.BROKEN_UP: "pieces of the sound are missing",
    UnclearReason.MUFFLED: "the sound was muffled, as if the microphone was covered",
    UnclearReason.TOO_FAST: "the words came faster than I can follow",
    UnclearReason.PRONUNCIATION: "I don't know your pronunciation well enough",
}
WHAT_HELPS: dict[UnclearReason, str] = {
    UnclearReason.TOO_QUIET: "Move closer to the microphone or turn it up, and say that "
    "part again.",
    UnclearReason.NOISE: "Find a quieter room or close the window, and say that part again.",
    UnclearReason.CLIPPING: "Turn the microphone down a little, or sit further back from it.",
    UnclearReason.BROKEN_UP: "Use a cable in place of Bluetooth if you can, and close other "
    "programs. Or type in what you said there.",
    UnclearReason.MUFFLED: "Uncover the microphone, move closer, and say that part again.",
    UnclearReason.TOO_FAST: "Take a breath after each sentence there, or type in what you said.",
    UnclearReason.PRONUNCIATION: "That is my limit, not yours. Correct the words and I score them "
    "again, or let the voice check find the model that understands you best.",
}
UNKNOWN_HELPS = "Listen to it, and type in what you said."


def why_lost(reason: UnclearReason | None) -> str:
    """One sentence on one passage."""
    if reason is None:
        return "I lost some of your words here."
    return f"I lost some of your words here: {WHAT_HAPPENED[reason].removesuffix(' there')}."


def main_reason(unclear: Sequence[UnclearPassage]) -> UnclearReason | None:
    """The reason for most of the lost time; None if no reason is known."""
    lost_s: collections.Counter[UnclearReason] = collections.Counter()
    for passage in unclear:
        if passage.reason is not None:
            lost_s[passage.reason] += passage.end_s - passage.start_s  # type: ignore[assignment]
    return max(lost_s, key=lambda reason: lost_s[reason]) if lost_s else None


def voice_check_helps(unclear: Sequence[UnclearPassage], recognition: Recognition | None) -> bool:
    """Whether another model may understand what was lost."""
    reason = main_reason(unclear)
    doubtful = recognition is not None and recognition.may_miss_a_point
    return reason is UnclearReason.PRONUNCIATION or (reason is None and doubtful)


def unclear_said(unclear: Sequence[UnclearPassage], recognition: Recognition | None) -> str:
    """What was lost, why, and what helps, in two or three short sentences."""
    reason = main_reason(unclear)
    if recognition is not None and recognition.too_little:
        count = f"I understood about {recognition.understood} of your {recognition.words} words"
        if reason in (None, UnclearReason.PRONUNCIATION):
            helps = WHAT_HELPS[UnclearReason.PRONUNCIATION]
            return f"{count}: I don't know your pronunciation well enough to judge them. {helps}"
        assert reason is not None
        return f"{count}: {WHAT_HAPPENED[reason]}. {WHAT_HELPS[reason]}"
    lost = "I lost some of your words, so a point may be there that is not counted"
    if reason is None and recognition is not None and recognition.may_miss_a_point:
        return (
            f"I understood about {recognition.understood} of your {recognition.words} words, so a "
            "point may be there that is not counted: I don't know your pronunciation well enough. "
            f"{WHAT_HELPS[UnclearReason.PRONUNCIATION]}"
        )
    if reason is None:
        return f"{lost}. {UNKNOWN_HELPS}"
    return f"{lost}: {WHAT_HAPPENED[reason]}. {WHAT_HELPS[reason]}"
