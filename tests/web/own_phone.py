"""Own phone: a person's computer and phone, each with a browser of its own, paired."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import BrowserType, Page, expect

from rehearse.engines.audio.audio_file import read_audio
from rehearse.errors import RehearseError
from rehearse.sound import silence
from rehearse.web.handset.handset import home_address
from tests.web.conftest import CHROMIUM, FLAGS, WAIT_MS, Server, serving
from tests.web.test_telephone import QUESTION, in_a_room, microphone

SOON_MS = 10_000
"""A page that looks once a second has seen it by then, also on a busy machine."""


def in_a_network() -> bool:
    try:
        home_address()
    except RehearseError:
        return False
    return True


def small(flags: list[str], chromium: BrowserType) -> Page:
    """A page on a phone's screen, whose person goes on after the warning."""
    browser = chromium.launch(executable_path=str(CHROMIUM), args=flags)
    context = browser.new_context(
        ignore_https_errors=True,
        viewport={"width": 390, "height": 844},
        is_mobile=True,
        has_touch=True,
    )
    context.set_default_timeout(WAIT_MS)
    return context.new_page()


@dataclass(frozen=True)
class Pair:
    """The pages of computer and phone; `code`: the address in the code, used up."""

    computer: Page
    phone: Page
    server: Server
    code: str

    def on_phone(self, path: str) -> str:
        return self.code.split("/enter")[0] + path

    def call(self) -> None:
        """Call from the phone; returns when the manager listens."""
        self.phone.get_by_role("button", name="Call now").click()
        expect(self.phone.locator("[data-state=yours]")).to_be_visible()

    def hang_up(self) -> None:
        self.phone.get_by_role("button", name="Hang up").click()
        expect(self.phone.get_by_text("The call is over")).to_be_visible()


@contextmanager
def paired(chromium: BrowserType, folder: Path, *, hears: bool = True) -> Iterator[Pair]:
    """`hears`: whether the phone may use its microphone, which then asks the question."""
    if not in_a_network():
        pytest.skip("needs a network address besides 127.0.0.1")
    flags = [flag for flag in FLAGS if "autoplay" not in flag]
    heard = microphone(folder, in_a_room(read_audio(QUESTION), silence(2.0))) if hears else []
    browser = chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
    phone = small([*flags, *heard], chromium)
    with serving(folder / "home") as server:
        computer = browser.new_context().new_page()
        computer.set_default_timeout(WAIT_MS)
        computer.goto(server.address())
        computer.goto(f"{server.base}/handset")
        computer.get_by_role("button", name="Show the code").click()
        code = computer.locator("details code").text_content() or ""
        phone.goto(code)
        computer.get_by_role("button", name="Yes, the same").click()
        expect(phone.get_by_role("button", name="Call now")).to_be_visible()
        yield Pair(computer, phone, server, code)
        browser.close()
        assert phone.context.browser is not None
        phone.context.browser.close()
