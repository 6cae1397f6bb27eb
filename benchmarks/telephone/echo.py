"""Echo: calls beside a loudspeaker, silent and interrupted."""

from __future__ import annotations

import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from playwright.sync_api import Page, sync_playwright

from benchmarks.telephone.page_calls import (
    Kept,
    call,
    clip,
    first_page,
    hang_up,
    wait_for_turn,
)
from benchmarks.telephone.room import Room, place_of, room
from rehearse.calling.turn_taking import VOICED
from rehearse.engines.activity.silero_vad import speech_probabilities
from rehearse.engines.audio.audio_file import read_audio
from rehearse.sound import BLOCK_SAMPLES, Samples, sample_count, seconds
from tests.program import FIXTURES
from tests.web.conftest import Server

ROOMS = [(delay_s, gain_db) for gain_db in (-6.0, -12.0, -20.0) for delay_s in (0.05, 0.15, 0.3)]
LINES = 2
INTERRUPTION = FIXTURES / "b_weak__kokoro-jm_kumo.flac"
INTERRUPTION_S = 4.0
INTO_THE_LINE_S = 0.4
SETTLES_S = 0.4
PIECE_S = 0.6


def table(keep: Path | None = None) -> None:
    """Calls in nine rooms, silent and interrupted. `keep`: a folder for their rehearsals."""
    print("\n## Echo: a loudspeaker in the same room, the browser's echo cancellation")
    print("| the manager comes back | in the microphone, dB below the loudspeaker "
          "| lines | stopped by themselves | an interruption is noticed after, s |")  # fmt: skip
    print("|---|---|---|---|---|")
    lines = stops = calls = 0
    noticed: list[float | None] = []
    with (
        tempfile.TemporaryDirectory() as temporary,
        room() as (air, card),
        sync_playwright() as playwright,
        first_page(playwright, keep or Path(temporary), card.env) as (page, server),
    ):
        for place, (delay_s, gain_db) in enumerate([*ROOMS, ROOMS[0]]):
            air.echo_s, air.echo_db = delay_s, gain_db
            alone = _alone(page, server)
            interrupted = _interrupted(page, server, air)
            calls += 1
            lines += len(alone.lines())
            stopped = len(alone.at("ManagerStopped")) + interrupted.own_stops
            stops += stopped
            after = interrupted.after_s
            noticed.append(after)
            again = " (again)" if place == len(ROOMS) else ""
            said = "never" if after is None else f"{after:.2f}"
            print(f"| {gain_db:g} dB, {1000 * delay_s:g} ms later{again} | {_below(alone):.0f} "
                  f"| {len(alone.lines())} | {stopped} | {said} |", flush=True)  # fmt: skip
    found = [one for one in noticed if one is not None]
    print(f"\n{calls} calls, {lines} lines: {stops} stopped by their own echo. "
          f"{len(found)} of {len(noticed)} interruptions noticed.")  # fmt: skip
    if found:
        print(f"After {statistics.median(found):.2f} s at the median, {max(found):.2f} at most.")


def _alone(page: Page, server: Server) -> Kept:
    """Nobody speaks but the manager: a greeting and what they say in the silence after it."""
    call(page, server)
    for _ in range(LINES):
        wait_for_turn(page)
        page.locator("[data-state=theirs]").wait_for()
    wait_for_turn(page)
    return hang_up(page, server)


def _below(kept: Kept) -> float:
    """How much softer the microphone is than the loudspeaker while the manager speaks, in dB."""
    ratios = []
    for begins_s, ends_s in kept.lines():
        heard = kept.sound[sample_count(begins_s + SETTLES_S) : sample_count(ends_s)]
        ratios.append(20 * np.log10(heard[:, 1].std() / max(heard[:, 0].std(), 1e-6)))
    return float(statistics.median(ratios))


@dataclass(frozen=True)
class _Interrupted:
    """`after_s`: from the first voiced block of the interruption to its event; None: no event."""

    after_s: float | None
    own_stops: int
    """How often the manager stopped before it."""


def _interrupted(page: Page, server: Server, air: Room) -> _Interrupted:
    """The manager answers a question, which takes a while, and is interrupted."""
    said = read_audio(INTERRUPTION)[: sample_count(INTERRUPTION_S)]
    call(page, server)
    wait_for_turn(page)
    air.say(clip())
    page.locator("[data-state=theirs]").wait_for()
    page.locator("[data-state-text]", has_text="They are speaking").wait_for()
    time.sleep(INTO_THE_LINE_S)
    air.say(said)
    wait_for_turn(page)
    while air.talks:
        time.sleep(0.1)
    kept = hang_up(page, server)
    began_s = _began_s(said, kept.sound[:, 0]) + _first_voice_s(said)
    stops = kept.at("ManagerStopped")
    later = [at_s for at_s in stops if at_s >= began_s]
    return _Interrupted(later[0] - began_s if later else None, len(stops) - len(later))


def _began_s(said: Samples, sound: Samples) -> float:
    """Where `said` begins in the recording: its later pieces are alone in it."""
    found = []
    for start_s in (1.4, 2.0, 2.6, 3.2):
        at_s, alike = place_of(said[sample_count(start_s) :][: sample_count(PIECE_S)], sound)
        found.append((alike, at_s - start_s))
    alike, began_s = max(found)
    if alike < 0.5:
        raise RuntimeError(f"the interruption is not in the recording ({alike:.2f})")
    return began_s


def _first_voice_s(said: Samples) -> float:
    voiced = np.flatnonzero(np.asarray(speech_probabilities(said)) >= VOICED)
    return seconds(int(voiced[0]) * BLOCK_SAMPLES)
