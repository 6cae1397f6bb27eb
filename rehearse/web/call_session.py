"""CallSession: one call in a thread of the server."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable
from typing import Any

from rehearse.calling.events import CandidateSaid, Event, Listening, UnderstoodSoFar
from rehearse.calling.line import Key, NoLine
from rehearse.engines.browser.browser_line import BrowserLine
from rehearse.errors import RehearseError
from rehearse.rehearsing.call_setup import Speaking
from rehearse.report.call_card import CallCard
from rehearse.report.call_lines import call_text
from rehearse.report.checklist import Checklist
from rehearse.web.everyday_words import for_a_page
from rehearse.web.page_keys import PageKeys, PageTurns


class CallSession:
    """Runs `hold` in a thread: it gets the keys and a listener and returns the rehearsal's id."""

    def __init__(
        self,
        hold: Callable[[PageKeys, Callable[[Event], None]], str],
        whom: str,
        *,
        company: str = "",
        sheet: str = "",
        speaking: Speaking = Speaking.VOICE,
        captions: bool = True,
        hints: bool = False,
        line: BrowserLine | None = None,
        card: CallCard | None = None,
        on_phone: bool = False,
    ) -> None:
        self.card = card
        self.on_phone = on_phone
        """Whether the person's own phone is the telephone of this call."""
        self.captions = captions
        """Whether the page shows what the manager says; the person may switch it."""
        self.line = line
        """The page's line; None if the call uses the computer's own devices."""
        self.speaking = speaking
        self.whom = whom
        self.company = company
        self.sheet = sheet
        self.keys = PageTurns() if speaking is Speaking.TYPED else PageKeys()
        self.checklist = Checklist() if hints else None
        self.seen = False
        """Whether a page has shown this call."""
        self._events: list[dict[str, Any]] = []
        self._level: dict[str, Any] = {"event": "Level", "level_dbfs": None, "voiced": False}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(hold,), name="call", daemon=True)
        self._thread.start()

    @property
    def initials(self) -> str:
        """The first letters of the first and the last name."""
        names = self.whom.split()
        return "".join(name[0] for name in names[:1] + names[1:][-1:]).upper()

    @property
    def over(self) -> bool:
        return self._over.is_set()

    def events_from(self, place: int) -> list[dict[str, Any]]:
        """The events from number `place` on. A request shows that the page is still open."""
        self.keys.page_is_open()
        return self._events[place:]

    @property
    def failed(self) -> bool:
        """Whether there was no call, or it broke off with an error."""
        return self.over and self._events[-1]["event"] == "Failed"

    @property
    def so_far(self) -> list[dict[str, Any]]:
        """The events until now, for a page that only looks on: it keeps no call alive."""
        return list(self._events)

    @property
    def level(self) -> dict[str, Any]:
        """The microphone's newest level."""
        return self._level

    def hang_up(self, wait_s: float = 0.0) -> None:
        """End the call; what was said so far is kept and scored."""
        self.keys.press(Key.HANG_UP)
        self._thread.join(wait_s)

    def _run(self, hold: Callable[[PageKeys, Callable[[Event], None]], str]) -> None:
        try:
            rehearsal_id = hold(self.keys, self._listen)
            self._events.append({"event": "Kept", "id": rehearsal_id})
        except RehearseError as error:
            self._fail(error)
        except Exception as error:
            self._fail(
                RehearseError(
                    f"Something went wrong inside the program ({type(error).__name__}).",
                    "What was recorded is kept; the list shows it.",
                )
            )
        finally:
            self._over.set()

    def _fail(self, error: RehearseError) -> None:
        shown = for_a_page(error)
        self._events.append(
            {
                "event": "Failed",
                "problem": shown.problem,
                "remedy": shown.remedy,
                "typing_helps": isinstance(error, NoLine),
            }
        )

    def _listen(self, event: Event) -> None:
        if isinstance(event, Listening):
            self._level = {
                "event": "Level",
                "level_dbfs": round(event.level_dbfs, 1),
                "voiced": event.voiced,
            }
            return
        typed = self.speaking is Speaking.TYPED
        shown: dict[str, Any] = {
            "event": type(event).__name__,
            "text": call_text(event, typed=typed),
        }
        if isinstance(event, UnderstoodSoFar):
            hint = self.checklist.changed(event) if self.checklist is not None else None
            if hint is None:
                return
            shown.update(text=hint, at_s=event.at_s)
        elif not isinstance(event, CandidateSaid):
            shown.update(dataclasses.asdict(event) | {"text": shown["text"]})
        elif typed:
            shown["said"] = " ".join(word.text for word in event.words)
        self._events.append(shown)
