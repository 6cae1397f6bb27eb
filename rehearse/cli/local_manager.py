"""Local manager: a language model phrases the manager's lines."""

from __future__ import annotations

import contextlib
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rehearse.cli.output import report_width, say
from rehearse.errors import RehearseError

if TYPE_CHECKING:
    from rehearse.calling.events import Event
    from rehearse.calling.phrasing import Phraser
    from rehearse.rehearsing.call_setup import CallSetup
    from rehearse.rehearsing.manager_address import ManagerAddress


@dataclass
class LocalManager:
    """The model of one call, and an EventListener that counts what it phrased.

    `sent_to`: the other computer that gets the words of the call, None if it is this one.
    """

    phraser: Phraser
    sent_to: str | None
    phrased: int = 0
    why_not: Counter[str] = field(default_factory=Counter)

    def __call__(self, event: Event) -> None:
        from rehearse.calling.events import ManagerSaid, NotPhrased

        if isinstance(event, ManagerSaid):
            self.phrased += bool(event.scripted)
        elif isinstance(event, NotPhrased):
            self.why_not[event.why] += 1

    def summary(self) -> str:
        """How many replies the model phrased, and why not the others."""
        scripted = self.why_not.total()
        text = f"{self.phraser.name} phrased {self.phrased} of {self.phrased + scripted} replies."
        if scripted:
            reasons = "; ".join(f"{why} ({n})" for why, n in self.why_not.most_common())
            text += f" The others are the script's: {reasons}."
        return text


@contextlib.contextmanager
def local_manager(
    address: str | None, model: str | None, setup: CallSetup, home: Path
) -> Iterator[LocalManager]:
    """The model, found and tried out before the phone rings. Raises RehearseError."""
    from rehearse import wiring
    from rehearse.rehearsing.manager_address import parse_address

    where = parse_address(address) if address else None
    sent_to = None if where is None or where.is_this_computer else where.host
    if where is not None and sent_to is not None:
        _confirm(where, home)
    with contextlib.closing(wiring.find_phraser(where, model)) as phraser:
        say(f"Manager's words: {phraser.name}. Trying it ...")
        took_s = _try_out(phraser, setup)
        if took_s is not None:
            say(
                f"It took {took_s:.1f} s for one line: most replies will be the script's. A "
                "smaller model is faster."
            )
        if sent_to is not None:
            say(f"What is said in this call goes to {sent_to}.")
        yield LocalManager(phraser, sent_to)


def _confirm(address: ManagerAddress, home: Path) -> None:
    """Ask once whether the words may go to another computer."""
    from rehearse.keeping.confirmed_hosts import ConfirmedHosts
    from rehearse.report.paragraph import paragraph

    confirmed = ConfirmedHosts(home)
    kept_as = address.url.partition("://")[0] + "://" + address.host
    if kept_as in confirmed:
        return
    stays = "Leave out --manager-address to use a model on this computer."
    if sys.stdin is None or not sys.stdin.isatty():
        raise RehearseError(
            f"You have not confirmed yet that the words of your calls may go to {address.host}.",
            f"Start the call once in a terminal, where you are asked. {stays}",
        )
    way = "encrypted" if address.is_encrypted else "not encrypted: others on the way can read it"
    asked = (
        f"{address.host} is another computer. In every call with this address what you say, what "
        "the manager says, and the manager, company, job and business on your call sheet go there "
        f"({way})."
    )
    say(paragraph(asked, width=report_width()))
    if not click.confirm(f"Send it to {address.host}?", default=False):
        raise RehearseError("Nothing was sent.", stays)
    confirmed.add(kept_as, date.today().isoformat())


def _try_out(phraser: Phraser, setup: CallSetup) -> float | None:
    """Let the model phrase a line, so that it is loaded. Seconds, if it is too slow for a call."""
    from rehearse.calling.manager import STAND_IN_NAME
    from rehearse.calling.phrase_request import request_for, scene_of
    from rehearse.calling.phrasing import WAIT_S, PhraserFailed
    from rehearse.transcript import Speaker, Utterance, words_of_text

    scene = scene_of(setup.scenario, setup.sheet, setup.sheet.manager or STAND_IN_NAME)
    caller = Utterance(Speaker.CANDIDATE, words_of_text("Hello, is this a good time to talk?"))
    messages = request_for(scene, [caller], ["Yes, go ahead. What is it about?"])
    took_s = 0.0
    for _ in range(2):  # the first may have to wait until the model is loaded
        begun = time.monotonic()
        written: Future[str] = phraser.begin(messages)
        try:
            written.result()
        except PhraserFailed as failed:
            if not failed.it_wrote:
                raise RehearseError(
                    f"{phraser.name} could not be tried: {failed.why}.",
                    "Look at what the server itself says, name another model with "
                    "--manager-model, or leave out --manager local.",
                ) from failed
        took_s = time.monotonic() - begun
        if took_s <= WAIT_S:
            return None
    return took_s
