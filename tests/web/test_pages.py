"""The pages as a person uses them: look, listen, mend, compare, delete, take away."""

import csv
import io
import json
import re
import time
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from rehearse.report.delivery_json import coaching_json, delivery_json
from rehearse.report.delivery_text import delivery_lines
from rehearse.store import Store
from tests.program import FIXTURES, rehearse
from tests.web.conftest import Server

pytestmark = pytest.mark.timeout(400)
HOSTILE = '<script>document.title="owned"</script><img src=x onerror="document.title=1">"&\'{{7*7}}'


def position_s(page: Page) -> float:
    return page.evaluate("document.querySelector('audio').currentTime")


def until(page: Page, condition: str) -> None:
    """Wait for a condition in the page; its policy forbids Playwright's own way."""
    end = time.monotonic() + 20
    while not page.evaluate(condition):
        assert time.monotonic() < end, condition
        page.wait_for_timeout(50)


def playing(page: Page) -> bool:
    return not page.evaluate("document.querySelector('audio').paused")


def open_rehearsal(page: Page, server: Server, rehearsal_id: str) -> None:
    page.goto(f"{server.base}/rehearsals/{rehearsal_id}")


def test_home_shows_all_rehearsals_newest_first_with_verdicts_and_charts(
    page: Page, server: Server
) -> None:
    page.goto(server.base)
    rows = page.locator("tbody tr")
    assert rows.count() == len(server.rehearsals())
    first = rows.first
    expect(first).to_contain_text("Dana Keller, Northwind")
    expect(first.locator(".badge").last).to_contain_text("covered")
    expect(rows.nth(rows.count() - 1)).to_contain_text("missing")
    expect(page.get_by_role("button", name="Call now")).to_be_visible()
    assert page.get_by_role("img", name=re.compile("Score over the last 2")).count() == 1
    page.get_by_label("Verdicts").select_option("no-question")
    page.get_by_role("button", name="Filter").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    page.goto(f"{server.base}/?q=nobody-of-this-name")
    expect(page.get_by_text("No rehearsal fits.")).to_be_visible()


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
    page.get_by_label("Keyboard shortcuts").uncheck()
    page.get_by_role("button", name="Pause").click()
    page.locator("h1").click()
    page.keyboard.press("n")
    assert not playing(page)


def test_a_quote_plays_its_words_and_stops(page: Page, server: Server) -> None:
    open_rehearsal(page, server, server.rehearsals()[-1])
    button = page.locator(".verdict .play").last
    end_s = float(button.get_attribute("data-e") or 0)
    button.click()
    until(page, "document.querySelector('audio').paused === false")
    until(page, "document.querySelector('audio').paused === true")
    assert position_s(page) == pytest.approx(end_s, abs=1.5)


def test_both_verdicts_and_every_criterion_stand_with_their_words(
    page: Page, server: Server
) -> None:
    rehearsal_id = server.rehearsals()[-1]
    open_rehearsal(page, server, rehearsal_id)
    kept = Store(server.home).folder(rehearsal_id).load()
    assert kept.scorecard is not None
    shown = page.locator("main").inner_text()
    for finding in kept.scorecard.findings:
        for evidence in finding.evidence:
            assert evidence.quote in shown
    expect(page.locator(".score .number")).to_have_text(str(kept.scorecard.score))
    expect(page.get_by_role("heading", name="To do better next time")).to_be_visible()
    expect(page.get_by_text("dropped").first).to_be_visible()
    marked = page.locator(".clause[data-c~=critical_question]").first
    expect(marked).not_to_have_class(re.compile(r"\boff\b"))
    page.locator("[data-filter=critical_question]").uncheck()
    expect(marked).to_have_class(re.compile(r"\boff\b"))


def test_mending_scores_again_keeps_what_was_heard_and_can_be_taken_back(
    page: Page, server: Server
) -> None:
    rehearsal_id = server.copy_of(server.rehearsals()[0], "20200101-000001")
    open_rehearsal(page, server, rehearsal_id)
    expect(page.locator(".verdict").last).to_contain_text("missing")
    turn = page.locator(".turn.candidate").filter(has_text="Misheard?").last
    turn.get_by_text("Misheard? Mend it").click()
    box = turn.get_by_label("What you really said")
    heard = box.input_value()
    box.fill(heard + " How do you expect this job to contribute to your results?")
    turn.get_by_role("button", name="Save and score again").click()
    expect(page.locator(".verdict").last).to_contain_text("Critical question: covered")
    expect(page.get_by_text("You mended this transcript")).to_be_visible()
    assert page.locator(".turn .mended-word").count() >= 10
    kept = Store(server.home).folder(rehearsal_id).load()
    assert kept.heard is not None
    assert heard in {utterance.text for utterance in kept.heard.utterances}
    page.get_by_role("button", name="Back to what was heard").click()
    expect(page.locator(".verdict").last).to_contain_text("missing")
    assert Store(server.home).folder(rehearsal_id).load().heard is None
    page.close()  # it may still be fetching the sound
    Store(server.home).folder(rehearsal_id).delete()


