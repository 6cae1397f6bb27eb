"""Call sheets on pages: the same files as `rehearse prep`, written, changed, deleted."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from rehearse.preparing.call_sheet import CallSheet, Way
from rehearse.preparing.saved_sheets import Sheets
from tests.program import rehearse
from tests.web.conftest import Server

pytestmark = pytest.mark.timeout(200)
USUAL_QUESTION = "As the manager, how do you expect this job to contribute to the business?"


@pytest.fixture
def sheets(server: Server) -> Iterator[Sheets]:
    """Those of the server's home; what a test wrote is removed again."""
    kept = Sheets(server.home)
    before = kept.names()
    yield kept
    for name in set(kept.names()) - set(before):
        kept.path(name).unlink()


def test_a_sheet_is_written_changed_and_deleted_and_the_terminal_has_the_same(
    page: Page, server: Server, sheets: Sheets
) -> None:
    page.goto(server.base)
    page.get_by_role("link", name="Write, change or delete a call sheet").click()
    page.get_by_role("link", name="Write a call sheet").click()
    page.get_by_label("Which company, or organisation?").fill("Halvorsen Freight ")
    page.get_by_label("The hiring manager's name?").fill("Priya  Shah")
    page.get_by_label("The job?").fill('warehouse "planner"')
    page.get_by_label("What is their business about just now?").fill("the second depot")
    first = page.get_by_role("group", name="First")
    first.get_by_label("What would you do?").fill("cut onboarding to four weeks")
    first.get_by_label("What of their business does it touch?").fill("revenue of new customers")
    expect(page.get_by_label("The critical question, in your own words?")).to_have_value(
        USUAL_QUESTION
    )
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_role("status")).to_contain_text("Kept as halvorsen-freight")
    card = page.get_by_role("region", name="halvorsen-freight")
    expect(card).to_contain_text("Still to think of: 2 of 3 ways.")
    written = CallSheet(
        manager="Priya Shah",
        company="Halvorsen Freight",
        job='warehouse "planner"',
        business="the second depot",
        ways=(Way("cut onboarding to four weeks", "revenue of new customers"),),
        question=USUAL_QUESTION,
    )
    assert sheets.load("halvorsen-freight") == written
    assert "* halvorsen-freight" in rehearse(server.home, "prep", "--list").out

    card.get_by_role("link", name="Change").click()
    expect(page.get_by_label("The job?")).to_have_value('warehouse "planner"')
    page.get_by_label("The hiring manager's name?").fill("")
    third = page.get_by_role("group", name="Third")
    third.get_by_label("What would you do?").fill("a weekly margin report")
    page.get_by_role("button", name="Save", exact=True).click()
    changed = sheets.load("halvorsen-freight")
    assert changed.manager == ""
    assert changed.ways == (*written.ways, Way("a weekly margin report", ""))

    card.get_by_role("link", name="Delete").click()
    page.get_by_role("link", name="Keep it").click()
    assert "halvorsen-freight" in sheets.names()
    card.get_by_role("link", name="Delete").click()
    page.get_by_role("button", name="Delete it").click()
    expect(page.get_by_role("heading", name="northwind")).to_be_visible()
    assert sheets.names() == ["northwind"]


def test_what_is_wrong_is_told_and_nothing_typed_is_lost(
    page: Page, server: Server, sheets: Sheets
) -> None:
    page.goto(f"{server.base}/new-sheet")
    page.get_by_label("Which company, or organisation?").fill("Northwind")
    touched = page.get_by_role("group", name="Second").get_by_label("What of their business")
    touched.fill("refunds")
    save = page.get_by_role("button", name="Save", exact=True)
    save.click()
    expect(page.get_by_role("alert")).to_contain_text("Second way: it says what it touches")
    expect(touched).to_have_value("refunds")
    touched.fill("")
    save.click()
    expect(page.get_by_role("alert")).to_contain_text("a call sheet called 'northwind' already")
    page.get_by_label("Name of this sheet").fill("north/wind")
    save.click()
    expect(page.get_by_role("alert")).to_contain_text("Use letters, digits, - and _ only")
    assert sheets.names() == ["northwind"]
    page.get_by_label("Name of this sheet").fill("northwind-2")
    save.click()
    expect(page.get_by_role("heading", name="northwind-2")).to_be_visible()
    assert sheets.load("northwind-2") == CallSheet(company="Northwind", question=USUAL_QUESTION)


def test_a_file_that_was_spoilt_by_hand_is_told_with_its_lines(
    page: Page, server: Server, sheets: Sheets
) -> None:
    path: Path = sheets.folder / "spoilt.toml"
    path.write_text('manager = "Dana"\ncompanee = "<b>Halvorsen</b>"\n')
    page.goto(f"{server.base}/sheets")
    card = page.get_by_role("region", name="spoilt")
    expect(card).to_contain_text("line 2: unknown key companee; did you mean 'company'?")
    expect(card.get_by_role("button", name=re.compile("Call"))).to_have_count(0)
    card.get_by_role("link", name="Change").click()
    expect(page.get_by_role("alert")).to_contain_text("save: that replaces it")
    page.get_by_label("The hiring manager's name?").fill("Dana")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Kept as spoilt")
    assert sheets.load("spoilt").manager == "Dana"
