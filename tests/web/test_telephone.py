"""A call through the browser's own microphone and loudspeaker: a real Chromium whose microphone
plays a file, and no sound card at all."""

import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from rehearse.engines.audio.audio_file import read_audio
from rehearse.sound import SAMPLE_RATE_HZ, Samples, seconds, silence
from tests.cli.test_call_live import room
from tests.program import FIXTURES, rehearse
from tests.web.conftest import Server, Telephone, serving
from tests.web.test_appearance import RULES
from tests.web.test_security import Visitor

pytestmark = pytest.mark.timeout(500)
QUESTION = FIXTURES / "d_question_only__piper-joe.flac"
MICROPHONE_RATE_HZ = 48_000
CAN_HEAR = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
"""Grants the microphone, and gives one that plays the file it is started with."""


def microphone(folder: Path, said: Samples) -> list[str]:
    """Chromium's flags for a microphone that hears `said` again and again."""
    sound = soxr.resample(said, SAMPLE_RATE_HZ, MICROPHONE_RATE_HZ)
    path = folder / "microphone.wav"
    soundfile.write(path, sound, MICROPHONE_RATE_HZ, subtype="PCM_16")
    return [*CAN_HEAR, f"--use-file-for-fake-audio-capture={path}"]


def in_a_room(*pieces: Samples) -> Samples:
    said = np.concatenate(pieces)
    return (said + room(seconds(len(said)))[: len(said)]).astype(np.float32)


def journal(server: Server) -> list[dict[str, object]]:
    text = next(server.home.glob("rehearsals/*/events.jsonl")).read_text()
    return [json.loads(line) for line in text.splitlines()]


def test_a_call_through_the_browser_is_recorded_transcribed_and_scored(
    telephone: Telephone, tmp_path: Path
) -> None:
    clip = read_audio(QUESTION)
    page, server = telephone(*microphone(tmp_path, in_a_room(clip, silence(2.0))))
    page.locator("details.more > summary").click()
    page.get_by_role("radio", name=re.compile("Hold to talk")).check()
    page.get_by_role("button", name="Call now").click()
    expect(page.locator("[data-state=yours]")).to_be_visible()
    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    assert not results.response["violations"], results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    hold = page.locator("[data-hold]")
    hold.click()  # on, until the next press; the microphone says the clip twice meanwhile
    time.sleep(2 * seconds(len(clip)) + 4)

    page.reload()  # the call goes on where it was
    expect(page.locator("[data-state=yours]")).to_be_visible()
    expect(page.locator("[data-trouble]")).to_be_hidden()
    hold.click()
    hold.click()
    expect(page.locator("[data-state=theirs]")).to_be_visible()
    page.get_by_role("button", name="Hang up").click()
    page.wait_for_url(re.compile("/rehearsals/"), timeout=180_000)

    kept = json.loads(rehearse(server.home, "show", "--json").out)
    assert kept["verdicts"]["critical_question"] == "covered"
    assert kept["delivery"]["processing"] == ["echo cancellation"]
    events = journal(server)
    assert {"event": "SoundProcessed", "at_s": 0.0, "processing": ["echo cancellation"]} in events
    names = [event["event"] for event in events]
    assert names.index("LineTrouble") < names.index("LineRestored") < names.index("TurnEnded")
    [recording] = server.home.glob("rehearsals/*/call.wav")
    sound, _ = soundfile.read(recording)
    line = next(event for event in events if event["event"] == "ManagerSaid")
    begins, ends = (round(float(str(line[at])) * SAMPLE_RATE_HZ) for at in ("at_s", "end_s"))
    manager = np.abs(sound[:, 1])
    assert manager[begins:ends].max() > 0.05, "the manager is in the recording where they spoke"


@pytest.mark.parametrize("headphones", [True, False])
def test_the_manager_is_interrupted(headphones: bool, telephone: Telephone, tmp_path: Path) -> None:
    """The answer takes a dozen seconds; after the question somebody speaks in every eight."""
    objects = read_audio(FIXTURES / "b_weak__kokoro-jm_kumo.flac")[: 4 * SAMPLE_RATE_HZ]
    again = [silence(4.0), objects] * 12
    said = in_a_room(silence(24.0), read_audio(QUESTION), *again, silence(5.0))
    page, server = telephone(*microphone(tmp_path, said))
    page.locator("details.more > summary").click()
    page.get_by_role("checkbox", name=re.compile("headphones")).set_checked(headphones)
    page.get_by_role("button", name="Call now").click()
    expect(page.locator("[data-state=yours]")).to_be_visible()
    ends_at = time.monotonic() + 120
    while "ManagerStopped" not in [event["event"] for event in journal(server)]:
        assert time.monotonic() < ends_at
        time.sleep(0.5)
    expect(page.locator("[data-state=yours]")).to_be_visible()
    page.get_by_role("button", name="Hang up").click()
    page.wait_for_url(re.compile("/rehearsals/"), timeout=180_000)


