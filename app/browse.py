"""Browse: a call on the page, in a browser that is not part of the app."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

QUESTION = "As the manager, how do you expect this job to contribute to the business?"
_LIMIT_MS = 120_000


def hold_a_call(address: str, pictures: Path | None = None) -> str:
    """Open the pages, hold a typed call and read its result; returns the last verdict. `pictures`:
    a folder for a picture of each."""
    with sync_playwright() as playwright:
        # The system's own Chromium where there is one, else Playwright's.
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(_LIMIT_MS)
        expect.set_options(timeout=_LIMIT_MS)
        page.goto(address)
        _picture(page, pictures, "home")
        page.locator("details.more > summary").click()
        page.get_by_role("radio", name=re.compile("Typed")).check()
        page.get_by_role("button", name="Call now").click()
        expect(page.locator("[data-state=yours]")).to_be_visible()
        page.get_by_label("What you say").fill(QUESTION)
        page.get_by_role("button", name="Send").click()
        expect(page.get_by_role("log").locator("p")).to_have_count(3)
        _picture(page, pictures, "call")
        page.get_by_role("button", name="Hang up").click()
        page.wait_for_url(re.compile("/rehearsals/"))
        verdict = page.locator(".verdict").last.inner_text()
        _picture(page, pictures, "result")
        browser.close()
    return verdict


def _picture(page: Page, folder: Path | None, name: str) -> None:
    if folder is not None:
        page.screenshot(path=folder / f"{name}.png")
