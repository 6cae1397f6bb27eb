"""Fixtures: a real server with real rehearsals, and a real headless Chromium."""

import json
import os
import re
import shutil
import subprocess
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, expect, sync_playwright

from benchmarks.picture_homes import SHEET
from tests.cli.test_call_live import room
from tests.made_once import made_once
from tests.program import FIXTURES, command, rehearse
from tests.sound_card import VirtualSoundCard

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
]  # fmt: skip

WAIT_MS = 120_000
"""For a page that speaks or scores before it shows: seconds, many more on a busy machine."""

expect.set_options(timeout=WAIT_MS)

CopyOf = Callable[[str, str], str]


@dataclass(frozen=True)
class Server:
    """A running `rehearse review`."""

    home: Path
    process: subprocess.Popen[str]
    printed: str

    @property
    def contact(self) -> dict[str, object]:
        return json.loads((self.home / "review.json").read_text())

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.contact['port']}"

    def address(self) -> str:
        """A new address that opens once, requested the way a second `rehearse review` does."""
        request = urllib.request.Request(
            f"{self.base}/another",
            method="POST",
            headers={"Authorization": f"Bearer {self.contact['key']}"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.read().decode()

    def rehearsals(self) -> list[str]:
        """Oldest first."""
        return sorted(path.name for path in (self.home / "rehearsals").iterdir())


Telephone = Callable[..., tuple[Page, Server]]
NO_PORTAUDIO = "raise OSError('PortAudio library not found')\n"


@contextmanager
def serving(
    home: Path,
    env: Mapping[str, str] | None = None,
    *options: str,
    verb: str = "review",
    run: Callable[..., list[str]] = command,
) -> Iterator[Server]:
    process = subprocess.Popen(
        run(home, verb, "--no-browser", *options),
        env={**os.environ, **(env or {}), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    printed = ""
    try:
        while "Ctrl-C" not in printed:
            line = process.stdout.readline()
            assert line, f"the server did not start: {printed}"
            printed += line
        yield Server(home, process, printed)
    finally:
        process.terminate()
        process.wait(timeout=30)
        process.stdout.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[BrowserType]:
    """To launch browsers with flags of their own."""
    if not CHROMIUM.exists():
        pytest.skip("needs Chromium: sudo apt install chromium")
    with sync_playwright() as playwright:
        yield playwright.chromium


@pytest.fixture(scope="session")
def browser(chromium: BrowserType) -> Iterator[Browser]:
    browser = chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def two_calls(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a weak and then a strong rehearsal, made by the real pipeline: a copy."""
    made = made_once(tmp_path_factory, "two-calls", _hold_two_calls)
    return shutil.copytree(made, tmp_path_factory.mktemp("a-copy"), dirs_exist_ok=True)


def _hold_two_calls(home: Path) -> None:
    (home / "sheets").mkdir()
    (home / "sheets" / "northwind.toml").write_text(SHEET)
    for clip in ("b_weak__piper-joe.flac", "a_strong__piper-joe.flac"):
        held = rehearse(home, "call", "--candidate", FIXTURES / clip, "--no-sound", "--seed", "2")
        assert held.status == 0, held.all


@pytest.fixture(scope="session")
def server(two_calls: Path) -> Iterator[Server]:
    with serving(two_calls) as running:
        yield running


@pytest.fixture
def copy_of(server: Server) -> Iterator[CopyOf]:
    """Copies a rehearsal (ID, new ID) for a test that changes it. The copy is as old as its ID
    says, and gone after the test: other tests see the two calls only."""
    folder = server.home / "rehearsals"
    copies = []

    def copy(rehearsal_id: str, new_id: str) -> str:
        shutil.copytree(folder / rehearsal_id, folder / new_id)
        copies.append(folder / new_id)
        file = folder / new_id / "rehearsal.json"
        kept = json.loads(file.read_text())
        began = datetime.strptime(new_id, "%Y%m%d-%H%M%S").astimezone().isoformat()
        file.write_text(json.dumps(kept | {"id": new_id, "number": 0, "started_at": began}))
        return new_id

    yield copy
    for made in copies:
        shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def context(browser: Browser, server: Server) -> Iterator[BrowserContext]:
    """A browser that was let in. Any error or warning of a page fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    complaints: list[str] = []
    context.on(
        "console",
        lambda message: (
            complaints.append(message.text)
            if message.type in ("error", "warning") and not re.search("status of 40", message.text)
            else None
        ),
    )
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.set_default_timeout(WAIT_MS)
    page = context.new_page()
    page.goto(server.address())
    page.close()
    yield context
    context.close()
    assert not complaints


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def phone(
    browser: Browser, sound_card: VirtualSoundCard, tmp_path: Path
) -> Iterator[tuple[Page, Server]]:
    """The first page on a screen as small as a phone's; calls use this computer's sound card."""
    noise = sound_card.start_playing(room(300))
    with serving(tmp_path, sound_card.env, "--sound-card") as server:
        context = browser.new_context(viewport={"width": 400, "height": 850})
        context.set_default_timeout(90_000)
        page = context.new_page()
        page.goto(server.address())
        yield page, server
        context.close()
    noise.terminate()
    noise.wait()


@pytest.fixture
def telephone(chromium: BrowserType, tmp_path: Path) -> Iterator[Telephone]:
    """The first page in a browser of its own, on a machine without PortAudio."""
    (tmp_path / "sounddevice.py").write_text(NO_PORTAUDIO)
    env = {"PYTHONPATH": os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])}
    # As people have it: no page may make sound before it was touched.
    usual = [flag for flag in FLAGS if "autoplay" not in flag]
    browsers: list[Browser] = []
    with serving(tmp_path / "home", env) as server:

        def open_first_page(*flags: str) -> tuple[Page, Server]:
            browser = chromium.launch(executable_path=str(CHROMIUM), args=[*usual, *flags])
            browsers.append(browser)
            page = browser.new_context(viewport={"width": 390, "height": 850}).new_page()
            page.set_default_timeout(90_000)
            page.goto(server.address())
            return page, server

        yield open_first_page
        for browser in browsers:
            browser.close()
