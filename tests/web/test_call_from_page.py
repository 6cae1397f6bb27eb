"""A whole call from the page, through the sound devices."""

import json
import re
import time

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from rehearse.engines.audio.audio_file import read_audio
from tests.program import FIXTURES, rehearse
from tests.sound_card import VirtualSoundCard
from tests.web.conftest import Server
from tests.web.test_appearance import RULES, SCREENSHOTS

pytestmark = pytest.mark.timeout(500)
QUESTION = FIXTURES / "d_question_only__piper-joe.flac"


def test_check_call_and_then_the_scored_transcript(
    phone: tuple[Page, Server], sound_card: VirtualSoundCard
) -> None:
    page, server = phone
    expect(page.get_by_text("None yet.")).to_be_visible()
    page.get_by_role("link", name="Check the microphone").click()
    saying = sound_card.start_playing(np.tile(read_audio(QUESTION), 12))
    page.get_by_role("button", name="Check now").click()
    expect(page.get_by_role("button", name="Check again")).to_be_visible(timeout=90_000)
    saying.terminate()
    saying.wait()
    expect(page.get_by_text("Ready.")).to_be_visible()
    page.get_by_role("link", name="Go and call").click()

    page.get_by_role("button", name="Call now").click()
    expect(page.locator("[data-state-text]")).to_have_text(re.compile("Ringing"), timeout=60_000)
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / "call-ringing.png")
    done = page.get_by_role("button", name="I’m done talking")
    expect(done).to_be_disabled()
    expect(page.locator("[data-log] p").first).to_be_visible(timeout=60_000)
    expect(page.locator("[data-state=yours]")).to_be_visible(timeout=60_000)
    page.screenshot(path=SCREENSHOTS / "call-your-turn.png")
    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    assert not results.response["violations"], results.generate_report()
    playing = sound_card.start_playing(QUESTION)
    levels = set()
    while playing.poll() is None:
        levels.add(page.locator("[data-level]").evaluate("(meter) => meter.value"))
        time.sleep(0.3)
    assert max(levels) - min(levels) > 15
    page.reload()  # the call goes on, and all it said is told again
    expect(page.locator("[data-log] p").first).to_be_visible()
    expect(page.locator("[data-state=yours]")).to_be_visible()
    done.click()
    expect(page.locator("[data-log] p").nth(1)).to_be_visible(timeout=90_000)
    page.get_by_role("checkbox", name="Captions").uncheck()
    expect(page.locator("[data-log]")).to_be_hidden()
    page.get_by_role("button", name="Hang up").click()
    page.wait_for_url(re.compile("/rehearsals/"), timeout=180_000)
    expect(page.locator(".verdict").last).to_contain_text("Critical question: covered")

    kept = json.loads(rehearse(server.home, "show", "--json").out)
    assert kept["verdicts"]["critical_question"] == "covered"
    events = next(server.home.glob("rehearsals/*/events.jsonl")).read_text()
    assert "done key" in events
    stream = page.context.request.get(f"{server.base}/call/events").text()
    assert "UnderstoodSoFar" not in stream  # nobody asked for hints


def test_devices_can_be_chosen_in_the_check_and_hold_to_talk_works(
    phone: tuple[Page, Server], sound_card: VirtualSoundCard
) -> None:
    page, server = phone
    found = rehearse(server.home, "check", env=sound_card.env).out
    [microphone] = re.findall(r'Microphone: .*? on\s+"(.*?)"', found)
    page.locator("details.more > summary").click()
    devices = page.get_by_label("Microphone").get_by_role("option")
    assert devices.first.inner_text() == "this computer’s usual one"
    assert microphone in devices.all_inner_texts()
    page.get_by_label("Microphone").select_option(label=microphone)
    page.get_by_label("Loudspeaker").select_option(index=1)
    page.get_by_role("radio", name=re.compile("Hold to talk")).check()
    page.get_by_role("checkbox", name=re.compile("headphones")).check()
    page.get_by_role("checkbox", name=re.compile("Show hints")).check()
    page.get_by_role("button", name="Call now").click()

    hold = page.locator("[data-hold]")
    expect(hold).to_be_disabled()
    expect(page.locator("[data-state=yours]")).to_be_visible(timeout=60_000)
    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    assert not results.response["violations"], results.generate_report()
    time.sleep(3.5)  # longer than the silence that would end a turn
    hold.hover()
    page.mouse.down()
    expect(hold).to_contain_text("let go when you have finished")
    page.screenshot(path=SCREENSHOTS / "call-hold.png")
    sound_card.play(QUESTION)
    expect(page.locator("[data-hints]")).to_have_text("ways 0, question asked")
    time.sleep(3.5)
    expect(page.locator("[data-state=yours]")).to_be_visible()
    page.mouse.up()
    expect(page.locator("[data-state=theirs]")).to_be_visible()

    expect(page.locator("[data-state=yours]")).to_be_visible(timeout=90_000)
    page.locator("h1").click()  # wherever the focus is, unless a control needs the key itself
    page.keyboard.down("Space")
    time.sleep(1)
    page.keyboard.up("Space")
    expect(page.locator("[data-state=theirs]")).to_be_visible()

    if still_on(page):
        hold.click()  # too short to be held: it stays on until the next press
        expect(hold).to_contain_text("press again when you have finished")
        hold.focus()
        page.keyboard.press("Enter")
        expect(page.locator("[data-state=theirs]")).to_be_visible()
    hang_up(page)
    page.wait_for_url(re.compile("/rehearsals/"), timeout=180_000)
    expect(page.locator(".verdict").last).to_contain_text("Critical question: covered")
    journal = next(server.home.glob("rehearsals/*/events.jsonl")).read_text()
    ends = [
        event["reason"]
        for event in map(json.loads, journal.splitlines())
        if event["event"] == "TurnEnded"
    ]
    assert ends[:2] == ["done key", "done key"]
    assert set(ends) <= {"done key", "hung up"}


def still_on(page: Page) -> bool:
    """Whether it is one's turn once more; the manager may have said goodbye instead."""
    # When the call is over, the page goes on to the rehearsal: its title is there instead.
    page.wait_for_selector(
        "[data-state=yours], [data-state=over], .rehearsal[data-player]", timeout=90_000
    )
    return page.locator("[data-state=yours]").count() > 0


def hang_up(page: Page) -> None:
    """Unless the manager has meanwhile, and the page went on to the rehearsal."""
    page.evaluate(
        "[...document.querySelectorAll('button')].find(b => b.innerText === 'Hang up')?.click()"
    )
