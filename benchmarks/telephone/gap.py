"""Gap: reply and result, through page and PortAudio."""

from __future__ import annotations

import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks import talks
from benchmarks.telephone.page_calls import (
    call,
    clip,
    first_page,
    hang_up,
    until,
    wait_for_turn,
    wrong_words,
)
from benchmarks.telephone.room import Room, room
from tests.web.conftest import Server

CALLS = 6
HEARS_FIRST_S = 1.0


@dataclass(frozen=True)
class Times:
    reply_s: float
    """From the end of the candidate's clip at the microphone to the manager's first sound at the
    loudspeaker."""
    result_s: float
    """From "Hang up" to the page of the result."""
    wrong: tuple[int, int]
    """Wrong words and words of the candidate's."""


def table(_: Path | None = None) -> None:
    """Calls in turn through the page and through PortAudio, on the same card."""
    print("\n## Reply gap and time to the result, through the page and through PortAudio")
    print(
        "| call | page: reply, s | PortAudio: reply, s | page: result, s | PortAudio: result, s |"
    )
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder, room() as (air, card):
        homes = Path(folder)
        with (
            sync_playwright() as playwright,
            first_page(playwright, homes / "page", card.env) as through_page,
            first_page(playwright, homes / "card", card.env, "--sound-card") as through_card,
        ):
            found = []
            for place in range(CALLS):
                found.append((_times(*through_page, air), _times(*through_card, air)))
                page, other = found[-1]
                print(f"| {place + 1} | {page.reply_s:.2f} | {other.reply_s:.2f} "
                      f"| {page.result_s:.2f} | {other.result_s:.2f} |", flush=True)  # fmt: skip
    cells = [
        statistics.median(value(pair[which]) for pair in found)
        for value in (lambda times: times.reply_s, lambda times: times.result_s)
        for which in (0, 1)
    ]
    print("| median | " + " | ".join(f"{cell:.2f}" for cell in cells) + " |")
    words = [talks.percent(pair[which].wrong for pair in found) for which in (0, 1)]
    print(f"\nWrong words: {words[0]:.1f} % through the page, {words[1]:.1f} % through PortAudio.")


def _times(page: Page, server: Server, air: Room) -> Times:
    call(page, server, headphones=True)
    wait_for_turn(page)
    air.say(clip())
    until(lambda: air.reply_gap_s() is not None)
    reply_s = air.reply_gap_s()
    assert reply_s is not None
    time.sleep(HEARS_FIRST_S)
    pressed_at = time.monotonic()
    hang_up(page, server)
    result_s = time.monotonic() - pressed_at
    folder = server.home / "rehearsals" / server.rehearsals()[-1]
    return Times(reply_s, result_s, wrong_words(folder))
