"""Late answers: the computer was too slow for the call."""

from __future__ import annotations

import itertools

from rehearse.keeping.rehearsal import Rehearsal
from rehearse.transcript import Speaker, Transcript

LATE_S = 4.0
"""A manager who thinks for longer seems to have gone; on a computer that keeps up it is 1 s."""
IN_THE_TERMINAL = (
    "Next time close other programs; if that is not enough, call with --no-fluency, without "
    "--live-checklist and with --model tiny.en, or with --typed."
)
ON_THE_PAGE = (
    "Next time close other programs; if that is not enough, leave hints off, or type your side."
)


def late_answers(rehearsal: Rehearsal, what_helps: str) -> str:
    """What happened and `what_helps`; "" if the manager always answered in time."""
    longest_s = 0.0 if rehearsal.transcript is None else longest_wait_s(rehearsal.transcript)
    if longest_s < LATE_S:
        return ""
    return (
        f"This computer could not keep up: the manager answered {longest_s:.0f} s late. Nothing "
        f"that you said is lost. {what_helps}"
    )


def longest_wait_s(transcript: Transcript) -> float:
    """The longest time from the end of the candidate's turn to the manager's next word. The clock
    of a call goes on while words are transcribed and the reply is made."""
    pairs = itertools.pairwise(transcript.utterances)
    waits = [
        after.start_s - before.end_s
        for before, after in pairs
        if before.speaker is Speaker.CANDIDATE and after.speaker is Speaker.MANAGER
        if before.end_s is not None and after.start_s is not None
    ]
    return max(waits, default=0.0)
