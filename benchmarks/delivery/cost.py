"""Cost: what delivery adds between hang-up and result.

Calls are held in real time, with delivery and without it, one after the other in one process.
"""

from __future__ import annotations

import contextlib
import dataclasses
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from benchmarks.held_calls import QUIET, PacedLine
from rehearse import wiring
from rehearse.calling.events import Event, HungUp, Listening, TurnBegan
from rehearse.calling.line import Key
from rehearse.calling.parts import Tones
from rehearse.calling.scenario import find_scenario
from rehearse.calling.turn_taking import Patience
from rehearse.delivery.turn_sound import SoundMeasurer
from rehearse.engines.audio.wav_line import REACTION_S
from rehearse.keeping.rehearsal import Rehearsal
from rehearse.keeping.store import Store
from rehearse.preparing.call_sheet import CallSheet
from rehearse.rehearsing.hold import Engines, Plan, hold
from rehearse.report.delivery_text import appraisal_text
from rehearse.report.text import scorecard_text
from rehearse.scoring.clauses import ClauseTagger
from rehearse.sound import Samples, seconds
from rehearse.transcript import Transcriber

ROUNDS = 1
ENDINGS = ("silence, an answer, goodbye", "hung up at the last word")


@dataclasses.dataclass(frozen=True)
class Waited:
    """Seconds from hang-up to the verdicts and to the whole result; CPU of all threads."""

    verdicts_s: float
    verdicts_cpu_s: float
    result_s: float
    result_cpu_s: float


class HangUpAfter:
    """Controls of somebody who hangs up after the last word; None leaves that to the manager."""

    def __init__(self, length_s: float | None) -> None:
        self._length_s = length_s
        self._begun_s: float | None = None
        self._now_s = 0.0

    def hear(self, event: Event) -> None:
        if isinstance(event, TurnBegan) and self._begun_s is None:
            self._begun_s = event.at_s
        if isinstance(event, Listening):
            self._now_s = event.at_s

    def pressed(self) -> Key | None:
        if self._length_s is None or self._begun_s is None:
            return None
        over = self._now_s - self._begun_s >= REACTION_S + self._length_s
        return Key.HANG_UP if over else None


def cost(clips: dict[str, Samples]) -> None:
    """Prints the table. `clips`: whole pitches."""
    home = Path(tempfile.mkdtemp(prefix="rehearse-cost-"))
    transcriber = wiring.call_transcriber(home, None)
    tagger = wiring.load_tagger()
    measurer = wiring.MeasurerWhenNeeded(home, None)
    print("\nFrom hang-up (seconds, CPU in brackets; medians)")
    print(f"{'pitch':<12} {'the call ends by':<28} {'':<13} {'verdicts':>14} {'whole result':>14}")
    for name, clip in clips.items():
        for ending in ENDINGS:
            hang_up_s = seconds(len(clip)) if ending == ENDINGS[1] else None
            rows: dict[str, list[Waited]] = {"--no-fluency": [], "with delivery": []}
            for _ in range(ROUNDS):
                for row, waited in rows.items():
                    used = measurer if row == "with delivery" else None
                    waited.append(_held(clip, hang_up_s, home, transcriber, tagger, used))
            for row, waited in rows.items():
                print(f"{name:<12} {ending:<28} {row:<13} {_cells(waited)}", flush=True)


def _cells(waited: list[Waited]) -> str:
    def median(figure: Callable[[Waited], float]) -> float:
        return statistics.median(map(figure, waited))

    return (
        f"{median(lambda w: w.verdicts_s):>6.2f} ({median(lambda w: w.verdicts_cpu_s):>5.2f})"
        f"{median(lambda w: w.result_s):>7.2f} ({median(lambda w: w.result_cpu_s):>5.2f})"
    )


def _held(
    clip: Samples,
    hang_up_s: float | None,
    home: Path,
    transcriber: Transcriber,
    tagger: ClauseTagger,
    measurer: SoundMeasurer | None,
) -> Waited:
    """One call; its line delivers sound at the pace of a microphone."""
    keys = HangUpAfter(hang_up_s)
    marks: list[tuple[float, float]] = []

    def mark(_: object = None) -> None:
        marks.append((time.monotonic(), time.process_time()))

    def hear(event: Event) -> None:
        keys.hear(event)
        if isinstance(event, HungUp):
            mark()

    def scored(rehearsal: Rehearsal) -> None:
        assert rehearsal.scorecard is not None
        scorecard_text(rehearsal.scorecard)
        mark()

    scenario = find_scenario("friendly")
    plan = Plan(CallSheet(), scenario, 1, Patience(), fluency=measurer is not None)
    with (
        contextlib.closing(wiring.load_voice(home, None, scenario.voice)) as voice,
        contextlib.closing(wiring.live_listener(transcriber, recorded=False)) as listener,
    ):
        engines = Engines(
            transcriber=transcriber,
            tagger=tagger,
            acts=wiring.load_act_classifier(),
            voice=voice,
            detector=wiring.load_detector(),
            tones=Tones(QUIET, QUIET, QUIET, QUIET),
            tools=wiring.sound_tools(),
            measurer=measurer,
            listener=listener,
        )
        _, rehearsal = hold(
            plan, PacedLine(clip), keys, engines, Store(home), datetime.now(), [hear], scored
        )
        appraisal_text(rehearsal.delivery, rehearsal.coaching)
        mark()
    (begun, cpu), (verdicts, verdicts_cpu), (result, result_cpu) = marks
    return Waited(verdicts - begun, verdicts_cpu - cpu, result - begun, result_cpu - cpu)
