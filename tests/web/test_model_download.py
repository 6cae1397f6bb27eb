"""A larger model on the page: offered, explained, agreed to, downloaded, and tried."""

import functools
import io
import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
import torch
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from rehearse.engines.audio.audio_file import read_audio
from rehearse.engines.whisper.weights import load_model
from rehearse.sound import silence
from tests.cli.test_call_live import room
from tests.program import FIXTURES, command
from tests.sound_card import VirtualSoundCard
from tests.web.conftest import WAIT_MS, serving
from tests.web.test_appearance import RULES, SCREENSHOTS
from tests.weights_server import WeightsServer, weights_server

pytestmark = pytest.mark.timeout(500)
OTHER_WORDS = FIXTURES / "d_question_only__piper-joe.flac"
PART = bytes(range(256)) * 4000


@functools.cache
def checkpoint() -> bytes:
    """The weights of tiny.en as a file of OpenAI's server."""
    model = load_model(None, Path("not-used")).model
    weights = {name: value.half() for name, value in model.state_dict().items()}
    file = io.BytesIO()
    torch.save({"dims": vars(model.dims), "model_state_dict": weights}, file)
    return file.getvalue()


def program(weights: WeightsServer, home: Path, *arguments: str) -> list[str]:
    """`rehearse`, where the model `small` comes from `weights`."""
    rest = command(home, *arguments)[3:]
    return [sys.executable, "-m", "tests.weights_from", json.dumps(asdict(weights.model)), *rest]


@contextmanager
def page_of(
    browser: Browser, weights: WeightsServer, home: Path, card: VirtualSoundCard | None = None
) -> Iterator[Page]:
    options = ("--sound-card",) if card else ()
    run = functools.partial(program, weights)
    with serving(home, card.env if card else None, *options, run=run) as server:
        context = browser.new_context(viewport={"width": 390, "height": 844})
        context.set_default_timeout(WAIT_MS)
        page = context.new_page()
        page.goto(server.address())
        page.goto(f"{server.base}/voice-check")
        yield page
        context.close()


def looked_at(page: Page, name: str) -> None:
    """Accessible, and nothing cut off, at two widths, light and dark; a picture of each width."""
    page.wait_for_load_state()
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    for width_px, scheme in ((1280, "dark"), (1280, "light"), (390, "light")):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width_px, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width_px
        results = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
        assert not results.response["violations"], results.generate_report()
        page.screenshot(path=SCREENSHOTS / f"{name}-{width_px}.png", full_page=True)


def test_who_is_not_understood_gets_a_larger_model_and_tries_it(
    browser: Browser, sound_card: VirtualSoundCard, tmp_path: Path
) -> None:
    noise = sound_card.start_playing(room(300))
    with (
        weights_server("small", checkpoint()) as weights,
        page_of(browser, weights, tmp_path, sound_card) as page,
    ):
        models = page.get_by_role("region", name="Speech models")
        expect(models).to_contain_text("base on this computer")
        expect(models).to_contain_text("medium 1.5 GB to download")
        looked_at(page, "models")
        sound_card.start_playing(np.concatenate([silence(3), read_audio(OTHER_WORDS)]))
        page.get_by_role("button", name="Start, I’ll read").click(timeout=240_000)
        expect(page.locator(".findings")).to_contain_text("base got", timeout=240_000)
        looked_at(page, "models-after-check")
        page.get_by_role("link", name="See what small is").click()
        expect(page.get_by_text("Download it?")).to_be_visible()
        expect(page.locator(".facts")).to_contain_text("127.0.0.1")
        expect(page.locator(".facts")).to_contain_text("Nothing that you have said")
        looked_at(page, "model-asks")
        assert weights.requests == []

        weights.behaviour.bytes_per_s = 2e6
        page.get_by_role("button", name="Yes, download 76 MB").click()
        expect(page.locator("[data-said]")).to_have_text(re.compile(r"^[1-9]\d* MB of 76 MB"))
        looked_at(page, "model-arrives")
        page.get_by_role("button", name="Stop for now").click()
        expect(page.get_by_text("Stopped.")).to_be_visible()
        looked_at(page, "model-stopped")

        weights.behaviour.bytes_per_s, weights.behaviour.break_off_after = None, 30_000_000
        page.get_by_role("button", name=re.compile(r"Go on, \d+ MB more")).click()
        expect(page.get_by_text("It has arrived, its checksum is right")).to_be_visible()
        assert re.fullmatch(r"bytes=[1-9]\d+-", weights.ranges[1] or "")
        looked_at(page, "model-here")
        page.get_by_role("button", name="Hear the same recording again with small").click()
        expect(page.locator(".findings")).to_contain_text("small got", timeout=240_000)
        looked_at(page, "models-heard-again")
        assert [path.name for path in (tmp_path / "models").iterdir()] == ["small.pt"]
    noise.terminate()
    noise.wait()


def test_wrong_bytes_are_named_and_gone(browser: Browser, tmp_path: Path) -> None:
    with (
        weights_server("small", PART) as weights,
        page_of(browser, weights, tmp_path) as page,
    ):
        weights.content = bytes(len(PART))
        page.get_by_role("link", name="Get small").click()
        page.get_by_role("button", name=re.compile("Yes, download")).click()
        alert = page.get_by_role("alert")
        expect(alert).to_contain_text("is not the speech model small: its checksum differs")
        looked_at(page, "model-wrong")
        weights.behaviour.status = 404
        page.get_by_role("button", name=re.compile("Yes, download")).click()
        expect(alert).to_contain_text("did not send the speech model small (error 404)")
        expect(alert).not_to_contain_text("rehearse ")
        assert list((tmp_path / "models").iterdir()) == []


def test_a_name_that_is_no_model_is_not_asked_for(browser: Browser, tmp_path: Path) -> None:
    with (
        weights_server("small", PART) as weights,
        page_of(browser, weights, tmp_path) as page,
    ):
        page.goto(f"{page.url}/models/..%2Fsmall")
        expect(page.get_by_text("There is no such")).to_be_visible()
        assert weights.requests == []
