"""Judging on the page: a coach agrees or disagrees, and both answers stay."""

import dataclasses
import re
import threading
import time
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from rehearse.keeping import judgements
from rehearse.keeping.rehearsal import Rehearsal
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


def test_two_people_judge_at_the_same_moment_and_both_judgements_are_kept(
    page: Page, server: Server, copy_of: CopyOf
) -> None:
    folder = Store(server.home).folder(copy_of(server.rehearsals()[-1], "20200101-120004"))
    open_rehearsal(page, server, folder.id)
    token = re.search(r'name="form_token" value="([^"]+)"', page.content())
    assert token
    begun = threading.Event()

    def judge_slowly(now: Rehearsal) -> Rehearsal:
        begun.set()
        time.sleep(3)  # the page has read the old judgements by then, and waits to write its own
        assert now.scorecard is not None
        new = judgements.judged(
            now.scorecard, "humility", False, who="Ms Coach", now=datetime.now().astimezone()
        )
        return dataclasses.replace(now, judgements=judgements.with_judgement(now.judgements, new))

    other = threading.Thread(target=folder.update, args=(judge_slowly,))
    other.start()
    begun.wait()
    fields = {"form_token": token[1], "subject": "way-1", "answer": "right", "who": "Mr Mentor"}
    answer = page.request.post(
        f"{server.base}/rehearsals/{folder.id}/judge",
        form=fields, headers={"Origin": server.base},
    )  # fmt: skip
    other.join()
    assert answer.ok, answer.text()
    assert {one.who for one in folder.load().judgements} == {"Ms Coach", "Mr Mentor"}
