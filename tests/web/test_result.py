"""What came of a call is seen at once: score, verdicts, one thing to improve, the next call."""

import re
import shutil

import pytest
from playwright.sync_api import Page, Response, Route, expect

from benchmarks.long_call import LONG_CALL_S, long_call
from rehearse.keeping.store import Store
from rehearse.transcript import Speaker, UnclearPassage, Utterance
from tests.keeping.sample import kept, spoken
from tests.report.test_lost_words import WAYS, held
from tests.web.conftest import Server
from tests.web.test_pages import open_rehearsal, playing, position_s

SCREENS = ((1280, 800), (390, 844))
FIRST_PX = 300
HEAVIEST_BYTES = 150_000
LARGEST_WORDS = """(bottom) => {
  const size = (element) => parseFloat(getComputedStyle(element).fontSize);
  const first = [["score", ".result .number"], ["advice", ".result h2"],
                 ["next call", ".result .main"]];
  const known = first.map(([, where]) => document.querySelector(where));
  const rest = Array.from(document.querySelectorAll(".result *")).filter((one) =>
    one.getBoundingClientRect().top < bottom && one.childElementCount === 0
    && one.textContent.trim() && !known.some((large) => large.contains(one)));
  const largest = Math.max(...rest.map(size));
  return first.filter((_, place) => size(known[place]) > largest).map(([name]) => name);
}"""
"""Which of the three things to be found at once have larger words than all the rest."""


