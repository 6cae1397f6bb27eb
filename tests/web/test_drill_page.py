"""A drill from the page, through the sound devices."""

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from rehearse.engines.audio.audio_file import read_audio
from rehearse.sound import Samples, sample_count, silence
from tests.program import FIXTURES
from tests.sound_card import VirtualSoundCard
from tests.web.conftest import Server, serving
from tests.web.test_appearance import RULES, SCREENSHOTS, WIDTHS_PX

pytestmark = pytest.mark.timeout(400)
CLIP = FIXTURES / "d_question_only__piper-joe.flac"
GREETING_S = (0.0, 3.55)
QUESTION_S = (3.6, 7.8)


def clip(start_s: float, end_s: float) -> Samples:
    sound = read_audio(CLIP)[sample_count(start_s) : sample_count(end_s)]
    return np.concatenate([silence(0.3), sound])


def look(page: Page, name: str) -> None:
    """Keep pictures at two widths, light and dark; nothing is wider than the screen."""
    page.wait_for_load_state()
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for width in WIDTHS_PX:
            page.set_viewport_size({"width": width, "height": 850})
            page.screenshot(path=SCREENSHOTS / f"{name}-{width}-{scheme}.png", full_page=True)
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        results = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
        assert not results.response["violations"], results.generate_report()


def test_rounds_until_three_are_clean_and_then_a_whole_call(
    phone: tuple[Page, Server], sound_card: VirtualSoundCard
) -> None:
    page, server = phone
    page.get_by_role("link", name="Practise", exact=True).click()
    look(page, "drills")
    page.get_by_role("link", name="The critical question").click()
    expect(page.get_by_text("I see. Thank you. Anything else?")).to_be_visible()
    look(page, "drill-start")

    sound_card.start_capture()
    page.get_by_role("button", name="Start").click()
    expect(page.locator("[data-state=yours]")).to_be_visible()
    cue = sound_card.stop_capture()
    assert float(np.abs(cue).max()) > 0.05, "the cue is heard, not only shown"
    playing = sound_card.start_playing(clip(*GREETING_S))
    levels = set()
    while playing.poll() is None:
        levels.add(page.locator("[data-level]").evaluate("(meter) => meter.value"))
        time.sleep(0.2)
    assert max(levels) - min(levels) > 15
    left = page.locator("[data-clock]").inner_text()
    assert 10 <= int(left.removeprefix("0:")) < 19
    page.screenshot(path=SCREENSHOTS / "drill-speaking.png", full_page=True)
    page.get_by_role("button", name="I’m done talking").click()
    result = page.get_by_role("heading", name="Round 1")
    expect(result).to_contain_text("not yet")
    expect(result).to_be_focused()
    expect(
        page.get_by_text("how do you expect this job to contribute to the business?")
    ).to_be_visible()
    expect(page.locator(".verdict")).to_contain_text("Sam Rivera")
    look(page, "drill-not-yet")

    for number in (2, 3, 4):
        page.get_by_role("button", name="Again").click()
        expect(page.locator("[data-state=yours]")).to_be_visible()
        sound_card.play(clip(*QUESTION_S))
        if number < 4:
            page.get_by_role("button", name="I’m done talking").click()
        # The last one ends by two seconds of silence.
        expect(page.get_by_role("heading", name=f"Round {number}")).to_contain_text("clean")
        expect(page.locator(".verdict")).to_contain_text("yes: Then you stopped")
    expect(page.get_by_text(re.compile("Clean, in [3-5] s"))).to_have_count(3)
    expect(page.get_by_role("heading", name="3 clean rounds in a row")).to_be_visible()
    look(page, "drill-done")
    page.get_by_role("link", name="Hold a whole call").click()
    expect(page.get_by_role("button", name="Call now")).to_be_visible()
    assert not (server.home / "rehearsals").exists(), "nothing of a drill is kept"


