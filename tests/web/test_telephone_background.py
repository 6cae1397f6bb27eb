"""The page in the background or without a microphone: the call goes on, or says that it waits."""

import re
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile
from playwright.sync_api import Page, expect

from rehearse.engines.audio.audio_file import read_audio
from rehearse.sound import silence
from tests.web.conftest import WAIT_MS, Server, Telephone
from tests.web.test_telephone import QUESTION, in_a_room, journal, microphone

pytestmark = pytest.mark.timeout(500)
KEEP_TRACK = """
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    const stream = await ask(wanted);
    window.track = stream.getAudioTracks()[0];
    return stream;
  };
"""
HIDE = """(hidden) => {
  Object.defineProperty(document, "hidden", { configurable: true, value: hidden });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
"""Playwright keeps every page visible, in front or not. So the page is told."""


def call(telephone: Telephone, folder: Path) -> tuple[Page, Server]:
    said = in_a_room(read_audio(QUESTION), silence(2.0))
    page, server = telephone(*microphone(folder, said))
    page.add_init_script(KEEP_TRACK)
    page.locator("details.more > summary").click()
    page.get_by_role("radio", name=re.compile("Hold to talk")).check()
    page.get_by_role("button", name="Call now").click()
    expect(page.locator("[data-state=yours]")).to_be_visible()
    return page, server


def hang_up(page: Page) -> None:
    page.get_by_role("button", name="Hang up").click()
    page.wait_for_url("**/rehearsals/**", timeout=WAIT_MS)


def test_a_tab_that_the_browser_freezes_loses_no_sound_and_no_caption(
    telephone: Telephone, tmp_path: Path
) -> None:
    page, server = call(telephone, tmp_path)
    hold = page.locator("[data-hold]")
    hold.click()
    browser = page.context.new_cdp_session(page)
    browser.send("Page.setWebLifecycleState", {"state": "frozen"})
    time.sleep(5)
    browser.send("Page.setWebLifecycleState", {"state": "active"})
    expect(page.locator("[data-trouble]")).to_be_hidden()
    time.sleep(5)
    hold.click()
    expect(page.locator("[data-state=theirs]")).to_be_visible()
    expect(page.locator("[data-state=yours]")).to_be_visible()
    lines = [event["text"] for event in journal(server) if event["event"] == "ManagerSaid"]
    for line in lines:
        expect(page.get_by_role("log")).to_contain_text(str(line))
    hang_up(page)
    events = journal(server)
    assert "SoundLost" not in [event["event"] for event in events]
    turn = next(event for event in events if event["event"] == "CandidateSaid")
    [recording] = server.home.glob("rehearsals/*/call.wav")
    sound, rate = soundfile.read(recording)
    begins, ends = (round(float(str(turn[at])) * rate) for at in ("start_s", "end_s"))
    heard = sound[begins:ends, 0]
    blocks = heard[: len(heard) // rate * rate].reshape(-1, rate)
    assert np.abs(blocks).max(axis=1).all(), "the microphone was heard in every second"


def test_a_browser_that_takes_the_microphone_in_the_background_is_a_sentence(
    telephone: Telephone, tmp_path: Path
) -> None:
    page, server = call(telephone, tmp_path)
    title = page.title()
    page.evaluate(HIDE, True)
    assert page.title() == "Your call goes on"
    page.evaluate("track.dispatchEvent(new Event('mute'))")  # as Safari on a phone does
    expect(page.locator("[data-trouble]")).to_contain_text("in the background")
    assert page.title() == "Your call waits"
    page.evaluate(HIDE, False)
    expect(page.locator("[data-trouble]")).to_be_hidden()
    assert page.title() == title
    hang_up(page)
    names = [event["event"] for event in journal(server)]
    assert names.index("LineTrouble") < names.index("LineRestored") < names.index("HungUp")
    assert "SoundLost" not in names


def test_a_headset_that_is_unplugged_and_back_is_a_sentence(
    telephone: Telephone, tmp_path: Path
) -> None:
    page, server = call(telephone, tmp_path)
    page.evaluate("""() => {
      window.gone = true;
      const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getUserMedia = (wanted) =>
        window.gone ? Promise.reject(new DOMException("", "NotFoundError")) : ask(wanted);
      track.dispatchEvent(new Event("ended"));
    }""")
    expect(page.locator("[data-trouble]")).to_contain_text("unplugged")
    page.evaluate("window.gone = false")
    expect(page.locator("[data-trouble]")).to_be_hidden()
    hang_up(page)
    names = [event["event"] for event in journal(server)]
    assert names.index("LineTrouble") < names.index("LineRestored") < names.index("HungUp")
    assert "SoundLost" not in names
