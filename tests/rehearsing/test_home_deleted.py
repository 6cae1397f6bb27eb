"""A home that is deleted at any moment of a call: call, events and sound are there at its end."""

import shutil
import threading
from datetime import datetime
from pathlib import Path

import pytest

from rehearse import wiring
from rehearse.calling.events import CandidateSaid, Event, Listening, Ringing, UnderstoodSoFar
from rehearse.calling.line import Key
from rehearse.engines.keyboard.typed_turns import TypedListener
from rehearse.keeping.store import Store
from rehearse.preparing.call_sheet import CallSheet
from rehearse.rehearsing.call_setup import CallSetup, Speaking, scenario_wanted
from rehearse.rehearsing.hold import hold

SAYS = "Hello, how do you expect this job to contribute to the business?"
pytestmark = pytest.mark.slow


class OneTurn(TypedListener):
    """Types one turn, then hangs up."""

    def __init__(self) -> None:
        super().__init__()
        self._says = [SAYS]

    def pressed(self) -> Key | None:
        if not self.my_turn:
            return None
        if not self._says:
            return Key.HANG_UP
        self.typed = self._says.pop()
        return Key.DONE


def held(home: Path, delete_at: int, loaders: wiring.Loaders) -> tuple[list[str], bool]:
    """A call whose home is deleted at the event with this number. The events of the call, and
    whether there was such an event."""
    seen: list[str] = []

    def delete(event: Event) -> None:
        if isinstance(event, Listening | UnderstoodSoFar):
            return
        if len(seen) == delete_at:
            while home.exists():  # the voice writes into it at the same time
                shutil.rmtree(home, ignore_errors=True)
        seen.append(type(event).__name__)

    setup = CallSetup(
        scenario_wanted("friendly", 1), CallSheet(), 1, speaking=Speaking.TYPED, sound=False
    )
    turns, store = OneTurn(), Store(home)
    with wiring.opened_call(setup, home, turns, paced=False, loaders=loaders) as (line, engines):
        folder, rehearsal = hold(
            setup.plan, line, turns, engines, store, datetime(2026, 11, 29, 12), [delete]
        )
    assert folder.load() == rehearsal
    assert rehearsal.scorecard is not None
    assert [event["event"] for event in folder.events()] == seen
    assert folder.has_sound
    assert wiring.sound_tools().read(folder.recording, channel=0).size > 16_000
    assert [kept.id for kept in store.folders()] == [folder.id]
    return seen, len(seen) > delete_at


def test_whatever_the_moment_nothing_is_lost(tmp_path: Path) -> None:
    tagger, acts = wiring.load_tagger(), wiring.load_act_classifier()
    loaders = wiring.Loaders(tagger=lambda: tagger, acts=lambda: acts)
    moment = 0
    while True:
        seen, deleted = held(tmp_path / str(moment), moment, loaders)
        if not deleted:
            break
        moment += 1
    assert seen[0] == Ringing.__name__
    assert CandidateSaid.__name__ in seen
    assert moment == len(seen) > 5
    assert threading.active_count() < 20
