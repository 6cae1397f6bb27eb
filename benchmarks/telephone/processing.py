"""Processing: what the browser does to a voice, measured."""

from __future__ import annotations

import base64
import tempfile
import time
from pathlib import Path

import numpy as np
from playwright.sync_api import sync_playwright

from benchmarks import talks
from benchmarks.telephone.page_calls import first_page
from benchmarks.telephone.room import room
from rehearse import wiring
from rehearse.delivery.delivery import _pitch_range
from rehearse.sound import Samples
from tests.program import FIXTURES

CLIPS = [
    "a_strong__piper-joe", "b_weak__kokoro-jm_kumo", "e_hesitant__piper-joe",
    "e_hesitant__kokoro-jm_kumo", "c_contribution_only__piper-joe",
]  # fmt: skip
WAYS = {
    "nothing": (False, False, False),
    "echo cancellation": (True, False, False),
    "and noise suppression": (True, True, False),
    "and gain control": (True, False, True),
    "all three": (True, True, True),
}
RECORD = """async (ways) => {
  const context = new AudioContext({ sampleRate: 16000 });
  await context.audioWorklet.addModule("/static/line_worklet.js");
  window.heard = {};
  for (const [name, [echoCancellation, noiseSuppression, autoGainControl]]
       of Object.entries(ways)) {
    const stream = await navigator.mediaDevices.getUserMedia(
      { audio: { channelCount: 1, echoCancellation, noiseSuppression, autoGainControl } });
    const node = new AudioWorkletNode(
      context, "line", { channelCount: 1, channelCountMode: "explicit" });
    const frames = window.heard[name] = [];
    node.port.onmessage = (message) => frames.push(new Uint8Array(message.data).slice(8));
    context.createMediaStreamSource(stream).connect(node).connect(context.destination);
  }
}"""
TAKE = """(name) => {
  let text = "";
  for (const frame of window.heard[name].splice(0)) text += String.fromCharCode(...frame);
  return btoa(text);
}"""


def table(_: Path | None = None) -> None:
    """The same clips through the browser in five ways at once."""
    print("\n## What the browser's processing does to a voice")
    print("| on | wrong words, % | fillers found | level, dBFS | melody, semitones | pitch, Hz |")
    print("|---|---|---|---|---|---|")
    heard: dict[str, list[Samples]] = {name: [] for name in WAYS}
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with (
            room() as (air, card),
            sync_playwright() as playwright,
            first_page(playwright, home / "home", card.env) as (page, _),
        ):
            page.evaluate(RECORD, WAYS)
            for name in CLIPS:
                time.sleep(1)
                for way in WAYS:
                    page.evaluate(TAKE, way)
                air.say(_clip(name))
                while air.talks:
                    time.sleep(0.1)
                time.sleep(1)
                for way, sounds in heard.items():
                    raw = base64.b64decode(page.evaluate(TAKE, way))
                    sounds.append(np.frombuffer(raw, "<i2").astype(np.float32) / 32768)
        transcriber = wiring.load_transcriber(home, None)
        measurer = wiring.MeasurerWhenNeeded(home, None)
        _row("the file itself", [_clip(name) for name in CLIPS], transcriber, measurer)
        for way, sounds in heard.items():
            _row(way, sounds, transcriber, measurer)


def _clip(name: str) -> Samples:
    from rehearse.engines.audio.audio_file import read_audio

    return read_audio(FIXTURES / f"{name}.flac")


def _row(
    name: str,
    sounds: list[Samples],
    transcriber: wiring.LiveTranscriber,
    measurer: wiring.MeasurerWhenNeeded,
) -> None:
    words = [transcriber.transcribe(sound) for sound in sounds]
    wrong = talks.percent(
        talks.errors((FIXTURES / f"{clip}.txt").read_text(), talks.text_of(said))
        for clip, said in zip(CLIPS, words, strict=True)
    )
    turns = [measurer.measure(sound, 0.0, said) for sound, said in zip(sounds, words, strict=True)]
    fillers = sum(len(turn.hesitations or ()) for turn in turns)
    level = np.mean([turn.level_dbfs for turn in turns if turn.level_dbfs is not None])
    melody = np.mean([_pitch_range([turn]) for turn in turns])
    pitch = np.median(np.concatenate([turn.pitch_hz for turn in turns]))
    print(f"| {name} | {wrong:.1f} | {fillers} | {level:.1f} | {melody:.1f} | {pitch:.0f} |",
          flush=True)  # fmt: skip
