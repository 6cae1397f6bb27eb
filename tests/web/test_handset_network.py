"""The handset as it is used: another machine, with nothing but a Wi-Fi between it and this one."""

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from playwright.sync_api import BrowserType, Page, expect

from benchmarks.telephone.link import Link, Weather, inside, linked
from benchmarks.telephone.network import browser_in
from rehearse.engines.audio.audio_file import read_audio
from rehearse.sound import silence
from tests.web.conftest import FLAGS, Server, serving
from tests.web.test_handset import address_in_the_code, ask
from tests.web.test_telephone import QUESTION, in_a_room, journal, microphone

pytestmark = pytest.mark.timeout(500)
WIFI = Weather(delay_s=0.02, jitter_s=0.01)
CUT_S = 5.0
GONE_S = 90.0
"""Noticed after 20 s or a little more, hung up 20 s later, and scored."""


@pytest.fixture
def network() -> Iterator[tuple[Link, str, str]]:
    """A link between two machines of these names; this thread is on the first."""
    if os.name != "posix" or os.geteuid() != 0 or not Path("/dev/net/tun").exists():
        pytest.skip("needs root and /dev/net/tun")
    near, far = f"computer-{os.getpid()}", f"phone-{os.getpid()}"
    with linked(near, far) as link, inside(near):
        yield link, near, far


@pytest.fixture
def computer(
    network: tuple[Link, str, str], chromium: BrowserType, tmp_path: Path
) -> Iterator[tuple[Page, Server]]:
    (tmp_path / "here").mkdir()
    program = browser_in(network[1], tmp_path / "here")
    browser = chromium.launch(executable_path=str(program), args=FLAGS)
    with serving(tmp_path / "home") as server:
        page = browser.new_page()
        page.goto(server.address())
        page.goto(f"{server.base}/handset")
        page.get_by_role("button", name="Show the code").click()
        yield page, server
        browser.close()


@pytest.fixture
def phone(network: tuple[Link, str, str], chromium: BrowserType, tmp_path: Path) -> Iterator[Page]:
    said = in_a_room(read_audio(QUESTION), silence(2.0))
    browser = chromium.launch(
        executable_path=str(browser_in(network[2], tmp_path)),
        args=[*FLAGS, *microphone(tmp_path, said)],
    )
    context = browser.new_context(
        ignore_https_errors=True, viewport={"width": 390, "height": 844}, is_mobile=True
    )
    context.set_default_timeout(60_000)
    yield context.new_page()
    browser.close()


def call(computer: Page, phone: Page, address: str) -> None:
    """Pair the phone and call; returns when the manager listens."""
    phone.goto(address)
    computer.get_by_role("button", name="Yes, the same").click()
    phone.get_by_role("button", name="Call now").click()
    expect(phone.locator("[data-state=yours]")).to_be_visible()


def test_a_call_is_cut_and_comes_back_and_nobody_else_gets_in(
    network: tuple[Link, str, str], computer: tuple[Page, Server], phone: Page
) -> None:
    link, _, _ = network
    page, server = computer
    link.weather = WIFI
    address = address_in_the_code(page)
    call(page, phone, address)
    assert ask(address, address[address.index("/enter") :])[0] == 403, "the secret once more"

    time.sleep(3)
    link.weather = Weather(loss=1.0)
    time.sleep(CUT_S)
    link.weather = WIFI
    expect(phone.locator("[data-line-text]")).to_be_hidden()
    time.sleep(12)
    phone.get_by_role("button", name="I’m done talking").click()
    expect(phone.locator("[data-state=theirs]")).to_be_visible()
    phone.get_by_role("button", name="Hang up").click()
    expect(phone.get_by_text("The call is over")).to_be_visible(timeout=180_000)
    page.wait_for_url(re.compile("/rehearsals/"))

    [turn] = [event for event in journal(server) if event["event"] == "CandidateSaid"][:1]
    assert "SoundLost" not in [event["event"] for event in journal(server)]
    sound, rate = soundfile.read(next(server.home.glob("rehearsals/*/call.wav")))
    begins, ends = (round(float(str(turn[at])) * rate) for at in ("start_s", "end_s"))
    assert ends - begins > 18 * rate
    parts = sound[begins : begins + (ends - begins) // rate * rate, 0].reshape(-1, rate // 4)
    assert np.abs(parts).max(axis=1).all(), "what was said while the network was gone came after it"


def test_a_phone_that_is_gone_without_a_word_ends_the_call(
    network: tuple[Link, str, str], computer: tuple[Page, Server], phone: Page
) -> None:
    link, _, _ = network
    page, _ = computer
    link.weather = WIFI
    call(page, phone, address_in_the_code(page))
    time.sleep(3)
    link.weather = Weather(loss=1.0)  # its battery is empty
    expect(page.locator("[data-call-text]")).to_contain_text("The call waits")
    page.wait_for_url(re.compile("/rehearsals/"), timeout=GONE_S * 1000)
