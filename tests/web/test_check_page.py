"""The microphone's check on the page: what it ticks, and what it says to do."""

import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from rehearse.engines.audio.audio_file import read_audio
from rehearse.sound import SAMPLE_RATE_HZ, Samples, level_dbfs, silence
from tests.web.conftest import Server, Telephone
from tests.web.test_telephone import QUESTION, in_a_room, microphone

pytestmark = pytest.mark.timeout(500)
TECHNICAL = re.compile(r"dBFS|pyttsx3|tiny\.en|words per minute|Home|Model|AVX2|--\w")


def hiss(level: float) -> Samples:
    """Ten seconds of the noise that an amplifier makes with nothing before it, in dBFS."""
    noise = np.random.default_rng(1).normal(0, 10 ** (level / 20), 10 * SAMPLE_RATE_HZ)
    return noise.astype(np.float32)


def at_level(samples: Samples, level: float) -> Samples:
    return (samples * 10 ** ((level - level_dbfs(samples)) / 20)).astype(np.float32)


def checked(telephone: Telephone, folder: Path, heard: Samples) -> tuple[Page, Server]:
    page, server = telephone(*microphone(folder, heard))
    page.goto(f"{server.base}/check")
    page.get_by_role("button", name="Check now").click()
    expect(page.get_by_role("button", name="Check again")).to_be_visible()
    return page, server


def microphone_row(page: Page) -> Locator:
    name = page.locator("strong", has_text=re.compile("Microphone"))
    return page.locator(".findings li", has=name)


@pytest.mark.parametrize(
    ("heard", "says", "to_do"),
    [
        (hiss(-85.0), "heard nothing", "say a sentence while it listens"),
        (hiss(-40.0), "no voice", "say a sentence while it listens"),
        (silence(10.0), "nothing comes from it", "or choose another"),
    ],
    ids=["turned down", "only noise", "dead"],
)
def test_a_microphone_without_a_voice_is_not_ready(
    heard: Samples, says: str, to_do: str, telephone: Telephone, tmp_path: Path
) -> None:
    page, server = checked(telephone, tmp_path, heard)
    row = microphone_row(page)
    expect(row).to_have_class("bad")
    expect(row).to_contain_text(says)
    expect(row).to_contain_text(to_do)
    expect(page.get_by_label("Browser’s microphone")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="Not ready yet")).to_be_visible()
    page.goto(server.base)
    expect(page.get_by_text("First time?")).to_be_visible()  # it has not worked yet


def test_a_soft_voice_is_ready_and_is_told_so_in_plain_words(
    telephone: Telephone, tmp_path: Path
) -> None:
    page, _ = checked(telephone, tmp_path, at_level(read_audio(QUESTION), -60.0))
    expect(microphone_row(page)).to_have_class("good")
    expect(microphone_row(page)).to_contain_text("very softly")
    expect(microphone_row(page)).to_contain_text("Move closer")
    expect(page.get_by_text("Ready.")).to_be_visible()


def test_whoever_begins_late_is_heard_and_reads_no_technical_words(
    telephone: Telephone, tmp_path: Path
) -> None:
    late = in_a_room(silence(3.5), read_audio(QUESTION), silence(5.0))
    page, _ = checked(telephone, tmp_path, late)
    expect(page.get_by_text("Ready.")).to_be_visible()
    assert not TECHNICAL.findall(page.locator(".findings").inner_text())
