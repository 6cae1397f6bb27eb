"""Page calls: held from a browser on a virtual card."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
from playwright.sync_api import Page, Playwright

from benchmarks import talks
from rehearse.engines.audio.audio_file import read_audio
from rehearse.sound import Samples
from tests.program import FIXTURES
from tests.web.conftest import CHROMIUM, FLAGS, Server, serving

CLIP = FIXTURES / "d_question_only__piper-joe.flac"
LIMIT_MS = 120_000


@dataclass(frozen=True)
class Kept:
    """What a call left behind. `sound`: shape (n, 2), the candidate and the manager."""

    events: list[dict[str, object]]
    sound: Samples

    def at(self, name: str) -> list[float]:
        """When each event of this name was, in seconds of the call."""
        return [float(str(one["at_s"])) for one in self.events if one["event"] == name]

    def lines(self) -> list[tuple[float, float]]:
        """When each of the manager's lines begins and ends."""
        said = [one for one in self.events if one["event"] == "ManagerSaid"]
        return [(float(str(one["at_s"])), float(str(one["end_s"]))) for one in said]


def kept(folder: Path) -> Kept:
    lines = (folder / "events.jsonl").read_text().splitlines()
    sound, _ = soundfile.read(folder / "call.wav", dtype="float32")
    return Kept([json.loads(line) for line in lines], np.asarray(sound))


def wrong_words(folder: Path) -> tuple[int, int]:
    """Of what the candidate said when the room said CLIP: wrong words, words."""
    rehearsal = json.loads((folder / "rehearsal.json").read_text())
    said = " ".join(
        word["text"]
        for turn in rehearsal["transcript"]["utterances"]
        if turn["speaker"] == "candidate"
        for word in turn["words"]
    )
    return talks.errors(CLIP.with_suffix(".txt").read_text(), said)


@contextlib.contextmanager
def first_page(
    playwright: Playwright, home: Path, env: Mapping[str, str], *options: str
) -> Iterator[tuple[Page, Server]]:
    """The first page in a browser whose microphone and loudspeaker are those of `env`; `options` of
    the program."""
    with (
        serving(home, env, *options) as server,
        browser_page(playwright, env) as page,
    ):
        page.goto(server.address())
        yield page, server


@contextlib.contextmanager
def browser_page(
    playwright: Playwright, env: Mapping[str, str], program: Path = CHROMIUM
) -> Iterator[Page]:
    """A page of a browser that may use the microphone, as large as a phone's."""
    browser = playwright.chromium.launch(
        executable_path=str(program), args=[*FLAGS, "--use-fake-ui-for-media-stream"],
        env=dict(env), ignore_default_args=["--mute-audio"],
    )  # fmt: skip
    try:
        context = browser.new_context(
            viewport={"width": 390, "height": 844}, ignore_https_errors=True
        )
        context.set_default_timeout(LIMIT_MS)
        yield context.new_page()
    finally:
        browser.close()


def call(page: Page, server: Server, headphones: bool = False) -> None:
    """Ring, from the first page."""
    page.goto(server.base)
    page.locator("details.more > summary").click()
    page.locator("[name=headphones]").set_checked(headphones)
    page.get_by_role("button", name="Call now").click()


def wait_for_turn(page: Page) -> None:
    page.locator("[data-state=yours]").wait_for()


def hang_up(page: Page, server: Server) -> Kept:
    page.get_by_role("button", name="Hang up").click()
    return result(page, server)


def result(page: Page, server: Server) -> Kept:
    page.wait_for_url("**/rehearsals/**", timeout=LIMIT_MS)
    return kept(server.home / "rehearsals" / server.rehearsals()[-1])


def clip() -> Samples:
    return read_audio(CLIP)


def until(condition: Callable[[], bool], limit_s: float = 150.0) -> None:
    ends_at = time.monotonic() + limit_s
    while not condition():
        if time.monotonic() > ends_at:
            raise TimeoutError
        time.sleep(0.01)