def test_a_turn_without_a_recognised_word_can_be_written_in_and_is_scored(
    page: Page, server: Server
) -> None:
    silent = FIXTURES / "silent__room.flac"
    held = rehearse(server.home, "call", "--no-sheet", "--no-sound", "--candidate", silent)
    assert held.status == 0, held.all
    folder = server.home / "rehearsals" / server.rehearsals()[-1]
    rehearsal_id = server.copy_of(folder.name, "20200101-000004")
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
    turn.get_by_text("Mended by you").click()
    expect(turn.get_by_text("(no word was recognised)")).to_be_visible()
    shown = rehearse(server.home, "show", rehearsal_id).out
    assert said.split("contribute")[0] in " ".join(shown.split())
    page.get_by_role("button", name="Back to what was heard").click()
    expect(page.locator(".verdict").last).to_contain_text("missing")
    after = Store(server.home).folder(rehearsal_id).load()
    assert (after.transcript, after.heard) == (before.transcript, None)
    page.close()
    Store(server.home).folder(rehearsal_id).delete()


def test_print_has_the_verdicts_and_their_words_and_nothing_to_press(
    page: Page, server: Server, tmp_path: Path
) -> None:
    open_rehearsal(page, server, server.rehearsals()[-1])
    times = page.locator(".verdict .play")
    expect(times.first).to_have_text(re.compile("▶"))
    page.emulate_media(media="print", color_scheme="dark")
    controls = ".top, .foot, .player, .legend, .mend, form, audio, input, select, textarea"
    for shown in page.locator(f"{controls}, button:not(.play), a").all():
        expect(shown).to_be_hidden()
    assert "▶" not in page.locator("main").inner_text()
    for seen in ("Business contribution: covered", "Critical question: covered", "100 of 100",
                 "To do better next time", "What went well", "What was said", "How it sounded",
                 "Your call sheet"):  # fmt: skip
        expect(page.locator("main")).to_contain_text(seen)
    for quote in page.locator(".verdict .quote").all():
        expect(quote).to_be_visible()
    for tag in page.locator(".turn .tag").all():
        expect(tag).to_be_visible()
    style = "(one) => [getComputedStyle(one).breakInside, getComputedStyle(one).color]"
    turn = page.locator(".turn.candidate").first
    assert turn.evaluate(style) == ["avoid", "rgb(0, 0, 0)"]
    paper = page.pdf(path=tmp_path / "rehearsal.pdf", format="A4")
    assert paper.startswith(b"%PDF")
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", paper)) <= 5


def test_advice_leads_to_its_drill(page: Page, server: Server) -> None:
    open_rehearsal(page, server, server.rehearsals()[0])
    page.get_by_role("link", name="Practise just this").last.click()
    expect(page.get_by_role("heading", name="The critical question")).to_be_visible()
    expect(page.get_by_role("button", name="Start")).to_be_visible()


def test_without_fluency_only_what_was_said_is_spoken_of(server: Server) -> None:
    whole = json.loads(rehearse(server.home, "show", "--json").out)
    words_only = json.loads(rehearse(server.home, "show", "--json", "--no-fluency").out)
    assert whole["delivery"]["words_per_minute"] > 100
    assert words_only["delivery"] is None
    said = [s for s in whole["coaching"]["progress"] if "first time" in s]
    assert "Third way said for the first time." in said
    assert words_only["coaching"]["progress"] == said
    advice = [one["rule"] for one in words_only["coaching"]["advice"]]
    assert not set(advice) & {"pace", "hesitant", "talked_on", "too_faint"}
    assert words_only["score"] == whole["score"]


def test_name_notes_and_star_are_kept_and_delete_asks_first_and_removes_the_sound(
    page: Page, server: Server
) -> None:
    rehearsal_id = server.copy_of(server.rehearsals()[-1], "20200101-000002")
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
    expect(page.get_by_role("heading", name="Rehearsals", exact=True)).to_be_visible()
    assert not folder.exists()
    assert not list(folder.parent.glob(".deleted*"))
    page.goto(f"{server.base}/rehearsals/{rehearsal_id}")
    expect(page.get_by_text("There is no such rehearsal.")).to_be_visible()