@pytest.mark.parametrize(("width", "height"), SCREENS)
def test_score_verdicts_advice_and_next_call_stand_in_the_first_300_px(
    page: Page, server: Server, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    for rehearsal_id in server.rehearsals()[-2:]:
        open_rehearsal(page, server, rehearsal_id)
        result = page.get_by_role("region", name="Result")
        first = [
            result.locator(".score .number"),
            *result.locator(".ticks li").all(),
            result.get_by_role("heading"),
            result.get_by_role("button", name="Call again"),
        ]
        for one in first:
            box = one.bounding_box()
            assert box is not None
            assert box["y"] + box["height"] <= FIRST_PX, one
        buttons = page.locator("main button:visible, main .button:visible").all()
        sizes = [box["width"] * box["height"] for b in buttons if (box := b.bounding_box())]
        call_again = first[-1].bounding_box()
        assert call_again is not None
        assert call_again["width"] * call_again["height"] == max(sizes)
        assert page.evaluate(LARGEST_WORDS, FIRST_PX) == ["score", "advice", "next call"]


def test_the_advice_can_be_practised_right_beside_the_next_call(page: Page, server: Server) -> None:
    open_rehearsal(page, server, server.rehearsals()[-2])
    result = page.get_by_role("region", name="Result")
    expect(result.get_by_role("heading")).to_have_text("Next time: Say what of theirs gets better.")
    result.get_by_role("link", name="Practise just this").click()
    expect(page.get_by_role("heading", name="One way")).to_be_visible()


def test_a_sentence_sets_the_call_beside_the_one_before(page: Page, server: Server) -> None:
    open_rehearsal(page, server, server.rehearsals()[-1])
    expect(page.locator(".since")).to_have_text(
        "Since last time: you now ask the question and name three ways instead of none."
    )
    open_rehearsal(page, server, server.rehearsals()[-2])
    expect(page.locator(".since")).to_have_count(0)


def test_quotes_are_folded_and_no_sentence_stands_there_twice(page: Page, server: Server) -> None:
    rehearsal_id = server.rehearsals()[-1]
    open_rehearsal(page, server, rehearsal_id)
    kept = Store(server.home).folder(rehearsal_id).load()
    assert kept.scorecard is not None
    expect(page.locator(".verdict .quote:visible")).to_have_count(0)
    outside = page.locator("main").evaluate(
        "(main) => { const copy = main.cloneNode(true);"
        " copy.querySelectorAll('.turns').forEach((turns) => turns.remove());"
        " return copy.textContent; }"
    )
    for finding in kept.scorecard.findings:
        for evidence in finding.evidence:
            assert outside.count(evidence.quote) == 1
    transcript = page.locator(".turns").inner_text()
    letters = re.compile(r"\b[LCHQRMSP]\d?!?\b\s*$", re.MULTILINE)
    assert not letters.search(transcript)


def test_on_a_phone_the_player_is_a_single_row(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_rehearsal(page, server, server.rehearsals()[-1])
    player = page.get_by_role("region", name="Player").bounding_box()
    assert player is not None
    assert player["height"] <= 64


def test_a_call_of_ten_minutes_makes_a_light_page_and_each_of_its_words_can_be_played(
    page: Page, server: Server
) -> None:
    rehearsals = server.home / "rehearsals"
    long_id = long_call(rehearsals / server.rehearsals()[-1], server.home)
    loaded: list[Response] = []
    page.on("response", lambda response: loaded.append(response))
    try:
        open_rehearsal(page, server, long_id)
        weights = [len(one.body()) for one in loaded if not one.url.endswith("/sound")]
        assert len(weights) > 5
        assert sum(weights) < HEAVIEST_BYTES
        kept = Store(server.home).folder(long_id).load()
        assert kept.transcript is not None
        spoken = [w for turn in kept.transcript.utterances for w in turn.words if w.start_s]
        words = page.locator(".words .w[data-s]")
        assert words.all_inner_texts() == [word.text for word in spoken]
        last = spoken[-1]
        assert float(words.last.get_attribute("data-s") or 0) == pytest.approx(
            last.start_s, abs=0.01
        )
        words.last.click()
        assert playing(page)
        assert position_s(page) > 0.9 * LONG_CALL_S
    finally:
        page.goto("about:blank")
        shutil.rmtree(rehearsals / long_id)


@pytest.mark.parametrize("shown", ["a sample", "one's own", "two of one's own"])
def test_a_call_is_played_only_once_a_press_is_heard(
    page: Page, server: Server, shown: str
) -> None:
    weak, strong = server.rehearsals()[-2:]
    address = {
        "a sample": "/first-evening/good",
        "one's own": f"/rehearsals/{strong}",
        "two of one's own": f"/compare?id={weak}&id={strong}",
    }[shown]
    page.set_default_timeout(150_000)  # a sample is spoken first
    held: list[Route] = []
    page.route("**/static/player.js", lambda route: held.append(route))
    page.goto(server.base + address, wait_until="commit")
    play = page.locator("[data-toggle]").first
    expect(play).to_be_disabled()
    assert held, "the script has not come yet"
    held[0].continue_()
    expect(play).to_be_enabled()
    play.click()
    expect(play).to_have_text(re.compile("Pause"))


def test_after_lost_words_they_are_corrected_first_and_the_call_comes_second(
    page: Page, server: Server
) -> None:
    lost = held(
        Utterance(Speaker.CANDIDATE, spoken(WAYS, 5.0), 5.0, 20.0),
        Utterance(Speaker.CANDIDATE, (), 25.0, 40.0),
        unclear=(UnclearPassage(26.0, 39.0),),
    )
    changes = {name: getattr(lost, name) for name in ("transcript", "scorecard", "coaching")}
    folder = kept(server.home, "2020-01-01T00:00:05", recognised=None, **changes)
    folder.recording.unlink()
    try:
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 844})
            page.goto(f"{server.base}/rehearsals/{folder.id}")
            result = page.get_by_role("region", name="Result")
            expect(result.locator(".main")).to_have_text("Write what you said")
            expect(result.get_by_role("button", name="Call again")).to_be_visible()
            result.get_by_role("link", name="Write what you said").click()
            expect(page.locator("#turn-2").get_by_label("What you really said")).to_be_in_viewport()
    finally:
        folder.delete()
