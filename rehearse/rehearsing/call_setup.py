"""CallSetup: what kind of call is wanted; from it the terminal and the page get the same call."""

from __future__ import annotations

import contextlib
import enum
import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rehearse import wiring
from rehearse.calling.line import Line
from rehearse.calling.listener import Listener
from rehearse.calling.scenario import RANDOM, Scenario, find_scenario, packaged_names
from rehearse.calling.turn_taking import Patience
from rehearse.delivery.turn_sound import SoundMeasurer
from rehearse.preparing.call_sheet import CallSheet
from rehearse.rehearsing.hold import Engines, Plan
from rehearse.scoring.clauses import ClauseTagger
from rehearse.scoring.sheet_match import Embedder


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
    """Silence that ends a turn, where silence does."""
    headphones: bool = False
    fluency: bool = True
    model: str | None = None
    voice: str | None = None
    microphone: str | None = None
    loudspeaker: str | None = None
    sound: bool = True
    studio: bool = False
    recordings: tuple[Path, ...] = ()
    """Stand in for the candidate, one a turn."""

    @property
    def plan(self) -> Plan:
        """Where only the candidate ends a turn, no silence is too long."""
        patience = Patience(in_pitch_s=self.silence_s)
        if self.speaking is not Speaking.VOICE:
            patience = Patience(in_pitch_s=math.inf, before_speech_s=math.inf)
        return Plan(
            sheet=self.sheet,
            scenario=self.scenario,
            seed=self.seed,
            patience=patience,
            fluency=self.fluency,
            headphones=self.headphones,
        )


@dataclass(frozen=True)
class Loaders:
    """Where parts come from that a program may have loaded before."""

    tagger: Callable[[], ClauseTagger] = wiring.load_tagger
    embedder: Callable[[], Embedder] = wiring.load_embedder
    measurer: Callable[[Path, str | None], SoundMeasurer] = wiring.MeasurerWhenNeeded


def new_seed() -> int:
    return random.SystemRandom().randrange(2**31)


def scenario_wanted(wanted: str, seed: int) -> Scenario:
    """By name, by file, or RANDOM: any that comes with the program. Raises RehearseError."""
    if wanted == RANDOM:
        wanted = random.Random(f"{seed}/scenario").choice(packaged_names())
    return find_scenario(wanted)


@contextlib.contextmanager
def opened(
    setup: CallSetup,
    home: Path,
    typed: Listener | None = None,
    *,
    paced: bool = True,
    loaders: Loaders | None = None,
) -> Iterator[tuple[Line, Engines]]:
    """The line and the engines of the call, given back at the end. Raises RehearseError.

    `typed` has the words where they are typed; only then, `paced` says whether time passes.
    """
    loaders = loaders or Loaders()
    scenario, studio = setup.scenario, setup.studio
    with contextlib.ExitStack() as stack:
        voice = wiring.load_voice(home, setup.voice, scenario.voice, studio=studio)
        stack.enter_context(contextlib.closing(voice))
        assistant = wiring.load_voice(home, setup.voice, scenario.assistant_voice, studio=studio)
        stack.enter_context(contextlib.closing(assistant))
        line = stack.enter_context(contextlib.closing(_line(setup, paced)))
        transcriber, listener = None, typed
        if setup.speaking is not Speaking.TYPED:
            transcriber = wiring.call_transcriber(home, setup.model)
            live = wiring.live_listener(transcriber, recorded=bool(setup.recordings))
            listener = stack.enter_context(contextlib.closing(live))
        spoken = transcriber is not None and setup.fluency
        engines = Engines(
            transcriber=transcriber,
            tagger=loaders.tagger(),
            voice=voice,
            detector=wiring.load_detector(),
            tones=wiring.load_tones(studio=studio),
            assistant_voice=assistant,
            embedder=loaders.embedder() if setup.sheet.ways else None,
            measurer=loaders.measurer(home, setup.model) if spoken else None,
            listener=listener,
        )
        yield line, engines


def _line(setup: CallSetup, paced: bool) -> Line:
    if setup.recordings:
        return wiring.candidate_line(setup.recordings)
    if setup.speaking is Speaking.TYPED:
        return wiring.speaker_line(setup.loudspeaker, speaker=setup.sound, paced=paced)
    return wiring.device_line(setup.microphone, setup.loudspeaker, speaker=setup.sound)
