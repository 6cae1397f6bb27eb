"""Calls: line and engines of one call, opened together."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rehearse.calling.acts import ActClassifier
from rehearse.calling.line import Line
from rehearse.calling.listener import Listener
from rehearse.calling.matters import MatterFinder
from rehearse.calling.phrasing import Phraser
from rehearse.calling.scenario import DEFAULT_SCENARIO, packaged_scenario
from rehearse.delivery.turn_sound import SoundMeasurer
from rehearse.rehearsing.call_setup import CallSetup, Speaking
from rehearse.rehearsing.hold import Engines
from rehearse.rehearsing.preflight import CallParts, DeviceLine
from rehearse.scoring.clauses import ClauseTagger
from rehearse.scoring.sheet_match import Embedder
from rehearse.wiring.lines import candidate_line, device_line, heard_line, speaker_line
from rehearse.wiring.meaning import (
    load_act_classifier,
    load_embedder,
    load_matter_finder,
    load_tagger,
)
from rehearse.wiring.speech import (
    MeasurerWhenNeeded,
    call_transcriber,
    live_listener,
    load_detector,
    load_transcriber,
    sound_tools,
)
from rehearse.wiring.voices import load_tones, load_voice


@dataclass(frozen=True)
class Loaders:
    """Loaders for parts that a long-running program may already have loaded."""

    tagger: Callable[[], ClauseTagger] = load_tagger
    acts: Callable[[], ActClassifier] = load_act_classifier
    embedder: Callable[[], Embedder] = load_embedder
    matters: Callable[[Embedder], MatterFinder] = load_matter_finder
    measurer: Callable[[Path, str | None], SoundMeasurer] = MeasurerWhenNeeded


@contextlib.contextmanager
def opened_call(
    setup: CallSetup,
    home: Path,
    typed: Listener | None = None,
    *,
    paced: bool = True,
    loaders: Loaders | None = None,
    line: Line | None = None,
    phraser: Phraser | None = None,
) -> Iterator[tuple[Line, Engines]]:
    """The line and the engines of the call, closed at the end. Raises RehearseError.

    `typed` is the listener of a typed call; only then, `paced` says whether time passes.
    `line`: one that is open already, None for the one that `setup` names. `phraser`: a language
    model for the manager's lines, if there is to be one.
    """
    loaders = loaders or Loaders()
    scenario, studio = setup.scenario, setup.studio
    with contextlib.ExitStack() as stack:
        voice = load_voice(home, setup.voice, scenario.voice, studio=studio)
        stack.enter_context(contextlib.closing(voice))
        assistant = load_voice(home, setup.voice, scenario.assistant_voice, studio=studio)
        stack.enter_context(contextlib.closing(assistant))
        line = stack.enter_context(contextlib.closing(line or _line(setup, paced)))
        transcriber, listener = None, typed
        if setup.speaking is not Speaking.TYPED:
            transcriber = call_transcriber(home, setup.model)
            live = live_listener(transcriber, recorded=bool(setup.recordings))
            listener = stack.enter_context(contextlib.closing(live))
        spoken = transcriber is not None and setup.fluency
        embedder = loaders.embedder()
        engines = Engines(
            transcriber=transcriber,
            tagger=loaders.tagger(),
            acts=loaders.acts(),
            voice=voice,
            detector=load_detector(),
            tones=load_tones(studio=studio),
            tools=sound_tools(),
            assistant_voice=assistant,
            embedder=embedder if setup.sheet.ways else None,
            matters=loaders.matters(embedder),
            measurer=loaders.measurer(home, setup.model) if spoken else None,
            listener=listener,
            phraser=phraser,
        )
        yield line, engines


def _line(setup: CallSetup, paced: bool) -> Line:
    if setup.recordings:
        recorded = candidate_line(setup.recordings)
        return heard_line(recorded) if setup.heard else recorded
    if setup.speaking is Speaking.TYPED:
        return speaker_line(setup.loudspeaker, speaker=setup.sound, paced=paced)
    return device_line(setup.microphone, setup.loudspeaker, speaker=setup.sound)


def preflight_parts(
    home: Path,
    microphone: str | None,
    loudspeaker: str | None,
    model: str | None,
    open_line: Callable[[], DeviceLine] | None = None,
) -> CallParts:
    """What a check before a call looks at. `open_line`: None for this computer's devices."""
    return CallParts(
        lambda: load_transcriber(home, model),
        lambda: load_voice(home, style=packaged_scenario(DEFAULT_SCENARIO).voice),
        open_line or (lambda: device_line(microphone, loudspeaker, speaker=True)),
        load_detector,
    )
