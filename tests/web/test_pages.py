"""The pages as a user works with them: look, listen, correct, compare, delete."""

import json
import re
import time
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from rehearse.calling.scenario import packaged_scenario, packaged_text
from rehearse.keeping.store import Store
from tests.program import FIXTURES, rehearse
from tests.web.conftest import WAIT_MS, CopyOf, Server

pytestmark = pytest.mark.timeout(400)
HOSTILE = '<script>document.title="owned"</script><img src=x onerror="document.title=1">"&\'{{7*7}}'


def position_s(page: Page) -> float:
    return page.evaluate("document.querySelector('audio').currentTime")


def until(page: Page, condition: str) -> None:
    """Wait for a condition in the page; its content policy forbids Playwright's own method."""
    end = time.monotonic() + WAIT_MS / 1000
    while not page.evaluate(condition):
        assert time.monotonic() < end, condition
        page.wait_for_timeout(50)


def playing(page: Page) -> bool:
    return not page.evaluate("document.querySelector('audio').paused")


def open_rehearsal(page: Page, server: Server, rehearsal_id: str) -> None:
    page.goto(f"{server.base}/rehearsals/{rehearsal_id}")


def test_home_shows_all_rehearsals_newest_first_with_verdicts(page: Page, server: Server) -> None:
    page.goto(server.base)
    rows = page.locator("tbody tr")
    assert rows.count() == len(server.rehearsals())
    first = rows.first
    expect(first).to_contain_text("Dana Keller, Northwind")
    expect(first.locator(".badge").last).to_contain_text("covered")
    expect(rows.nth(rows.count() - 1)).to_contain_text("missing")
    expect(page.get_by_role("button", name="Call now")).to_be_visible()
    page.get_by_text("Find and filter").click()
    page.get_by_label("Verdicts").select_option("no-question")
    page.get_by_role("button", name="Filter").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    page.goto(f"{server.base}/?q=nobody-of-this-name")
    expect(page.get_by_text("No rehearsal fits.")).to_be_visible()


