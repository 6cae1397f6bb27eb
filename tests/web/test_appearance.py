"""Every page at two widths, light and dark: WCAG 2.2 AA, nothing cut off."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.web.conftest import WAIT_MS, Server

pytestmark = pytest.mark.timeout(900)
SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"
WIDTHS_PX = (360, 1280)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def pages(server: Server) -> dict[str, str]:
    weak, strong = server.rehearsals()[-2:]
    return {
        "home": "/",
        "home-more": "/",
        "rehearsal": f"/rehearsals/{strong}",
        "rehearsal-more": f"/rehearsals/{strong}",
        "weak": f"/rehearsals/{weak}",
        "weak-more": f"/rehearsals/{weak}",
        "compare": f"/compare?id={weak}&id={strong}",
        "delete": f"/rehearsals/{weak}/delete",
        "check": "/check",
        "voice-check": "/voice-check",
        "scenarios": "/scenarios",
        "handset": "/handset",
        "drills": "/drill",
        "drill": "/drill/question",
        "sheets": "/sheets",
        "sheet": "/sheets/northwind",
        "new-sheet": "/new-sheet",
        "examples": "/examples?q=nurse",
        "good-call": "/first-evening/good",
        "bad-call": "/first-evening/bad",
        "call-card": "/sheets/northwind/card",
        "delete-sheet": "/sheets/northwind/delete",
        "progress": "/trends",
        "help": "/help",
        "about": "/about",
        "quit": "/quit",
        "error": "/nowhere",
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_and_fits(browser: Browser, server: Server, scheme: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    axe = Axe()
    context = browser.new_context(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    context.set_default_timeout(WAIT_MS)
    page = context.new_page()
    page.goto(server.address())
    found = []
    for name, path in pages(server).items():
        page.goto(server.base + path)
        if name.endswith("-more"):
            page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")
        for width in WIDTHS_PX:
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=SCREENSHOTS / f"{name}-{width}-{scheme}.png", full_page=True)
            overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            if overflow > 0:
                found.append(f"{name} at {width}: {overflow} px too wide")
        results = axe.run(page, options={"runOnly": {"type": "tag", "values": RULES}})
        found += [
            f"{name}: {violation['id']} {[node['target'] for node in violation['nodes']][:3]}"
            for violation in results.response["violations"]
        ]
    page.goto(server.base + pages(server)["rehearsal"])
    page.set_viewport_size({"width": 640, "height": 450})  # 1280 px at 200 %
    if page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
        found.append("rehearsal at 200 %: too wide")
    context.close()
    assert not found


def test_the_keyboard_reaches_everything_and_the_focus_shows(
    browser: Browser, server: Server
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(server.address())
    page.goto(server.base + pages(server)["rehearsal"])
    seen = set()
    for _ in range(80):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.outerHTML.slice(0, 120)"))
        width = page.evaluate(
            "document.activeElement === document.body ? '3px' : "
            "getComputedStyle(document.activeElement).outlineWidth"
        )
        assert width == "3px"
    assert any("data-play" in one for one in seen)
    assert any("data-seek" in one for one in seen)
    context.close()
