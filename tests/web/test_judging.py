"""Judging on the page: a coach agrees or disagrees, and both answers stay."""

import pytest
from playwright.sync_api import Page, expect

from rehearse.keeping.store import Store
from rehearse.scoring.rubric import Criterion
from tests.web.conftest import CopyOf, Server
from tests.web.test_pages import open_rehearsal

pytestmark = pytest.mark.timeout(400)


def test_a_coach_disagrees_marks_words_and_takes_it_back(
    page: Page, server: Server, copy_of: CopyOf
) -> None:
    judged = copy_of(server.rehearsals()[-1], "20200101-120003")
    before = Store(server.home).folder(judged).load()
    open_rehearsal(page, server, judged)
    card = page.locator("section", has=page.get_by_role("heading", name="Do you agree?"))
    card.get_by_text("Judge an answer").click()
    form = card.locator("form", has=page.locator("input[name=answer]"))
    form.get_by_label("Which answer").select_option("way-1")
    form.get_by_label("wrong", exact=True).check()
    form.get_by_label("Why").fill("That is a duty <b>only</b>")
    form.get_by_label("Your name").fill("Ms Coach")
    form.get_by_role("button", name="Keep this").click()
    expect(card.locator(".judgement")).to_contain_text("Way 1 (rehearse says: yes): wrong")
    expect(card.locator(".judgement")).to_contain_text("That is a duty <b>only</b>")
    assert before.transcript is not None
    some = " ".join(word.text for word in before.transcript.candidate_words[:5])
    card.get_by_text("Mark words that were missed").click()
    form = card.locator("form", has=page.locator("textarea"))
    form.get_by_label("The words").fill(some.upper())
    form.get_by_label("They are evidence for").select_option("humility")
    form.get_by_role("button", name="Keep this").click()
    expect(card.locator(".judgement")).to_have_count(2)
    after = Store(server.home).folder(judged).load()
    assert after.scorecard == before.scorecard
    assert [(one.who, one.right, one.way, one.instead) for one in after.judgements] == [
        ("Ms Coach", False, 1, None),
        ("", False, None, Criterion.HUMILITY),
    ]
    card.get_by_text("Count again by these judgements").click()
    expect(card).to_contain_text("Counted again by the judgements of Ms Coach")
    card.get_by_role("button", name="Take back").first.click()
    expect(card.locator(".judgement")).to_have_count(1)
    expect(card.locator(".judgement")).to_contain_text("You, ")