def test_on_a_phone_the_list_says_what_each_verdict_is_about(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(server.base)
    row = page.locator("tbody tr").first
    expect(row.locator(".what")).to_have_text(["Contribution", "Question"])
    for one in row.locator(".what").all():
        expect(one).to_be_visible()
    page.goto(f"{server.base}/?q=nobody-of-this-name")
    expect(page.get_by_role("table")).to_have_count(0)


def test_clicking_a_word_plays_from_there_and_marks_words_as_they_are_spoken(
    page: Page, server: Server
) -> None:
    open_rehearsal(page, server, server.rehearsals()[-1])
    word = page.locator(".turn.candidate .w[data-s]").nth(12)
    start_s = float(word.get_attribute("data-s") or 0)
    word.click()
    until(page, f"document.querySelector('audio').currentTime > {start_s + 0.3}")
    assert playing(page)
    assert position_s(page) < start_s + 15
    now = page.locator(".w.now")
    page.wait_for_selector(".w.now")
    assert float(now.get_attribute("data-s") or 0) >= start_s - 0.1
    page.keyboard.press("Space")
    assert not playing(page)
    before_s = position_s(page)
    page.keyboard.press("ArrowLeft")
    assert position_s(page) == pytest.approx(before_s - 3, abs=0.2)
    page.keyboard.press("n")
    page.wait_for_selector(".clause.here")
    here = float(page.locator(".clause.here").get_attribute("data-s") or 0)
    assert position_s(page) == pytest.approx(here, abs=3)
    page.get_by_text("What is marked").click()
    page.get_by_label("Keyboard shortcuts").uncheck()
    page.get_by_role("button", name="Pause").click()
    page.locator("h1").click()
    page.keyboard.press("n")
    assert not playing(page)


def test_a_quote_plays_its_words_and_stops(page: Page, server: Server) -> None:
    open_rehearsal(page, server, server.rehearsals()[-1])
    page.locator(".verdict summary").last.click()
    button = page.locator(".verdict .play").last
    end_s = float(button.get_attribute("data-e") or 0)
    button.click()
    until(page, "document.querySelector('audio').paused === false")
    until(page, "document.querySelector('audio').paused === true")
    assert position_s(page) == pytest.approx(end_s, abs=1.5)


def test_both_verdicts_and_every_criterion_show_their_words(page: Page, server: Server) -> None:
    rehearsal_id = server.rehearsals()[-1]
    open_rehearsal(page, server, rehearsal_id)
    kept = Store(server.home).folder(rehearsal_id).load()
    assert kept.scorecard is not None
    for card in page.locator(".verdicts summary, [aria-labelledby=also] summary").all():
        card.click()
    shown = (
        page.locator(".verdicts").inner_text() + page.locator("[aria-labelledby=also]").inner_text()
    )
    for finding in kept.scorecard.findings:
        for evidence in finding.evidence:
            assert evidence.quote in shown
    expect(page.locator(".score .number")).to_have_text(str(kept.scorecard.score))
    expect(page.get_by_text("dropped").first).to_be_visible()
    marked = page.locator(".clause[data-c=critical_question]").first
    expect(marked).not_to_have_class(re.compile(r"\boff\b"))
    page.get_by_text("What is marked").click()
    page.locator("[data-filter=critical_question]").uncheck()
    expect(marked).to_have_class(re.compile(r"\boff\b"))


def test_correcting_scores_again_keeps_the_original_and_can_be_undone(
    page: Page, server: Server, copy_of: CopyOf
) -> None:
    rehearsal_id = copy_of(server.rehearsals()[0], "20200101-000001")
    open_rehearsal(page, server, rehearsal_id)
    expect(page.get_by_role("region", name="Result")).not_to_contain_text("question covered")
    turn = page.locator(".turn.candidate").filter(has_text="Misheard?").last
    turn.get_by_text("Misheard? Correct it").click()
    box = turn.get_by_label("What you really said")
    recognised = box.input_value()
    box.fill(
        recognised + " As the manager, how do you expect this job to contribute to the business?"
    )
    turn.get_by_role("button", name="Save and score again").click()
    expect(page.locator(".verdict").last).to_contain_text("Critical question: covered")
    expect(page.get_by_text("You corrected this transcript")).to_be_visible()
    assert page.locator(".turn .corrected-word").count() >= 10
    kept = Store(server.home).folder(rehearsal_id).load()
    assert kept.recognised is not None
    assert recognised in {utterance.text for utterance in kept.recognised.utterances}
    page.get_by_role("button", name="Back to what was recognised").click()
    expect(page.get_by_role("region", name="Result")).not_to_contain_text("question covered")
    assert Store(server.home).folder(rehearsal_id).load().recognised is None
    page.close()  # it may still be fetching the sound


def test_a_turn_without_recognised_words_can_be_filled_in_and_is_scored(
    page: Page, server: Server, copy_of: CopyOf
) -> None:
    silent = FIXTURES / "silent__room.flac"
    held = rehearse(server.home, "call", "--no-sheet", "--no-sound", "--candidate", silent)
    assert held.status == 0, held.all
    folder = server.home / "rehearsals" / server.rehearsals()[-1]
    rehearsal_id = copy_of(folder.name, "20200101-000004")
    Store(server.home).folder(folder.name).delete()
    before = Store(server.home).folder(rehearsal_id).load()
    open_rehearsal(page, server, rehearsal_id)
    turn = page.locator(".turn.candidate").first
    expect(turn).to_contain_text("(no word was recognised)")
    expect(turn.get_by_role("button", name=re.compile("Play from"))).to_be_visible()
    turn.get_by_text("Write what you said").click()
    said = "How do you expect this job to contribute to the business?"
    turn.get_by_label("What you really said").fill(said)
    turn.get_by_role("button", name="Save and score again").click()
    expect(page.locator(".verdict").last).to_contain_text("Critical question: covered")
    turn = page.locator(".turn.candidate").first
    expect(turn.locator(".words")).to_contain_text(said)
    turn.get_by_text("Corrected by you").click()
    expect(turn.get_by_text("(no word was recognised)")).to_be_visible()
    shown = rehearse(server.home, "show", rehearsal_id).out
    assert said.split("contribute")[0] in " ".join(shown.split())
    page.get_by_role("button", name="Back to what was recognised").click()
    expect(page.get_by_text("You said nothing in this call")).to_be_visible()
    expect(page.get_by_text("You said nothing this time")).to_have_count(0)  # not said twice
    after = Store(server.home).folder(rehearsal_id).load()
    assert (after.transcript, after.recognised) == (before.transcript, None)
    page.close()  # it may still be fetching the sound


def test_advice_leads_to_its_drill(page: Page, server: Server) -> None:
    open_rehearsal(page, server, server.rehearsals()[0])
    page.get_by_role("link", name="Practise this one").last.click()  # it recited credentials
    expect(page.get_by_role("heading", name="One way")).to_be_visible()
    expect(page.get_by_role("button", name="Start")).to_be_visible()


def test_name_notes_and_star_are_kept_and_delete_asks_first_and_removes_the_sound(
    page: Page, server: Server, copy_of: CopyOf
) -> None:
    rehearsal_id = copy_of(server.rehearsals()[-1], "20200101-000002")
    open_rehearsal(page, server, rehearsal_id)
    page.locator("input[name=title]").fill("The big one")
    page.locator("textarea[name=notes]").fill("Breathe first.\nThen ask.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("h1")).to_have_text("The big one")
    expect(page.locator("textarea[name=notes]")).to_have_value("Breathe first.\nThen ask.")
    page.get_by_role("button", name="Star").click()
    page.goto(f"{server.base}/?starred=1&q=big")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.locator("tbody a").click()
    page.get_by_role("link", name="Delete this rehearsal").click()
    page.get_by_role("link", name="Keep it").click()
    folder = server.home / "rehearsals" / rehearsal_id
    assert (folder / "call.wav").exists()
    page.get_by_role("link", name="Delete this rehearsal").click()
    page.get_by_role("button", name="Delete it").click()
    expect(page.get_by_role("heading", name="Your rehearsals", exact=True)).to_be_visible()
    assert not folder.exists()
    assert not list(folder.parent.glob(".deleted*"))
    page.goto(f"{server.base}/rehearsals/{rehearsal_id}")
    expect(page.get_by_text("There is no such rehearsal.")).to_be_visible()


def test_two_rehearsals_side_by_side_show_what_was_gained(page: Page, server: Server) -> None:
    page.goto(server.base)
    for rehearsal_id in server.rehearsals()[-2:]:
        page.locator(f"input[value='{rehearsal_id}']").check()
    page.get_by_role("button", name="Compare the two ticked").click()
    expect(page.get_by_text("points more")).to_be_visible()
    question = page.get_by_role("row", name=re.compile("Asked how they expect"))
    expect(question).to_contain_text("gained")
    for side in page.locator(".side-of").all():
        side.get_by_role("button", name="Play", exact=True).click()
        until(page, "[...document.querySelectorAll('audio')].filter((a) => !a.paused).length === 1")
    page.goto(f"{server.base}/compare?id=20200101-000000")
    expect(page.get_by_text("Two rehearsals are needed")).to_be_visible()


def test_spoken_and_typed_words_are_text_and_never_markup(
    page: Page, context: BrowserContext, server: Server, tmp_path: Path, copy_of: CopyOf
) -> None:
    rehearsal_id = copy_of(server.rehearsals()[-1], "20200101-000003")
    file = server.home / "rehearsals" / rehearsal_id / "rehearsal.json"
    kept = json.loads(file.read_text())
    for turn in kept["transcript"]["utterances"]:
        for word in turn["words"]:
            word["text"] = HOSTILE.replace(" ", "\u00a0")
    kept |= {"title": HOSTILE, "notes": f"</textarea>{HOSTILE}"}
    kept["sheet"] |= {"manager": HOSTILE, "question": HOSTILE}
    file.write_bytes(msgspec.json.encode(kept))
    open_rehearsal(page, server, rehearsal_id)
    assert page.locator("main script, main img").count() == 0
    assert "owned" not in page.title() or "<script>" in page.title()
    expect(page.locator("h1")).to_have_text(HOSTILE)
    expect(page.locator("textarea[name=notes]")).to_have_value(f"</textarea>{HOSTILE}")
    page.goto(server.base)
    assert page.locator("main script, main img").count() == 0
    text = context.request.get(
        f"{server.base}/rehearsals/{rehearsal_id}/export?as=html&notes=1"
    ).text()
    export = tmp_path / "hostile.html"
    export.write_text(text, encoding="utf-8")
    page = context.new_page()
    page.goto(export.as_uri())
    assert page.locator("main script, main img").count() == 0
    expect(page.locator("h1")).to_have_text(HOSTILE)
    Store(server.home).folder(rehearsal_id).delete()


def test_names_of_files_sheets_and_managers_are_text_and_never_markup(
    page: Page, server: Server
) -> None:
    toml = json.dumps(HOSTILE)
    texts = {
        "sheets/hostile.toml": f"manager = {toml}\ncompany = {toml}\njob = {toml}\n"
        f"[[ways]]\naction = {toml}\ntouches = {toml}\n",
        "sheets/hostile.txt": f"We are hiring. {HOSTILE} Returns wait for weeks.\n",
        "scenarios/<img src=x onerror=alert(1)>.toml": "name = 3\n",
        "scenarios/hostile.toml": packaged_text("busy").replace(
            packaged_scenario("busy").title, HOSTILE.replace('"', "'"), 1
        ),
    }
    for name, text in texts.items():
        (server.home / name).parent.mkdir(exist_ok=True)
        (server.home / name).write_text(text)
    try:
        for path in ("/", "/sheets", "/sheets/hostile", "/sheets/hostile/card", "/scenarios"):
            response = page.goto(f"{server.base}{path}")
            assert response is not None
            assert response.status < 500, path
            assert page.locator("main script, main img, main [onerror]").count() == 0, path
            assert page.title() not in ("owned", "1"), path
        assert "own:hostile" in page.request.get(server.base).text()
    finally:
        for name in texts:
            (server.home / name).unlink()