def test_a_microphone_that_is_refused_or_missing_is_a_sentence(telephone: Telephone) -> None:
    page, server = telephone()
    page.get_by_role("button", name="Call now").click()
    expect(page.locator("[data-trouble]")).to_contain_text(
        re.compile("does not let rehearse use the microphone|finds no microphone")
    )
    assert not list(server.home.glob("rehearsals/*")), "there was no call"


def test_who_types_hears_the_manager_through_the_page(telephone: Telephone) -> None:
    page, server = telephone()  # no microphone, none needed
    page.locator("details.more > summary").click()
    page.get_by_role("radio", name=re.compile("Typed")).check()
    page.get_by_role("button", name="Call now").click()
    expect(page.locator("[data-state=yours]")).to_be_visible()
    page.get_by_label("What you say").fill("How do you expect this job to contribute?")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("[data-state=theirs]")).to_be_visible()
    page.get_by_role("button", name="Hang up").click()
    page.wait_for_url(re.compile("/rehearsals/"), timeout=180_000)
    assert "LineTrouble" not in [event["event"] for event in journal(server)]


def test_a_drill_takes_headphones_as_the_last_call_did(
    telephone: Telephone, tmp_path: Path
) -> None:
    page, server = telephone(*microphone(tmp_path, in_a_room(silence(5.0))))
    page.locator("details.more > summary").click()
    page.get_by_role("checkbox", name=re.compile("headphones")).check()
    page.get_by_role("button", name="Call now").click()
    expect(page.locator("[data-state=yours]")).to_be_visible()
    page.get_by_role("button", name="Hang up").click()
    page.wait_for_url(re.compile("/rehearsals/"), timeout=180_000)
    page.goto(f"{server.base}/drill/question")
    page.get_by_role("button", name="Start").click()
    expect(page.locator("[data-line]")).to_have_attribute("data-headphones", "yes")


def test_the_voice_check_listens_through_the_browser(telephone: Telephone, tmp_path: Path) -> None:
    read = in_a_room(read_audio(QUESTION), silence(4.0))
    page, server = telephone(*microphone(tmp_path, read))
    page.goto(f"{server.base}/voice-check")
    page.get_by_role("button", name="Start, I’ll read").click()
    expect(page.locator(".findings li").first).to_be_visible()


def test_a_drill_through_the_browser(telephone: Telephone, tmp_path: Path) -> None:
    clip = read_audio(QUESTION)
    page, server = telephone(*microphone(tmp_path, in_a_room(clip, silence(1.0))))
    page.goto(f"{server.base}/drill/question")
    page.get_by_role("button", name="Start").click()
    expect(page.locator("[data-state=yours]")).to_be_visible()
    page.reload()  # the round goes on
    expect(page.get_by_role("heading", name="Round 1")).to_be_visible()
    expect(page.locator(".verdict")).not_to_contain_text("No speech heard")


def test_the_microphone_of_the_browser_is_checked_and_chosen(
    telephone: Telephone, tmp_path: Path
) -> None:
    page, server = telephone(*microphone(tmp_path, in_a_room(read_audio(QUESTION))))
    page.goto(f"{server.base}/check")
    expect(page.locator("[data-computer-devices]")).to_be_hidden()
    page.get_by_role("button", name="Check now").click()
    expect(page.get_by_role("button", name="Check again")).to_be_visible()
    expect(page.get_by_text("Ready.")).to_be_visible()
    chosen = page.get_by_label("Browser’s microphone")
    expect(chosen).to_be_visible()
    assert chosen.get_by_role("option").count() > 0
    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    assert not results.response["violations"], results.generate_report()
    page.get_by_label("Sound").select_option("computer")
    expect(page.get_by_text("found no microphone and no loudspeaker")).to_be_visible()


def test_another_window_takes_the_call_over(telephone: Telephone, tmp_path: Path) -> None:
    page, server = telephone(*microphone(tmp_path, in_a_room(silence(5.0))))
    page.get_by_role("button", name="Call now").click()
    expect(page.locator("[data-state=yours]")).to_be_visible()
    other = page.context.new_page()
    other.goto(f"{server.base}/call")
    expect(page.locator("[data-line-text]")).to_have_text(re.compile("in another window"))
    expect(other.locator("[data-line-text]")).to_be_hidden()
    other.get_by_role("button", name="Hang up").click()
    other.wait_for_url(re.compile("/rehearsals/"), timeout=180_000)


@contextmanager
def knocking(visitor: Visitor, **headers: str) -> Iterator[int]:
    """The status that a socket is answered with."""
    answer = visitor.ask(
        "/telephone", Connection="Upgrade", Upgrade="websocket",
        Sec_WebSocket_Version="13", Sec_WebSocket_Key="dGhlIHNhbXBsZSBub25jZQ==", **headers,
    )  # fmt: skip
    yield answer.status


def test_no_other_page_and_no_stranger_may_listen(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        stranger, guest = Visitor(server), Visitor(server)
        guest.enter(server)
        ours = f"http://{guest.host}"
        for visitor, headers in [
            (stranger, {"Origin": ours}),
            (guest, {}),
            (guest, {"Origin": "https://evil.example"}),
            (guest, {"Origin": ours, "Host": "evil.example"}),
        ]:
            with knocking(visitor, **headers) as status:
                assert status == 403
