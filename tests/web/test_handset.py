"""A person's own phone as the handset: paired once, encrypted, and nothing else is served. All of
the first call is done by keyboard."""

import http.client
import json
import re
import signal
import ssl
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pytest
import soundfile
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserType, Page, expect

from rehearse.engines.audio.audio_file import read_audio
from rehearse.sound import SAMPLE_RATE_HZ, silence
from tests.program import rehearse
from tests.web.conftest import CHROMIUM, FLAGS, Server, serving
from tests.web.keyboard import check_controls, press
from tests.web.own_phone import in_a_network
from tests.web.test_appearance import RULES
from tests.web.test_telephone import QUESTION, in_a_room, journal, microphone

pytestmark = pytest.mark.timeout(500)


@pytest.fixture
def computer(chromium: BrowserType, tmp_path: Path) -> Iterator[tuple[Page, Server]]:
    """The page with the code, opened by the person."""
    if not in_a_network():
        pytest.skip("needs a network address besides 127.0.0.1")
    browser = chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
    with serving(tmp_path / "home") as server:
        page = browser.new_page()
        page.goto(server.address())
        page.goto(f"{server.base}/handset")
        press(page, page.get_by_role("button", name="Show the code"))
        expect(page.locator(".qr svg")).to_be_visible()
        yield page, server
        browser.close()


@pytest.fixture
def phone(chromium: BrowserType, tmp_path: Path) -> Iterator[Page]:
    """A browser of its own, small, whose person goes on after the warning."""
    flags = [flag for flag in FLAGS if "autoplay" not in flag]
    said = in_a_room(read_audio(QUESTION), silence(2.0))
    browser = chromium.launch(
        executable_path=str(CHROMIUM), args=[*flags, *microphone(tmp_path, said)]
    )
    context = browser.new_context(
        ignore_https_errors=True, viewport={"width": 390, "height": 844}, is_mobile=True
    )
    context.set_default_timeout(60_000)
    yield context.new_page()
    browser.close()


def address_in_the_code(computer: Page) -> str:
    return computer.locator("details code").text_content() or ""


def accessible(page: Page) -> None:
    page.wait_for_load_state()
    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    assert not results.response["violations"], results.generate_report()


def candidate_before_and_after_the_turn_began(server: Server) -> tuple[np.ndarray, np.ndarray]:
    """The second before, and the rest."""
    began = next(event for event in journal(server) if event["event"] == "TurnBegan")
    at = round(float(str(began["at_s"])) * SAMPLE_RATE_HZ)
    sound, _ = soundfile.read(next(server.home.glob("rehearsals/*/call.wav")))
    return sound[at - SAMPLE_RATE_HZ : at, 0], sound[at:, 0]


def ask(address: str, path: str, method: str = "GET", **headers: str) -> tuple[int, str]:
    """Without a browser, so with any header."""
    host = urlsplit(address).netloc
    connection = http.client.HTTPSConnection(
        host, timeout=20, context=ssl._create_unverified_context()
    )
    try:
        connection.request(method, path, headers={"Host": host, **headers})
        answer = connection.getresponse()
        return answer.status, answer.read().decode(errors="replace")
    finally:
        connection.close()


def listens(address: str) -> bool:
    try:
        ask(address, "/")
    except ConnectionRefusedError:
        return False
    except OSError:  # closed in the middle
        pass
    return True


