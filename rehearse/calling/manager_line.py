"""ManagerLine: one thing that is said at the other end."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from rehearse.calling.scenario import Moment


class Who(enum.StrEnum):
    """Who speaks at the other end."""

    MANAGER = "manager"
    ASSISTANT = "assistant"
    VOICEMAIL = "voicemail"


@dataclass(frozen=True)
class ManagerLine:
    """One thing that is said; `rule` tells why. With `beep` the voicemail's beep follows the
    words, of which there may be none. After `hangs_up` the call is over. `scripted`: the lines
    that a language model said in other words (phrasing.py)."""

    text: str
    rule: str
    hangs_up: bool = False
    who: Who = Who.MANAGER
    beep: bool = False
    moment: Moment | None = None
    scripted: tuple[str, ...] = ()
