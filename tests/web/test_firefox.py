"""A call in Firefox: Gecko's worklets, sample rates and devices, not only Chromium's."""

import json
from pathlib import Path

import pytest
import soundfile

from tests.sound_card import VirtualSoundCard
from tests.web import firefox
from tests.web.conftest import serving

pytestmark = pytest.mark.timeout(300)
A_TONE = {"media.navigator.streams.fake": True}
"""A microphone that gives a tone of 440 Hz."""


def test_a_call_through_firefox(sound_card: VirtualSoundCard, tmp_path: Path) -> None:
    if firefox.PROGRAM is None:
        pytest.skip("needs Firefox: sudo apt install firefox-esr")
    with (
        serving(tmp_path / "home", sound_card.env) as server,
        firefox.started(sound_card.env, A_TONE) as page,
    ):
        page.go(server.address())
        page.click("[action='/call'] button.main")
        page.wait("document.querySelector('[data-state=yours]')")
        page.run("document.querySelector('[data-key=\"hang up\"]').click()")
        page.wait("location.pathname.startsWith('/rehearsals/')")
        [folder] = server.home.glob("rehearsals/*")
    lines = (folder / "events.jsonl").read_text().splitlines()
    names = [json.loads(line)["event"] for line in lines]
    assert names.index("Answered") < names.index("ManagerSaid") < names.index("HungUp")
    sound, _ = soundfile.read(folder / "call.wav")
    candidate, manager = sound.T
    assert abs(candidate[len(candidate) // 2 :]).max() > 0.01, "Firefox's tone"
    assert abs(manager).max() > 0.1
