"""The first page: where one stands, a call under way, light pages, and the way out."""

import json
import os
import re
import shutil
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect

from rehearse.keeping.store import Store
from rehearse.keeping.summary import Summary
from rehearse.web.first_evening_pages import first_evening
from rehearse.web.security import Keys
from rehearse.web.site import Choices, Site
from tests.web.conftest import CopyOf, Server, serving
from tests.web.test_appearance import pages

pytestmark = pytest.mark.timeout(400)
MOST_BYTES = 150_000


def test_one_sentence_says_where_one_stands_and_the_next_step_is_a_click_away(
    page: Page, server: Server
) -> None:
    page.goto(server.base)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        re.compile("You asked the question in 1 of your last 2 calls")
    )
    page.get_by_role("link", name="Practise the question").click()
    expect(page.get_by_role("heading", name="The critical question")).to_be_visible()


def test_a_call_under_way_is_shown_as_in_progress(
    page: Page, server: Server, copy_of: CopyOf
) -> None:
    copied = copy_of(server.rehearsals()[-1], "20990101-000001")
    folder = server.home / "rehearsals" / copied
    file = folder / "rehearsal.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"scorecard": None}))
    sound = folder / "call.wav"
    row = page.locator("tbody tr", has=page.locator(f"a[href$='{copied}']"))
    try:
        ahead_s = time.time() + 600.0  # grows during the visit, however long that takes
        os.utime(sound, (ahead_s, ahead_s))
        page.goto(server.base)
        expect(row).to_contain_text("in progress")
        os.utime(sound, (0, 0))
        page.reload()
        expect(row).to_contain_text("broken off")
    finally:
        page.goto("about:blank")
        shutil.rmtree(folder)


def test_a_page_with_all_it_loads_weighs_little(context: BrowserContext, server: Server) -> None:
    for name, path in pages(server).items():
        fetched: list[Response] = []
        page = context.new_page()
        page.on("response", lambda one, seen=fetched: seen.append(one))
        page.goto(server.base + path)
        page.wait_for_load_state("load")
        bodies = [one.body() for one in fetched if not one.url.endswith("/sound")]
        assert sum(map(len, bodies)) < MOST_BYTES, name
        page.close()


def test_the_first_evening_leaves_the_first_page_after_some_calls(tmp_path: Path) -> None:
    site = Site(Store(tmp_path), Keys(80), Choices())
    calls = [Summary(f"call {number}", score=40) for number in range(5)]
    assert first_evening(site, calls[:4])[0].title.startswith("Hear a good call")
    assert first_evening(site, calls) == ()


def test_the_page_quits_the_program(browser: Browser, tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        page = browser.new_page()
        page.goto(server.address())
        page.get_by_role("button", name="Quit rehearse").click()
        page.get_by_role("link", name="Stay").click()
        expect(page.get_by_role("button", name="Call now")).to_be_visible()
        page.get_by_role("button", name="Quit rehearse").click()
        page.locator("main").get_by_role("button", name="Quit rehearse").click()
        expect(page.get_by_role("heading", name="rehearse has ended")).to_be_visible()
        links = page.locator("a:not(.skip), button")
        expect(links).to_have_count(0)  # nothing leads to a page that is gone
        assert server.process.wait(timeout=60) == 0
        assert not (server.home / "review.json").exists()
        page.close()
