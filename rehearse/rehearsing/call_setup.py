"""CallSetup: the choices of a call, from terminal or page."""

from __future__ import annotations

import enum
import math
import random
from dataclasses import dataclass
from pathlib import Path

from rehearse.calling.own_echo import Echo
from rehearse.calling.scenario import RANDOM, Scenario, find_scenario, packaged_names
from rehearse.calling.turn_taking import Patience
from rehearse.preparing.call_sheet import CallSheet
from rehearse.rehearsing.hold import Plan


class Speaking(enum.StrEnum):
    """How the candidate says something."""

    VOICE = "voice"
    """Silence ends a turn."""
    HOLD = "hold"
    """Nothing ends a turn but the candidate."""
    TYPED = "typed"


@dataclass(frozen=True)
class CallSetup:
    """The choices of one call. A device of None is this computer's usual one."""

    scenario: Scenario
    sheet: CallSheet
    seed: int
    speaking: Speaking = Speaking.VOICE
    silence_s: float = Patience.in_pitch_s
    """The silence that ends a turn, if silence does."""
    headphones: bool = False
    fluency: bool = True
    model: str | None = None
    voice: str | None = None
    microphone: str | None = None
    loudspeaker: str | None = None
    sound: bool = True
    studio: bool = False
    remembers: bool = True
    """Whether lines of earlier calls come last."""
    recordings: tuple[Path, ...] = ()
    """Recordings that play the candidate, one for each turn."""
    heard: bool = False
    """Whether a call of recordings is played on the loudspeaker, at the pace of its sound."""

    @property
    def plan(self) -> Plan:
        """The Plan of the call. If only the candidate ends a turn, no silence is too long."""
        patience = Patience(in_pitch_s=self.silence_s)
        if self.speaking is not Speaking.VOICE:
            patience = Patience(in_pitch_s=math.inf, before_speech_s=math.inf)
        return Plan(
            sheet=self.sheet,
            scenario=self.scenario,
            seed=self.seed,
            patience=patience,
            fluency=self.fluency,
            echo=Echo.NONE if self.headphones else Echo.HEARD,
            typed=self.speaking is Speaking.TYPED,
            remembers=self.remembers,
            timed=self.heard or not self.recordings,
        )


def new_seed() -> int:
    return random.SystemRandom().randrange(2**31)


def scenario_wanted(wanted: str, seed: int) -> Scenario:
    """A scenario by name, by file, or RANDOM: any packaged one. Raises RehearseError."""
    if wanted == RANDOM:
        wanted = random.Random(f"{seed}/scenario").choice(packaged_names())
    return find_scenario(wanted)
