"""A browser that is not let in: what it reads is enough to get in again."""

import os
import shlex
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserType, Page, expect

from tests.web.conftest import Server
from tests.web.own_phone import paired
from tests.web.test_handset import accessible

pytestmark = pytest.mark.timeout(500)
PAPER = "rgb(247, 242, 234)"


def looks_decent(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == PAPER
    accessible(page)


@pytest.mark.parametrize("width", [390, 1280])
def test_a_browser_that_was_closed_is_told_how_to_come_back(
    width: int, browser: Browser, server: Server, tmp_path: Path
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    answer = page.goto(server.base)
    assert answer is not None
    assert answer.status == 403
    expect(page.get_by_role("heading", name="Open rehearse once more")).to_be_visible()
    expect(page.get_by_text("Open a new terminal window")).to_be_visible()
    looks_decent(page)
    typed = shlex.split(page.locator("code").inner_text())
    assert Path(typed[0]).is_absolute()
    opened = subprocess.run(
        [*typed, "--no-browser"], cwd=tmp_path, env=os.environ, text=True, capture_output=True
    )
    [address] = [word for word in opened.stdout.split() if word.startswith("http")]
    page.goto(address)
    expect(page.get_by_role("heading", name="Your rehearsals")).to_be_visible()
    context.close()


def test_nothing_but_that_page_is_shown(server: Server) -> None:
    for path in ("/static/design.css", "/rehearsals.csv"):
        request = urllib.request.Request(server.base + path, headers={"Accept": "text/html"})
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request, timeout=30)
        assert refused.value.code == 403
        assert server.rehearsals()[0] not in refused.value.read().decode()


def test_a_phone_whose_browser_was_closed_scans_a_new_code(
    chromium: BrowserType, tmp_path: Path
) -> None:
    with paired(chromium, tmp_path) as pair:
        pair.phone.context.clear_cookies()
        for address in (pair.on_phone("/"), pair.code):
            pair.phone.goto(address)
            expect(pair.phone.get_by_role("heading", name="Scan a new code")).to_be_visible()
            looks_decent(pair.phone)
        pair.computer.get_by_role("button", name="Stop using my phone").click()
        pair.computer.get_by_role("button", name="Show the code for my phone").click()
        pair.phone.goto(pair.computer.locator("details code").text_content() or "")
        expect(pair.phone.get_by_role("heading", name="The same four words?")).to_be_visible()
