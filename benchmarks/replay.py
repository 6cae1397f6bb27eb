"""`python -m benchmarks.replay ID`: a saved call, held again.

Shows what differs.

The recorded candidate is the microphone, from the first ring on, and the keys are pressed when they
were pressed. The clock of a call is its sound, so today's code meets the same call; as long as it
decides the same things, every time is the same.
"""

from __future__ import annotations

import argparse
import dataclasses
import difflib
import itertools
import pathlib
import tempfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import numpy as np

from rehearse import wiring
from rehearse.calling.line import Key
from rehearse.calling.scenario import find_scenario
from rehearse.calling.turn_taking import Patience
from rehearse.engines.voices.tones import pick_up
from rehearse.keeping.rehearsal import Rehearsal
from rehearse.keeping.rehearsal_folder import RehearsalFolder
from rehearse.keeping.store import Store
from rehearse.recording import CANDIDATE_CHANNEL
from rehearse.rehearsing.call_setup import CallSetup
from rehearse.rehearsing.hold import hold
from rehearse.sound import BLOCK_SAMPLES, Samples, sample_count, seconds

Event = Mapping[str, Any]
SILENCE_S = 30.0


class ReplayedCaller:
    """A Line and the Controls beside it: a recorded microphone and the keys pressed then.

    `samples`: the candidate's side from the first ring on, shape (n,), float32. A call that lasts
    longer than it did gets silence, and SILENCE_S later the caller hangs up.
    """

    name = "a saved call"

    def __init__(self, samples: Samples, events: list[Event]) -> None:
        self._samples = samples
        self._position = 0
        self._keys = _keys(events)
        self.latency_s = _latency_s(events)
        self._thoughts = _thoughts(events, self.latency_s)

    def play(self, samples: Samples) -> None:
        """The recording has what the microphone heard of it."""

    def stop_playing(self) -> None:
        """As in `play`."""

    def read(self) -> Samples:
        block = np.zeros(BLOCK_SAMPLES, dtype=np.float32)
        piece = self._samples[self._position : self._position + BLOCK_SAMPLES]
        block[: len(piece)] = piece
        self._position += BLOCK_SAMPLES
        return block

    def behind(self) -> bool:
        """True as long as the manager was thinking then."""
        now_s = seconds(self._position)
        return any(start_s <= now_s < end_s for start_s, end_s in self._thoughts)

    def lost_s(self) -> float:
        return 0.0

    def restored(self) -> bool:
        return True

    def close(self) -> None:
        """Nothing to give back."""

    def pressed(self) -> Key | None:
        if self._position >= len(self._samples) + sample_count(SILENCE_S):
            return Key.HANG_UP
        if self._keys and seconds(self._position) >= self._keys[0][0]:
            return self._keys.pop(0)[1]
        return None


def replay(folder: RehearsalFolder, store: Store, patience_s: float, headphones: bool) -> Rehearsal:
    """Hold the call in `folder` again and keep it in `store`."""
    before = folder.load()
    setup = CallSetup(
        scenario=find_scenario(before.scenario),
        sheet=before.sheet,
        seed=before.seed,
        silence_s=patience_s,
        headphones=headphones,
        recordings=(folder.recording,),  # so that the listener waits for words, as no time passes
    )
    with wiring.opened_call(setup, store.home) as (_, engines):
        samples = engines.tools.read(folder.recording, channel=CANDIDATE_CHANNEL)
        caller = ReplayedCaller(samples, folder.events())
        plan = dataclasses.replace(setup.plan, processing=before.processing)
        _, after = hold(plan, caller, caller, engines, store, datetime.now(), [])
    return after


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.replay", description=__doc__)
    parser.add_argument("id", nargs="?", help="a rehearsal, or part of its ID; else the newest")
    parser.add_argument("--home", type=pathlib.Path, default=wiring.default_home())
    parser.add_argument(
        "--patience", type=float, default=Patience.in_pitch_s, help="as in the saved call"
    )
    parser.add_argument("--headphones", action="store_true", help="as in the saved call")
    options = parser.parse_args()
    folder = Store(options.home).find(options.id)
    before = folder.load()
    with tempfile.TemporaryDirectory(prefix="rehearse-replay-") as home:
        store = Store(pathlib.Path(home))
        after = replay(folder, store, options.patience, options.headphones)
        then, now = folder.events(), store.find(None).events()
    then_lines, now_lines = list(_lines(then, before)), list(_lines(now, after))
    if then_lines == now_lines:
        print("The same call.")
        return
    for line in difflib.unified_diff(then_lines, now_lines, "saved", "replayed", n=2, lineterm=""):
        print(line)


def _lines(events: Iterable[Event], rehearsal: Rehearsal) -> Iterable[str]:
    """One line per event, its time first, then the outcome."""
    for event in events:
        at_s = event.get("at_s", event.get("start_s"))
        details = [event.get(key, "") for key in ("reason", "rule", "text", "by")]
        said = " ".join(word["text"] for word in event.get("words", ()))
        yield " ".join(filter(None, [f"{at_s:8.2f}", event["event"], *details, said]))
    if rehearsal.scorecard is not None:
        card = rehearsal.scorecard
        yield f"score {card.score}: {card.business_contribution}, {card.critical_question}"


def _keys(events: Iterable[Event]) -> list[tuple[float, Key]]:
    keys = []
    for event in events:
        if event["event"] == "TurnEnded" and event["reason"] == "done key":
            keys.append((event["at_s"], Key.DONE))
        elif event["event"] == "HungUp" and event["by"] == "candidate":
            keys.append((event["at_s"], Key.HANG_UP))
    return keys


def _latency_s(events: list[Event]) -> float:
    """Of the devices then: the first line reached the microphone this long after the pick-up."""
    picked_up_s = seconds(-(-len(pick_up()) // BLOCK_SAMPLES) * BLOCK_SAMPLES)
    for answered, said in itertools.pairwise(events):
        if answered["event"] == "Answered" and said["event"] == "ManagerSaid":
            latency_s = float(said["at_s"]) - float(answered["at_s"]) - picked_up_s
            return latency_s if latency_s > seconds(BLOCK_SAMPLES) / 2 else 0.0
    return 0.0


def _thoughts(events: list[Event], latency_s: float) -> list[tuple[float, float]]:
    """From the end of each turn to the manager's next line, in seconds."""
    ended_s = None
    thoughts = []
    for event in events:
        if event["event"] == "TurnEnded":
            ended_s = float(event["at_s"])
        elif event["event"] == "ManagerSaid" and ended_s is not None:
            thoughts.append((ended_s, float(event["at_s"]) - latency_s))
            ended_s = None
    return thoughts


if __name__ == "__main__":
    main()
