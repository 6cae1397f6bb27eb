"""Exports opened again, print, the table, the sound."""

import csv
import io
import json
import re
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from rehearse.keeping.store import Store
from rehearse.report.delivery_json import coaching_json, delivery_json
from rehearse.report.delivery_text import delivery_lines
from tests.program import rehearse
from tests.web.conftest import CopyOf, Server
from tests.web.test_pages import open_rehearsal, playing, until

pytestmark = pytest.mark.timeout(400)


def test_print_has_the_verdicts_and_their_words_and_nothing_to_press(
    page: Page, server: Server, tmp_path: Path
) -> None:
    open_rehearsal(page, server, server.rehearsals()[-1])
    times = page.locator(".verdict .play")
    page.locator(".verdict summary").first.click()
    expect(times.first.locator(".icon").first).to_be_visible()
    page.emulate_media(media="print", color_scheme="dark")
    controls = ".top, .foot, .player, .legend, .correct, form, audio, input, select, textarea"
    for shown in page.locator(f"{controls}, button:not(.play), main a:not(.ticks a)").all():
        expect(shown).to_be_hidden()
    expect(page.locator(".play .icon").first).to_be_hidden()
    for seen in ("Business contribution: covered", "Critical question: covered", "100 of 100",
                 "What went well", "What was said", "How it sounded",
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


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_no_heading_is_alone_at_the_end_of_a_page(
    page: Page, server: Server, copy_of: CopyOf, tmp_path: Path, paper: str
) -> None:
    weak, strong = server.rehearsals()[-2:]
    for day in range(10, 30):
        copy_of(weak, f"202001{day}-120000")
    for address in (
        f"/rehearsals/{weak}",
        f"/rehearsals/{strong}",
        f"/compare?id={weak}&id={strong}",
        "/trends",
        "/sheets/northwind/card",
    ):
        page.goto(server.base + address)
        headings = {text.strip() for text in page.locator("h1, h2, h3").all_inner_texts()}
        page.emulate_media(media="print")
        page.pdf(path=tmp_path / "printed.pdf", format=paper)
        page.emulate_media(media="screen")
        pages = pypdf.PdfReader(tmp_path / "printed.pdf").pages
        assert len(pages) <= 5, address
        for printed in pages:
            last = printed.extract_text().strip().splitlines()[-1].strip()
            assert last not in headings, address


def test_without_fluency_only_the_words_are_mentioned(server: Server) -> None:
    whole = json.loads(rehearse(server.home, "show", "--json").out)
    words_only = json.loads(rehearse(server.home, "show", "--json", "--no-fluency").out)
    assert whole["delivery"]["words_per_minute"] > 100
    assert words_only["delivery"] is None
    said = [s for s in whole["coaching"]["progress"] if "first time" in s]
    assert "For the first time, you named three ways." in said
    assert words_only["coaching"]["progress"] == said
    advice = [one["rule"] for one in words_only["coaching"]["advice"]]
    assert not set(advice) & {"pace", "hesitant", "talked_on", "too_faint"}
    assert words_only["score"] == whole["score"]


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
    for heading in ("What went well", "How it sounded"):
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
