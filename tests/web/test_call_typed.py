"""A typed call from the page, which needs no sound device."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.program import rehearse
from tests.web.conftest import SHEET, Server, serving
from tests.web.test_appearance import RULES, SCREENSHOTS

pytestmark = pytest.mark.timeout(400)
WAY = "If you hired me, I would cut the time to onboard a warehouse customer by two weeks."
QUESTION = "As the manager, how do you expect this job to contribute to the business?"


@pytest.fixture
def desk(browser: Browser, tmp_path: Path) -> Iterator[tuple[Page, Server]]:
    (tmp_path / "sheets").mkdir()
    (tmp_path / "sheets" / "northwind.toml").write_text(SHEET)
    with serving(tmp_path) as server:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.set_default_timeout(90_000)
        page = context.new_page()
        page.goto(server.address())
        yield page, server
        context.close()


def say(page: Page, text: str) -> None:
    expect(page.locator("[data-state=yours]")).to_be_visible(timeout=60_000)
    page.get_by_label("What you say").fill(text)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("log")).to_contain_text(f"You: {text}")


def events(server: Server) -> str:
    [journal] = server.home.glob("rehearsals/*/events.jsonl")
    return journal.read_text()


def test_turns_are_typed_and_hints_are_shown_where_asked_for(desk: tuple[Page, Server]) -> None:
    page, server = desk
    more = page.locator("details.more")
    assert more.get_attribute("open") is None
    more.locator("summary").click()
    page.get_by_role("radio", name=re.compile("Typed")).check()
    page.get_by_role("checkbox", name=re.compile("No sound")).check()
    page.get_by_role("checkbox", name=re.compile("Show hints")).check()
    page.get_by_role("button", name="Call now").click()

    expect(page.locator("[data-state-text]")).to_have_text(re.compile("Ringing"))
    expect(page.locator("[data-hints]")).to_have_text("nothing yet")
    text = page.get_by_label("What you say")
    text.fill("Hello, this is Alex. ")  # typed while it rings, kept, sent when it is one's turn
    text.press("Enter")
    expect(text).to_have_value("Hello, this is Alex. ")
    expect(page.get_by_role("log")).to_contain_text("Manager: ", timeout=60_000)
    expect(page.locator("[data-state=yours]")).to_be_visible(timeout=60_000)
    text.press("Enter")
    expect(page.get_by_role("log")).to_contain_text("You: Hello, this is Alex.")
    expect(page.locator("[data-hints]")).to_have_text("ways 0, question not yet")
    say(page, WAY)
    expect(page.locator("[data-hints]")).to_have_text("ways 1, question not yet")
    page.reload()  # the call goes on, and all it said is told again
    expect(page.get_by_role("log")).to_contain_text(f"You: {WAY}")
    hidden_px = "log => log.scrollHeight - log.clientHeight - log.scrollTop"
    for height in (620, 900, 620):  # as when the keyboard of a phone opens
        page.set_viewport_size({"width": 400, "height": height})
        page.wait_for_timeout(300)
        assert page.get_by_role("log").evaluate(hidden_px) < 2, "the newest words are in sight"
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(page.locator("[data-hints]")).to_have_text("ways 1, question not yet")
    page.get_by_role("link", name="Home").click()  # leaving asks first
    expect(page.get_by_role("dialog", name="You are in a call")).to_be_visible()
    page.get_by_role("button", name="Stay in the call").click()
    say(page, QUESTION)
    expect(page.locator("[data-hints]")).to_have_text("ways 1, question asked")
    expect(page.locator("[data-state=yours]")).to_be_visible(timeout=60_000)
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=SCREENSHOTS / f"call-typed-{width}-{scheme}.png", full_page=True)
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        results = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
        assert not results.response["violations"], results.generate_report()
    page.get_by_role("button", name="Hang up").click()
    page.wait_for_url(re.compile("/rehearsals/"), timeout=120_000)
    expect(page.locator(".verdict").last).to_contain_text("Critical question: covered")
    kept = json.loads(rehearse(server.home, "show", "--json").out)
    said = [turn["text"] for turn in kept["transcript"] if turn["speaker"] == "candidate"]
    assert said == ["Hello, this is Alex.", WAY, QUESTION]
    assert kept["call_sheet"]["planned"][0]["said"] is not None
    assert "silence" not in events(server)


def test_hints_are_sent_to_the_page_only_on_request(desk: tuple[Page, Server]) -> None:
    page, server = desk
    page.locator("details.more > summary").click()
    page.get_by_role("radio", name=re.compile("Typed")).check()
    page.get_by_role("checkbox", name=re.compile("No sound")).check()
    page.get_by_role("combobox", name="Call sheet").select_option("")
    page.get_by_role("button", name="Call now").click()
    say(page, QUESTION)
    expect(page.get_by_role("log").locator("p")).to_have_count(3, timeout=60_000)
    expect(page.locator("[data-hints]")).to_have_count(0)
    page.get_by_role("button", name="Hang up").click()
    page.wait_for_url(re.compile("/rehearsals/"), timeout=120_000)
    stream = page.context.request.get(f"{server.base}/call/events").text()
    assert "ManagerSaid" in stream
    assert "UnderstoodSoFar" not in stream

    page.goto(f"{server.base}/sheets")  # the next call goes as the last one, with this sheet
    page.get_by_role("button", name="Call with this sheet").click()
    expect(page.get_by_role("heading", name="Dana Keller")).to_be_visible()
    expect(page.get_by_label("What you say")).to_be_visible()
    page.get_by_role("button", name="Hang up").click()
    page.wait_for_url(re.compile("/rehearsals/"), timeout=120_000)
    page.goto(server.base)
    expect(page.get_by_role("radio", name=re.compile("Typed"))).to_be_checked()
