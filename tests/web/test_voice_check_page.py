"""The voice check on the page: nobody reads, somebody reads, and the model is used."""

import re

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from rehearse.engines.audio.audio_file import read_audio
from rehearse.sound import silence
from tests.program import FIXTURES
from tests.sound_card import VirtualSoundCard
from tests.web.conftest import Server
from tests.web.test_appearance import RULES

pytestmark = pytest.mark.timeout(500)
OTHER_WORDS = FIXTURES / "d_question_only__piper-joe.flac"


def test_a_reading_is_compared_and_the_choice_is_kept(
    phone: tuple[Page, Server], sound_card: VirtualSoundCard
) -> None:
    page, server = phone
    page.goto(f"{server.base}/voice-check")
    page.get_by_role("button", name="Start, I’ll read").click()
    nobody = page.get_by_text("I could not hear anybody read.")
    expect(nobody).to_be_visible(timeout=90_000)
    # A click waits for the page that answers, so the reading begins before it.
    sound_card.start_playing(np.concatenate([silence(4), read_audio(OTHER_WORDS)]))
    page.get_by_role("button", name="Start, I’ll read").click(timeout=240_000)
    findings = page.locator(".findings")
    expect(findings).to_contain_text("tiny.en got", timeout=180_000)
    # Another text was read, so hardly a word of this one was recognised.
    expect(findings).to_contain_text(re.compile("its limit, not yours|recording shows why"))
    expect(findings).not_to_contain_text("rehearse check")
    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    assert not results.response["violations"], results.generate_report()
    page.get_by_role("button", name=re.compile("Yes, use")).click()
    expect(page.get_by_text("In use since")).to_be_visible()
    assert (server.home / "speech-model.json").is_file()