def test_a_phone_is_paired_and_holds_a_call_and_both_show_the_result(
    computer: tuple[Page, Server], phone: Page
) -> None:
    page, server = computer
    address = address_in_the_code(page)
    check_controls(page)
    phone.goto(address)
    words = phone.locator(".lead").inner_text()
    assert len(words.split()) == 4
    expect(page.get_by_text(words)).to_be_visible()
    phone.goto(address.split("/enter")[0] + "/call")  # nothing yet but the words
    expect(phone.get_by_text(words)).to_be_visible()
    check_controls(page)
    press(page, page.get_by_role("button", name="Yes, the same"), "Space")
    expect(page.get_by_role("button", name="Stop using my phone")).to_be_visible()
    expect(phone.get_by_role("button", name="Call now")).to_be_visible()
    for screen in (page, phone):
        accessible(screen)
        check_controls(screen)

    press(phone, phone.get_by_role("button", name="Call now"))
    mute = phone.get_by_role("checkbox", name="Mute")
    press(phone, mute, "Space")  # while it rings
    expect(mute).to_be_checked()
    expect(phone.locator("[data-state=yours]")).to_be_visible(timeout=90_000)
    press(phone, mute, "Space")
    expect(mute).not_to_be_checked()
    assert phone.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    accessible(phone)
    check_controls(phone)
    time.sleep(4)
    server.process.send_signal(signal.SIGSTOP)  # the computer sleeps
    time.sleep(3)
    server.process.send_signal(signal.SIGCONT)
    time.sleep(4)
    press(phone, phone.get_by_role("button", name="I’m done talking"), "Space")
    expect(phone.locator("[data-state=theirs]")).to_be_visible()
    press(phone, phone.get_by_role("button", name="Hang up"))
    expect(phone.get_by_text("The call is over")).to_be_visible(timeout=180_000)
    verdict = json.loads(rehearse(server.home, "show", "--json").out)["verdicts"]
    expect(phone.get_by_text(f"Critical question: {verdict['critical_question']}")).to_be_visible()
    accessible(phone)
    page.wait_for_url(re.compile("/rehearsals/"), timeout=30_000)
    events = next(server.home.glob("rehearsals/*/events.jsonl")).read_text()
    assert "CandidateSaid" in events
    muted, heard = candidate_before_and_after_the_turn_began(server)
    assert not muted.any()
    assert heard.any()

    for path in ("/sheets", "/check", "/rehearsals.csv", "/compare", "/quit", "/handset"):
        phone.goto(address.split("/enter")[0] + path)
        expect(phone.get_by_text("Not Found")).to_be_visible()
    recording = f"/rehearsals/{server.rehearsals()[0]}/sound"
    assert phone.request.get(address.split("/enter")[0] + recording).status == 404

    page.goto(f"{server.base}/handset")
    press(page, page.get_by_role("button", name="Stop using my phone"))
    expect(page.get_by_role("button", name="Show the code")).to_be_visible()
    while listens(address):  # the test's own limit ends this where somebody still does
        time.sleep(0.2)


def test_the_code_is_good_for_one_device_and_five_wrong_ones_close_it(
    computer: tuple[Page, Server],
) -> None:
    page, _ = computer
    address = address_in_the_code(page)
    enter = urlsplit(address).path + "?" + urlsplit(address).query
    assert ask(address, "/")[0] == 403
    assert ask(address, enter, Host="evil.example")[0] == 421
    assert ask(address, "/call", "POST", Origin="https://evil.example")[0] == 403
    assert ask(address, enter)[0] == 303
    assert ask(address, enter)[0] == 403, "a second device with the same code"
    for _ in range(5):
        assert ask(address, "/enter?code=guessed")[0] == 403
    expect(page.get_by_role("button", name="Show the code")).to_be_visible()


def test_the_command_shows_the_code_at_once(tmp_path: Path, chromium: BrowserType) -> None:
    if not in_a_network():
        pytest.skip("needs a network address besides 127.0.0.1")
    browser = chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
    with serving(tmp_path, verb="phone") as server:
        page = browser.new_page()
        [address] = re.findall(r"http://\S+", server.printed)
        page.goto(address)
        expect(page.locator(".qr svg")).to_be_visible()
    browser.close()


def test_other_words_on_the_phone_close_it(computer: tuple[Page, Server], phone: Page) -> None:
    page, _ = computer
    phone.goto(address_in_the_code(page))
    page.get_by_role("button", name="No, other words").click()
    expect(page.get_by_role("button", name="Show the code")).to_be_visible()
