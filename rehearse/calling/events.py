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
    """Why the candidate's turn ended."""

    SILENCE = "silence"
    NOTHING_SAID = "nothing said"
    CUT_OFF = "cut off"
    DONE_KEY = "done key"
    HUNG_UP = "hung up"


@dataclass(frozen=True)
class Ringing:
    at_s: float


@dataclass(frozen=True)
class SoundProcessed:
    """What the candidate's browser does to their microphone's sound, such as "gain control"."""

    at_s: float
    processing: tuple[str, ...]


@dataclass(frozen=True)
class Answered:
    """The manager picked up."""

    at_s: float


@dataclass(frozen=True)
class ManagerSaid:
    """The line begins to play. `rule`: why the manager says this. `who`: the speaker at the
    manager's end (manager.Who). `scripted`: the script's lines, if a language model said them in
    other words."""

    at_s: float
    end_s: float
    text: str
    rule: str
    who: str = "manager"
    scripted: tuple[str, ...] = ()


@dataclass(frozen=True)
class NotPhrased:
    """A language model was to say the manager's next lines in other words. They are said as the
    script has them, because of `why`, which holds no spoken words."""

    at_s: float
    why: str


@dataclass(frozen=True)
class ManagerStopped:
    """The candidate spoke over the manager, who stopped; the rest of the line was not said."""

    at_s: float


@dataclass(frozen=True)
class Beeped:
    """The voicemail's beep begins. It starts the recording of a message, or ends it."""

    at_s: float


@dataclass(frozen=True)
class TurnBegan:
    """The candidate's turn begins."""

    at_s: float


@dataclass(frozen=True)
class Listening:
    """A tick during the candidate's turn: the microphone's level, and whether there is a voice."""

    at_s: float
    level_dbfs: float
    voiced: bool


@dataclass(frozen=True)
class UnderstoodSoFar:
    """In a pause: what the candidate did in the turn so far."""

    at_s: float
    words: int
    understood: Understood


@dataclass(frozen=True)
class TurnEnded:
    at_s: float
    reason: TurnEnd


@dataclass(frozen=True)
class CandidateSaid:
    """The candidate's turn ended with these words."""

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
    """Some of the candidate's sound was lost; the recording has silence in its place."""

    at_s: float
    lost_s: float


@dataclass(frozen=True)
class HungUp:
    """The call is over. `by` is "candidate", "manager" or "line"."""

    at_s: float
    by: str


Event: TypeAlias = (
    Ringing
    | SoundProcessed
    | Answered
    | ManagerSaid
    | NotPhrased
    | ManagerStopped
    | Beeped
    | TurnBegan
    | Listening
    | UnderstoodSoFar
    | TurnEnded
    | CandidateSaid
    | LineTrouble
    | LineRestored
    | SoundLost
    | HungUp
)
EventListener: TypeAlias = Callable[[Event], None]
