"""DrillSession: the rounds of one part; nothing is stored."""

from __future__ import annotations

from collections.abc import Callable

from rehearse.calling.events import EventListener
from rehearse.calling.line import Controls, NoLine
from rehearse.engines.browser.browser_line import BrowserLine
from rehearse.errors import RehearseError
from rehearse.rehearsing.drill import Part, Round
from rehearse.web.call_session import CallSession
from rehearse.web.everyday_words import for_a_page
from rehearse.web.page_keys import PageKeys

STOP_WAIT_S = 5.0


class DrillSession:
    """`rounds`: the rounds so far. `trouble`: why the last one could not be held."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.rounds: list[Round] = []
        self.trouble: RehearseError | None = None
        self.live: CallSession | None = None
        self.typing = False
        """Whether the last round was typed; the page offers the next one the same way."""

    @property
    def is_on(self) -> bool:
        return self.live is not None and not self.live.over

    def begin(
        self,
        hold: Callable[[Controls, EventListener], Round | None],
        line: BrowserLine | None = None,
    ) -> None:
        """Hold one round; `hold` returns None for a stopped round."""

        def one_round(keys: PageKeys, listen: EventListener) -> str:
            try:
                held = hold(keys, listen)
                if held is not None:
                    self.rounds.append(held)
            except RehearseError as error:
                self.trouble, self.typing = for_a_page(error), isinstance(error, NoLine)
            except Exception as error:
                self.trouble = RehearseError(
                    f"Something went wrong inside the program ({type(error).__name__}).",
                    "Try the round again.",
                )
            return str(len(self.rounds))

        self.trouble, self.typing = None, False
        self.live = CallSession(one_round, whom="", line=line)

    def add_typed(self, one: Round) -> None:
        """Add a typed round."""
        self.rounds.append(one)
        self.trouble, self.typing = None, True

    def stop(self) -> None:
        """End the current round and release the microphone."""
        if self.live is not None and self.is_on:
            self.live.hang_up(STOP_WAIT_S)
