"""The phone's microphone is refused, and allowed later."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserType, expect

from tests.web.own_phone import SOON_MS, paired

pytestmark = pytest.mark.timeout(500)


def test_who_allows_the_microphone_and_loads_the_page_again_can_call(
    chromium: BrowserType, tmp_path: Path
) -> None:
    with paired(chromium, tmp_path, hears=False) as pair:
        complaints: list[str] = []
        pair.phone.on("console", lambda message: complaints.append(message.text))
        pair.phone.get_by_role("button", name="Call now").click()
        expect(pair.phone.locator("[data-trouble]")).to_contain_text("microphone")
        expect(pair.computer.get_by_role("alert")).to_contain_text("did not come about")
        expect(pair.computer.get_by_text("Press “Call now” on it")).to_be_visible()
        pair.phone.reload()
        expect(pair.phone.get_by_role("button", name="Call now")).to_be_visible(timeout=SOON_MS)
        pair.phone.get_by_role("button", name="Call now").click()  # a new try, not the old one
        expect(pair.phone.locator("[data-trouble]")).to_contain_text("microphone")
        assert not list(pair.server.home.glob("rehearsals/*")), "there was no call"
        assert not [one for one in complaints if "vibrate" in one]