def test_two_rehearsals_beside_each_other_tell_what_was_gained(page: Page, server: Server) -> None:
    page.goto(server.base)
    for rehearsal_id in server.rehearsals()[-2:]:
        page.locator(f"input[value='{rehearsal_id}']").check()
    page.get_by_role("button", name="Compare the two ticked").click()
    expect(page.get_by_text("points more")).to_be_visible()
    question = page.get_by_role("row", name=re.compile("How does the manager expect"))
    expect(question).to_contain_text("gained")
    for side in page.locator(".side-of").all():
        side.get_by_role("button", name="Play", exact=True).click()
        until(page, "[...document.querySelectorAll('audio')].filter((a) => !a.paused).length === 1")
    page.goto(f"{server.base}/compare?id=20200101-000000")
    expect(page.get_by_text("Two rehearsals are needed")).to_be_visible()


def test_what_was_said_and_typed_is_text_never_markup(
    page: Page, context: BrowserContext, server: Server, tmp_path: Path
) -> None:
    rehearsal_id = server.copy_of(server.rehearsals()[-1], "20200101-000003")
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


@pytest.mark.parametrize("kind", ["txt", "json", "srt", "vtt", "wav"])
def test_each_export_opens_again(page: Page, server: Server, tmp_path: Path, kind: str) -> None:
    rehearsal_id = server.rehearsals()[-1]
    open_rehearsal(page, server, rehearsal_id)
    page.locator("select[name=as]").select_option(kind)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the file").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    assert path.name == f"rehearsal-{rehearsal_id}.{kind}"
    kept = Store(server.home).folder(rehearsal_id).load()
    assert kept.transcript is not None
    assert kept.scorecard is not None
    assert kept.delivery is not None
    assert kept.coaching is not None
    words = [word.text for word in kept.transcript.candidate_words]
    if kind == "wav":
        import soundfile

        assert soundfile.info(path).duration == pytest.approx(kept.duration_s, abs=0.5)
        return
    text = path.read_text(encoding="utf-8")
    assert str(server.home) not in text
    if kind == "json":
        result = json.loads(text)
        assert result["score"] == kept.scorecard.score
        assert result["delivery"] == delivery_json(kept.delivery)
        assert result["coaching"] == coaching_json(kept.coaching)
    elif kind in ("srt", "vtt"):
        import av

        with av.open(str(path)) as container:
            assert container.streams.subtitles
        spoken = re.sub(r"<v [^>]*>|You: ", "", text).split()
        assert [word for word in spoken if word in words][: len(words) // 2]
        assert all(word in spoken for word in words if "&" not in word)
    else:
        assert f"Score: {kept.scorecard.score} of 100" in text
        assert "How it sounded" in text
        flat = " ".join(text.split())
        told = [*kept.coaching.advice, *kept.coaching.praise]
        assert told
        assert all(one.text in flat for one in told)
        assert all(sentence in flat for sentence in kept.coaching.progress)
        assert all(f"{name} {figure}" in flat for name, figure in delivery_lines(kept.delivery))
        assert "Your call sheet against the call" in text


def test_the_page_sent_to_a_friend_needs_nothing_else(
    page: Page, context: BrowserContext, server: Server, tmp_path: Path
) -> None:
    open_rehearsal(page, server, server.rehearsals()[-1])
    page.locator("select[name=as]").select_option("html")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the file").click()
    path = tmp_path / "for-a-friend.html"
    download.value.save_as(path)
    assert path.stat().st_size < 3_000_000
    asked: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    until(page, "document.querySelector('audio').duration > 10")
    page.locator(".turn.candidate .w[data-s]").nth(5).click()
    page.wait_for_selector(".w.now")
    assert playing(page)
    assert {url.split(":", 1)[0] for url in asked} <= {"file", "data"}
    assert page.locator("form").count() == 0
    assert page.locator("main a").count() == 0
    for heading in ("To do better next time", "What went well", "How it sounded"):
        expect(page.get_by_role("heading", name=heading)).to_be_visible()


def test_the_table_of_all_rehearsals(context: BrowserContext, server: Server) -> None:
    answer = context.request.get(f"{server.base}/rehearsals.csv")
    rows = list(csv.DictReader(io.StringIO(answer.body().decode("utf-8-sig"))))
    assert [row["id"] for row in rows] == sorted(server.rehearsals(), reverse=True)
    assert rows[0]["critical_question"] == "covered"


def test_the_sound_is_served_in_ranges(context: BrowserContext, server: Server) -> None:
    address = f"{server.base}/rehearsals/{server.rehearsals()[-1]}/sound"
    part = context.request.get(address, headers={"Range": "bytes=100-199"})
    assert part.status == 206
    assert len(part.body()) == 100
