"""Line: two-way sound in blocks. Controls: the keys."""

from __future__ import annotations

import enum
from typing import Protocol

from rehearse.errors import RehearseError
from rehearse.sound import Samples


class LineDown(RehearseError):
    """The line gives no sound for now; `Line.restored` tells when it does again."""


class NoLine(RehearseError):
    """There is no line to call on: no microphone, no loudspeaker, or nothing that drives them."""


class Line(Protocol):
    """What the candidate says comes in, what the manager says goes out."""

    name: str

    @property
    def latency_s(self) -> float:
        """From `play` to the loudspeaker and back to the microphone, in seconds; may change."""
        ...

    def play(self, samples: Samples) -> None:
        """Queue manager's sound. Returns at once."""
        ...

    def stop_playing(self) -> None:
        """Silence the manager at once and forget what is queued."""
        ...

    def read(self) -> Samples:
        """The candidate's next BLOCK_SAMPLES, waiting for them. Raises LineDown."""
        ...

    def behind(self) -> bool:
        """Whether sound has come in that was not read: the call is behind the world's clock."""
        ...

    def lost_s(self) -> float:
        """Seconds of sound lost on the way since this was last asked. Silence stands for it."""
        ...

    def restored(self) -> bool:
        """After LineDown: wait a moment, then tell whether sound comes again."""
        ...

    def close(self) -> None:
        """Give the devices back. May be called twice."""
        ...


class Key(enum.Enum):
    DONE = "I'm done talking"
    HANG_UP = "hang up"


class Controls(Protocol):
    """Keys the candidate may press during a call."""

    def pressed(self) -> Key | None:
        """The oldest key not yet taken. Never waits."""
        ...
