"""Captions on the phone: on as on the computer, and as the person last left them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserType, Page, expect

from tests.web.own_phone import Pair, paired

pytestmark = pytest.mark.timeout(500)


@pytest.fixture
def pair(chromium: BrowserType, tmp_path: Path) -> Iterator[Pair]:
    with paired(chromium, tmp_path) as both:
        yield both


def captions(page: Page, *, on: bool) -> None:
    expect(page.get_by_role("checkbox", name="Captions")).to_be_checked(checked=on)
    expect(page.locator("[data-log]")).to_be_visible(visible=on)


def test_captions_are_on_and_stay_as_they_were_left(pair: Pair) -> None:
    phone = pair.phone
    pair.call()
    captions(phone, on=True)
    expect(phone.locator("[data-log] p").first).to_be_in_viewport()
    assert phone.evaluate("document.documentElement.scrollHeight - innerHeight") <= 0
    with phone.expect_response("**/call/captions"):
        phone.get_by_role("checkbox", name="Captions").uncheck()
    phone.reload()  # in the middle of the call
    captions(phone, on=False)
    expect(phone.locator("[data-state=yours]")).to_be_visible()
    pair.hang_up()

    phone.get_by_role("link", name="Call again").click()
    pair.call()
    captions(phone, on=False)
    pair.hang_up()
    pair.computer.goto(pair.server.base)
    pair.computer.locator("details.more").evaluate("more => { more.open = true; }")
    shown = pair.computer.get_by_role("checkbox", name="Show what the manager says")
    expect(shown).not_to_be_checked()
