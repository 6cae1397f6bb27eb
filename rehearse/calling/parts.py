"""Parts: everything a call is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rehearse.calling.line import Controls, Line
from rehearse.calling.listener import Listener
from rehearse.calling.own_echo import Echo
from rehearse.calling.phrasing import Phrasing
from rehearse.calling.turn_taking import SpeechDetector
from rehearse.calling.understood import Understood
from rehearse.recording import Recorder
from rehearse.sound import Samples
from rehearse.transcript import Utterance
from rehearse.voice import Voice


@dataclass(frozen=True)
class Tones:
    """The sounds of a telephone on the manager's side of the line."""

    ring: Samples
    pick_up: Samples
    hang_up: Samples
    beep: Samples


@dataclass(frozen=True)
class Parts:
    """Everything a call is made of."""

    line: Line
    voice: Voice
    detector: SpeechDetector
    listener: Listener
    recorder: Recorder
    controls: Controls
    tones: Tones
    understand: Callable[[tuple[Utterance, ...]], Understood]
    """What the candidate did in the last utterance, given all so far."""
    assistant_voice: Voice | None = None
    """Speaks for other people at the manager's end; None: the same voice."""
    phrasing: Phrasing | None = None
    """Says the manager's lines in other words; None: as the script has them."""
    echo: Echo = Echo.HEARD
    """Unless a loudspeaker is heard, the candidate may interrupt."""