def test_a_round_can_be_stopped_and_one_without_a_word_says_so(
    phone: tuple[Page, Server],
) -> None:
    page, server = phone
    page.goto(f"{server.base}/drill/way1")
    page.get_by_role("button", name="Start").click()
    expect(page.locator("[data-state=yours]")).to_be_visible()
    page.reload()  # the round goes on
    expect(page.locator("[data-state=yours]")).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("button", name="Start")).to_be_visible()
    page.get_by_role("button", name="Start").click()
    expect(page.locator("[data-state=yours]")).to_be_visible()
    page.get_by_role("button", name="I’m done talking").click()
    expect(page.locator(".verdict")).to_contain_text("No speech heard.")
    page.goto(f"{server.base}/drill/opening")
    expect(page.get_by_role("button", name="Start")).to_be_visible()


@pytest.fixture
def drill_without_sound(
    request: pytest.FixtureRequest, browser: Browser, tmp_path: Path
) -> Iterator[tuple[Page, Server]]:
    """The pages of a server with the environment given as the parameter, so without devices."""
    with serving(tmp_path / "home", request.param(tmp_path), "--sound-card") as server:
        page = browser.new_page()
        page.goto(server.address())
        yield page, server
        page.close()


def no_device(folder: Path) -> dict[str, str]:
    return {"PULSE_SERVER": "/nonexistent"}


def no_portaudio(folder: Path) -> dict[str, str]:
    """Stands in for a machine without the library, which cannot be removed for one test."""
    (folder / "sounddevice.py").write_text("raise OSError('PortAudio library not found')\n")
    return {"PYTHONPATH": os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")])}


@pytest.mark.parametrize("drill_without_sound", [no_device], indirect=True)
def test_an_unknown_drill(drill_without_sound: tuple[Page, Server]) -> None:
    page, server = drill_without_sound
    page.goto(f"{server.base}/drill/dance")
    expect(page.get_by_text("There is no such drill.")).to_be_visible()


@pytest.mark.parametrize("drill_without_sound", [no_device, no_portaudio], indirect=True)
def test_without_a_microphone_a_drill_is_typed_and_no_command_is_asked_for(
    drill_without_sound: tuple[Page, Server],
) -> None:
    page, server = drill_without_sound
    page.goto(f"{server.base}/drill/question")
    expect(page.get_by_text("No microphone was found, so you type.")).to_have_count(1)
    page.get_by_label("What you say").fill("When do you decide?")
    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_role("heading", name="Round 1")).to_contain_text("not yet")
    page.get_by_label("What you say").fill(
        "As the manager, how do you expect this job to contribute to the business?"
    )
    page.get_by_role("button", name="Try it again").click()
    expect(page.get_by_role("heading", name="Round 2")).to_contain_text("clean")
    shown = page.locator("main").inner_text()
    assert not re.search(r"sudo|rehearse \w+|PortAudio", shown)


@pytest.mark.parametrize("drill_without_sound", [no_device, no_portaudio], indirect=True)
def test_a_call_by_voice_without_a_microphone_can_be_typed_instead(
    drill_without_sound: tuple[Page, Server],
) -> None:
    page, _server = drill_without_sound
    page.get_by_text("More: hold to talk").click()
    expect(page.get_by_role("radio", name=re.compile("Typed"))).to_be_checked()
    page.get_by_role("radio", name=re.compile("By voice")).check()
    page.get_by_role("button", name="Call now").click()
    expect(page.get_by_role("alert")).to_contain_text("You can type what you would say instead.")
    expect(page.get_by_role("button", name="Hang up")).to_be_hidden()
    assert not re.search(r"sudo|--\w|rehearse \w+", page.locator("main").inner_text())
    page.get_by_role("button", name="Type instead").click()
    expect(page.get_by_label("What you say")).to_be_visible()
    page.locator("[data-state=yours]").wait_for(timeout=60_000)
    page.get_by_role("button", name="Hang up").click()
    page.wait_for_url(re.compile("/rehearsals/"), timeout=120_000)
    expect(page.get_by_text("You said nothing in this call")).to_be_visible()
    assert "microphone" not in page.locator("main").inner_text().lower()
