"""Everyday words: errors as a page explains them.

Their remedy needs no terminal.
"""

from __future__ import annotations

import re

from rehearse.calling.line import NoLine
from rehearse.errors import RehearseError

NOTHING_FOUND = "No microphone was found on this computer."
_TYPE = "You can type what you would say instead."
_COMMAND = re.compile(r"rehearse [a-z]+|sudo |--[a-z]+")


def for_a_page(error: RehearseError) -> RehearseError:
    """`error`, with another remedy if its own needs a terminal."""
    if not isinstance(error, NoLine):
        return error
    if "PortAudio" in error.problem:
        return RehearseError(
            "This computer is not set up for sound yet.",
            f"{_TYPE} To speak, one more program is needed, called PortAudio; whoever looks after "
            "this computer can install it.",
        )
    remedy = " ".join(
        sentence
        for sentence in re.split(r"(?<=\.)\s", error.remedy)
        if not _COMMAND.search(sentence)
    )
    return RehearseError(error.problem, f"{remedy} {_TYPE}".strip())
