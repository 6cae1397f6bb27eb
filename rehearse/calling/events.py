"""Events: what happens during a call, as one stream.

All times are call time: seconds of sound since the ring began.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from rehearse.calling.understood import Understood
from rehearse.transcript import Word


class TurnEnd(enum.StrEnum):
    """Why a turn of the candidate's was over."""

    SILENCE = "silence"
    NOTHING_SAID = "nothing said"
    CUT_OFF = "cut off"
    DONE_KEY = "done key"
    HUNG_UP = "hung up"


@dataclass(frozen=True)
class Ringing:
    at_s: float


@dataclass(frozen=True)
class Answered:
    """The manager picked up."""

    at_s: float


@dataclass(frozen=True)
class ManagerSaid:
    """Emitted when the line begins to play. `rule`: why the manager says this. `who`: at the
    manager's end others may speak too (manager.Who)."""

    at_s: float
    end_s: float
    text: str
    rule: str
    who: str = "manager"


@dataclass(frozen=True)
class ManagerStopped:
    """The candidate spoke over the manager, who stops; the rest of the line was not said."""

    at_s: float


@dataclass(frozen=True)
class Beeped:
    """The voicemail's beep begins: from its end a message is recorded, or it was the end."""

    at_s: float


@dataclass(frozen=True)
class TurnBegan:
    """From now on the candidate is listened to."""

    at_s: float


@dataclass(frozen=True)
class Listening:
    """A tick while the candidate has the turn: the microphone's level, whether a voice is heard."""

    at_s: float
    level_dbfs: float
    voiced: bool


@dataclass(frozen=True)
class HeardSoFar:
    """In a pause of the candidate's: what they did in the turn so far."""

    at_s: float
    words: int
    heard: Understood


@dataclass(frozen=True)
class TurnEnded:
    at_s: float
    reason: TurnEnd


@dataclass(frozen=True)
class CandidateSaid:
    """The words of the turn that ended."""

    start_s: float
    end_s: float
    words: tuple[Word, ...]


@dataclass(frozen=True)
class LineTrouble:
    """The call pauses: what happened and what to do."""

    at_s: float
    problem: str
    remedy: str


@dataclass(frozen=True)
class LineRestored:
    at_s: float


@dataclass(frozen=True)
class SoundLost:
    """Sound of the candidate's was lost on the way; the recording has silence for it."""

    at_s: float
    lost_s: float


@dataclass(frozen=True)
class HungUp:
    """The call is over. `by` is "candidate", "manager" or "line"."""

    at_s: float
    by: str


Event: TypeAlias = (
    Ringing
    | Answered
    | ManagerSaid
    | ManagerStopped
    | Beeped
    | TurnBegan
    | Listening
    | HeardSoFar
    | TurnEnded
    | CandidateSaid
    | LineTrouble
    | LineRestored
    | SoundLost
    | HungUp
)
EventListener: TypeAlias = Callable[[Event], None]
