"""While the phone is in a call: what the computer's pages show, and whose call it is."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserType, expect

from tests.web.own_phone import SOON_MS, Pair, paired
from tests.web.test_handset import accessible, ask

pytestmark = pytest.mark.timeout(500)
ON_THE_PHONE = "Your call is on your phone"


@pytest.fixture
def pair(chromium: BrowserType, tmp_path: Path) -> Iterator[Pair]:
    with paired(chromium, tmp_path) as both:
        yield both


def test_the_computer_shows_the_phones_call_and_opens_each_result(pair: Pair) -> None:
    computer, phone = pair.computer, pair.phone
    first_page = computer.context.new_page()
    first_page.goto(pair.server.base)
    phone.get_by_role("button", name="Call now").click()
    expect(computer.get_by_role("heading", name=ON_THE_PHONE)).to_be_visible(timeout=SOON_MS)
    expect(first_page.get_by_text(ON_THE_PHONE)).to_be_visible(timeout=SOON_MS)
    accessible(computer)
    said = computer.locator("[data-call-text]")
    for now in ("Ringing", "They are speaking", "Your turn"):
        expect(said).to_contain_text(now)
    pair.hang_up()
    for page in (computer, first_page):
        page.wait_for_url(re.compile("/rehearsals/"), timeout=SOON_MS)
    first = computer.url

    phone.get_by_role("link", name="Call again").click()  # with the result open on the computer
    pair.call()
    expect(computer.get_by_text(ON_THE_PHONE)).to_be_visible(timeout=SOON_MS)
    pair.hang_up()
    computer.wait_for_url(lambda url: "/rehearsals/" in url and url != first, timeout=SOON_MS)


def test_the_computer_does_not_take_the_phones_call_and_can_hang_up(pair: Pair) -> None:
    computer, phone = pair.computer, pair.phone
    first_page = computer.context.new_page()
    first_page.goto(pair.server.base)
    pair.call()
    first_page.get_by_role("button", name="Call now").click()  # a page from before the call
    expect(first_page.get_by_role("heading", name=ON_THE_PHONE)).to_be_visible()
    first_page.goto(f"{pair.server.base}/call")
    expect(first_page.get_by_role("heading", name=ON_THE_PHONE)).to_be_visible()
    first_page.goto(pair.server.base)
    expect(first_page.get_by_role("heading", name=ON_THE_PHONE)).to_be_visible()
    expect(phone.locator("[data-line-text]")).to_be_hidden()
    expect(phone.locator("[data-state=yours]")).to_be_visible()
    computer.get_by_role("button", name="Hang up").click()
    computer.wait_for_url(re.compile("/rehearsals/"))
    expect(phone.get_by_text("The call is over")).to_be_visible()


def test_the_phone_does_not_take_the_computers_call(pair: Pair) -> None:
    computer, phone = pair.computer, pair.phone
    computer.goto(pair.server.base)
    computer.locator("details.more > summary").click()
    computer.get_by_role("radio", name=re.compile("Typed")).check()
    computer.get_by_role("checkbox", name=re.compile("No sound")).check()
    computer.get_by_role("button", name="Call now").click()
    expect(phone.get_by_text("You are in a call on your computer")).to_be_visible(timeout=SOON_MS)
    accessible(phone)
    phone.goto(pair.on_phone("/call"))
    expect(phone.get_by_text("You are in a call on your computer")).to_be_visible()
    computer.get_by_role("button", name="Hang up").click()
    expect(phone.get_by_role("button", name="Call now")).to_be_visible()


def test_a_check_on_the_computer_leaves_the_phones_call_alone(pair: Pair) -> None:
    computer, phone = pair.computer, pair.phone
    check = computer.context.new_page()
    check.goto(f"{pair.server.base}/check")
    pair.call()
    check.get_by_role("button", name="Check now").click()
    expect(check.get_by_text("A call is on.")).to_be_visible()
    check.wait_for_timeout(3_000)  # its page tries to connect again and again
    expect(phone.locator("[data-line-text]")).to_be_hidden()
    expect(phone.locator("[data-trouble]")).to_be_hidden()


def test_wrong_codes_do_not_end_the_phones_call(pair: Pair) -> None:
    pair.call()
    for _ in range(6):
        assert ask(pair.code, "/enter?code=guessed")[0] == 403
    pair.phone.reload()
    expect(pair.phone.locator("[data-state=yours]")).to_be_visible()
    pair.hang_up()
