"""Speak: calls with the app that are spoken, through a browser's microphone and a sound card."""

from __future__ import annotations

import re
import shutil
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
from playwright.sync_api import expect, sync_playwright

from app.programs import Program
from rehearse.engines.audio.audio_file import read_audio
from rehearse.sound import SAMPLE_RATE_HZ, seconds
from tests.sound_card import VirtualSoundCard

_LIMIT_MS = 120_000
_MICROPHONE = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]


def on_the_page(address: str, clip: Path) -> tuple[float, str, str]:
    """Call from the first page, in Chromium, whose microphone plays the WAV file `clip` again and
    again. Returns the seconds to the ring, the captions and the verdict on the question."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", *_MICROPHONE, f"--use-file-for-fake-audio-capture={clip}"],
        )
        page = browser.new_page()
        page.set_default_timeout(_LIMIT_MS)
        expect.set_options(timeout=_LIMIT_MS)
        page.goto(address)
        page.locator("details.more > summary").click()
        page.get_by_role("radio", name=re.compile("Hold to talk")).check()
        began_s = time.monotonic()
        page.get_by_role("button", name="Call now").click()
        expect(page.locator("[data-state-text]")).to_have_text(re.compile("Ringing"))
        ringing_s = time.monotonic() - began_s
        expect(page.locator("[data-state=yours]")).to_be_visible()
        hold = page.locator("[data-hold]")
        hold.click()
        time.sleep(2 * seconds(len(read_audio(clip))))  # the whole clip, whenever it began
        hold.click()
        expect(page.locator("[data-state=theirs]")).to_be_visible()
        expect(page.locator("[data-state=yours]")).to_be_visible()
        captions = page.get_by_role("log").inner_text()
        page.get_by_role("button", name="Hang up").click()
        page.wait_for_url(re.compile("/rehearsals/"))
        verdict = page.locator(".verdict").last.inner_text()
        browser.close()
    return ringing_s, captions, verdict


def on_a_sound_card(app: Program, clip: Path) -> str:
    """Call in a terminal, over a virtual sound card; returns what was printed. Raises
    AssertionError if the manager could not be heard."""
    import pexpect

    noise = np.random.default_rng(1).standard_normal(150 * SAMPLE_RATE_HZ) * 10 ** (-65 / 20)
    with VirtualSoundCard() as card:
        sound = {name: card.env[name] for name in ("PULSE_SERVER", "ALSA_CONFIG_PATH")}
        app = replace(app, environment={**app.environment, **sound, "TERM": "xterm"})
        card.start_playing(noise.astype(np.float32))
        card.start_capture()
        program, *arguments = [*app.command, "--home", app.path(app.home), "call", "--no-sheet"]
        terminal = pexpect.spawn(
            program, arguments, env=app.environment, encoding="utf-8", timeout=_LIMIT_MS / 1000,
            dimensions=(40, 120),
        )  # fmt: skip
        try:
            terminal.expect_exact("(speak now)")
            printed = str(terminal.before)
            card.play(clip)
            terminal.expect_exact("(speak now)")
            terminal.send("q")
            terminal.expect(pexpect.EOF)
            printed += str(terminal.before)
        finally:
            terminal.close(force=True)
        assert np.abs(card.stop_capture()).max() > 0.1, "the loudspeaker was silent"
    assert terminal.exitstatus == 0, printed
    return printed
