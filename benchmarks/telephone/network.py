"""Network: the handset in a bad Wi-Fi, measured."""

from __future__ import annotations

import contextlib
import re
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks import talks
from benchmarks.telephone.link import Link, Weather, inside, linked
from benchmarks.telephone.page_calls import browser_page, clip, kept, until, wrong_words
from benchmarks.telephone.room import Room, place_of, room
from rehearse.sound import Samples, level_dbfs, sample_count
from tests.web.conftest import CHROMIUM, Server, serving

CALLS = 6
GOOD = Weather()
BAD = Weather(delay_s=0.05, jitter_s=0.03, loss=0.02)
NEAR, FAR = "rehearse-computer", "rehearse-handset"
HEARS_S = 6.0
WINDOW_S = 0.2
VOICED_DBFS = -40.0
PLACED_S = 0.4
"""Of a line, enough to find it; the hang-up leaves less of the last one."""


CUT_AFTER_S = 4.0
CUT_S = 5.0


@dataclass(frozen=True)
class Measured:
    wrong_words: int
    words: int
    reply_s: float
    longest_gap_s: float
    lost_packets: float


def table(keep: Path | None = None) -> None:
    """Calls on the handset in turn over a good and a bad network. `keep`: a folder for their
    rehearsals."""
    print("\n## The handset; bad: 50 ms of delay, 30 ms of jitter, 2 % loss, each way")
    print("| network | wrong words | reply gap, s | longest gap in a line, s | packets lost |")
    print("|---|---|---|---|---|")
    found: dict[Weather, list[Measured]] = {GOOD: [], BAD: []}
    with _paired(keep) as (link, air, phone, server):
        for _ in range(CALLS):
            for weather in found:
                link.weather = weather
                found[weather].append(_measured(phone, server, air, link))
                _row("good" if weather is GOOD else "bad", found[weather][-1:])
        link.weather = GOOD
        cut = [_measured(phone, server, air, link, cut=True)]
    for weather, name in ((GOOD, "**good, all**"), (BAD, "**bad, all**")):
        _row(name, found[weather])
    _row(f"cut for {CUT_S:g} s while you speak", cut)


def _row(name: str, calls: list[Measured]) -> None:
    wrong = talks.percent((call.wrong_words, call.words) for call in calls)
    reply_s = statistics.median(call.reply_s for call in calls)
    gap_s = max(call.longest_gap_s for call in calls)
    lost = statistics.mean(call.lost_packets for call in calls)
    print(f"| {name} | {wrong:.1f} % | {reply_s:.2f} | {gap_s:.2f} | {100 * lost:.1f} % |",
          flush=True)  # fmt: skip


@contextlib.contextmanager
def _paired(keep: Path | None) -> Iterator[tuple[Link, Room, Page, Server]]:
    """A computer, a phone that is its handset, and the link between them."""
    with (
        tempfile.TemporaryDirectory() as folder,
        room() as (air, card),
        linked(NEAR, FAR) as link,
        inside(NEAR),
        serving(keep or Path(folder) / "home", card.env) as server,
        sync_playwright() as playwright,
        browser_page(playwright, card.env) as page,
        browser_page(playwright, card.env, browser_in(FAR, Path(folder))) as phone,
    ):
        page.goto(server.address())
        page.goto(f"{server.base}/handset")
        page.get_by_role("button", name="Show the code").click()
        phone.goto(page.locator("details code").text_content() or "")
        page.get_by_role("button", name="Yes, the same").click()
        phone.get_by_role("button", name="Call now").wait_for()
        page.goto("about:blank")
        yield link, air, phone, server


def browser_in(name: str, folder: Path) -> Path:
    """A program, in `folder`, that is Chromium in the namespace `name`."""
    program = folder / "browser"
    program.write_text(f'#!/bin/sh\nexec ip netns exec {name} {CHROMIUM} "$@"\n')
    program.chmod(0o755)
    return program


def _measured(phone: Page, server: Server, air: Room, link: Link, *, cut: bool = False) -> Measured:
    carried, lost, began = link.carried, link.lost, air.now
    phone.get_by_role("button", name=re.compile("Call now")).click()
    phone.locator("[data-state=yours]").wait_for()
    air.say(clip())
    if cut:
        time.sleep(CUT_AFTER_S)
        link.weather = Weather(loss=1.0)
        time.sleep(CUT_S)
        link.weather = GOOD
    until(lambda: air.reply_gap_s() is not None)
    reply_s = air.reply_gap_s()
    assert reply_s is not None
    time.sleep(HEARS_S)
    phone.get_by_role("button", name="Hang up").click()
    phone.get_by_role("link", name="Call again").click()
    folder = server.home / "rehearsals" / server.rehearsals()[-1]
    wrong, words = wrong_words(folder)
    call = kept(folder)
    played = air.played_since(began)
    manager = call.sound[:, 1]
    lines = [manager[sample_count(at_s) : sample_count(end_s)] for at_s, end_s in call.lines()]
    gaps = [_longest_gap_s(line, played) for line in lines if len(line) >= sample_count(PLACED_S)]
    return Measured(wrong, words, reply_s, max(gaps), (link.lost - lost) / (link.carried - carried))


def _longest_gap_s(line: Samples, played: Samples) -> float:
    """The longest silence in what was played that is not in the line itself."""
    begin_s, alike = place_of(line[: sample_count(1.0)], played)
    if alike < 0.8:
        begin_s, _ = place_of(line[: sample_count(PLACED_S)], played)
    late_s = longest_s = 0.0
    size = sample_count(WINDOW_S)
    for at in range(0, len(line) - size, size // 2):
        piece = line[at : at + size]
        if level_dbfs(piece) < VOICED_DBFS:
            continue
        # It cannot come sooner than what was before it.
        start = sample_count(begin_s + late_s) + at - sample_count(0.01)
        there = played[max(0, start) : start + sample_count(2.0)]
        if len(there) < 2 * size:
            break  # hung up
        found_s, alike = place_of(piece, there)
        if alike < 0.95:
            continue
        now_s = late_s + found_s - 0.01
        longest_s = max(longest_s, now_s - late_s)
        late_s = now_s
    return longest_s
