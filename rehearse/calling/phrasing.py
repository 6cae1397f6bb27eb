"""Phrasing: the script's lines, said by a language model.

The script decides what is said, a Phraser how. It begins in the caller's pauses, like the voice.
What it writes is spoken as a whole or not at all: if it is late, breaks off or does not pass the
check, the manager says the lines as the script has them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotReady
from typing import Protocol

from rehearse.calling.manager import ManagerLine, Who
from rehearse.calling.phrase_check import Rejected, Task, checked
from rehearse.calling.phrase_request import Message, Scene, request_for
from rehearse.calling.scenario import Moment
from rehearse.errors import RehearseError
from rehearse.scoring.language import LanguageDetector
from rehearse.transcript import Speaker, Utterance

FIRST_SOUND_S = 1.5
"""After the caller's turn the manager's first sound comes within this time."""
WAIT_S = FIRST_SOUND_S - 0.2
"""What the model and the voice have of it; the script's line, which is ready, can still begin."""
OF_THE_BUSINESS = frozenset(
    {Moment.ANSWER, Moment.ANSWER_AGAIN, Moment.ABOUT_BUSINESS, Moment.EXAMPLE}
)
"""Moments whose content has to come through: the critical question is answered, and what the
manager says about the business fits together."""
LATE_IN_A_ROW = 2
"""After so many late replies nobody waits for the model any more. What is ready is still used."""


class PhraserFailed(Exception):
    """`why` is a statement without spoken words. `it_wrote`: the model works, but goes on."""

    def __init__(self, why: str, *, it_wrote: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.it_wrote = it_wrote


class Phraser(Protocol):
    """A language model that says lines in other words."""

    name: str
    """Model and address, as shown on the screen."""

    def begin(self, messages: Sequence[Message]) -> Future[str]:
        """What it writes, in the background. Cancelling breaks it off. Fails as PhraserFailed."""
        ...


class Phrasing:
    """One call's. `render` makes the sound of a text, so that it is ready when it is said.

    With `waits`, it waits as long as it takes: for recordings, where no time passes.
    """

    def __init__(
        self,
        phraser: Phraser,
        scene: Scene,
        languages: LanguageDetector,
        render: Callable[[str], object],
        *,
        waits: bool = False,
    ) -> None:
        self._waits = waits
        self._phraser = phraser
        self._scene = scene
        self._languages = languages
        self._render = render
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="phrasing")
        self._pool.submit(languages.language, "It loads its model with the first text.")
        self._messages: tuple[Message, ...] = ()
        self._written: Future[str] | None = None
        self._ready: Future[str] | None = None
        self._late = 0

    def begin(self, lines: Sequence[ManagerLine], utterances: Sequence[Utterance]) -> None:
        """Begin to write what would be said instead of `lines`; what was begun before is dropped.

        Returns at once. `utterances`: the call so far.
        """
        if not _can_be_phrased(lines, utterances):
            return
        task = Task(
            script=tuple(line.text for line in lines),
            hangs_up=lines[-1].hangs_up,
            spoken=tuple(utterances),
            manager=self._scene.manager,
            facts=tuple(line.text for line in lines if line.moment in OF_THE_BUSINESS),
        )
        messages = request_for(self._scene, utterances, task.script)
        if messages == self._messages and self._ready is not None:
            return
        self._drop()
        self._messages = messages
        written = self._written = self._phraser.begin(messages)
        self._ready = self._pool.submit(self._finish, written, task)

    def phrased(
        self, lines: tuple[ManagerLine, ...], utterances: Sequence[Utterance]
    ) -> tuple[tuple[ManagerLine, ...], str]:
        """The lines to say now, and why they are the script's, "" if they are not or were never to
        be phrased."""
        if not _can_be_phrased(lines, utterances):
            return lines, ""
        self.begin(lines, utterances)
        assert self._ready is not None
        try:
            text = self._ready.result(self._wait_s())
        except NotReady:
            self._late += 1
            self._drop()
            return lines, f"it was not ready in time for a first sound within {FIRST_SOUND_S:g} s"
        except PhraserFailed as failed:
            return lines, failed.why
        except Rejected as rejected:
            return lines, f"the model {rejected.why}"
        except RehearseError:
            return lines, "it could not be checked or spoken"
        except CancelledError:
            return lines, "it was broken off"
        self._late = 0
        script = tuple(line.text for line in lines)
        return (dataclasses.replace(lines[-1], text=text, scripted=script),), ""

    def _wait_s(self) -> float | None:
        if self._waits:
            return None
        return WAIT_S if self._late < LATE_IN_A_ROW else 0.0

    def close(self) -> None:
        """Drop what is being written."""
        self._drop()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _drop(self) -> None:
        if self._written is not None:
            self._written.cancel()
        if self._ready is not None:
            self._ready.cancel()
        self._messages, self._written, self._ready = (), None, None

    def _finish(self, written: Future[str], task: Task) -> str:
        text = checked(written.result(), task, self._languages)
        self._render(text)
        return text


def _can_be_phrased(lines: Sequence[ManagerLine], utterances: Sequence[Utterance]) -> bool:
    """Replies of the manager's own to something that was said."""
    was_spoken_to = bool(utterances) and utterances[-1].speaker is Speaker.CANDIDATE
    return was_spoken_to and all(line.who is Who.MANAGER and line.text for line in lines)
