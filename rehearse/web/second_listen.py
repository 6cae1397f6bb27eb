"""SecondListen: a larger model transcribes a finished call.

It runs in a thread of the server.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from rehearse import wiring
from rehearse.errors import RehearseError
from rehearse.keeping.rehearsal_folder import RehearsalFolder
from rehearse.keeping.store import Store
from rehearse.rehearsing.listen_again import listen_again, worth_listening_again
from rehearse.rehearsing.rescore import Rescorer
from rehearse.sound import Samples
from rehearse.transcript import Transcriber, Word


class _Stopped(Exception):
    """Another call has begun."""


class _Yielding:
    """A Transcriber that stops before the next turn if a call needs the computer."""

    def __init__(self, transcriber: Transcriber, call_is_on: Callable[[], bool]) -> None:
        self._transcriber = transcriber
        self._call_is_on = call_is_on
        self.name = transcriber.name

    def transcribe(
        self, samples: Samples, *, offset_s: float = 0.0, before: str = ""
    ) -> tuple[Word, ...]:
        if self._call_is_on():
            raise _Stopped
        return self._transcriber.transcribe(samples, offset_s=offset_s, before=before)


class SecondListen:
    """`rehearsal_id`: the call that is being transcribed again, None for none."""

    def __init__(
        self, store: Store, rescorer: Callable[[], Rescorer], call_is_on: Callable[[], bool]
    ) -> None:
        self.rehearsal_id: str | None = None
        self._store = store
        self._rescorer = rescorer
        self._call_is_on = call_is_on

    def begin(self, folder: RehearsalFolder) -> None:
        """Start if words are doubtful and a larger model is installed. Returns at once."""
        rehearsal = folder.load()
        larger = wiring.larger_model(self._store.home, rehearsal.versions.transcriber)
        if larger is None or self.rehearsal_id or not worth_listening_again(rehearsal):
            return
        self.rehearsal_id = folder.id
        threading.Thread(
            target=self._run, args=(folder, larger), name="second-listen", daemon=True
        ).start()

    def _run(self, folder: RehearsalFolder, model: str) -> None:
        def load() -> Transcriber:
            loaded = wiring.load_transcriber(self._store.home, model)
            return _Yielding(loaded, self._call_is_on)

        try:
            while self._call_is_on():  # the call that was just saved is ending
                threading.Event().wait(0.1)
            listen_again(folder, load, self._rescorer())
        except (_Stopped, RehearseError):
            pass  # the first result stays; 'rehearse score ID --listen-again' says why
        finally:
            self.rehearsal_id = None
