"""Speech: recordings of people, from public repositories.

Nothing of them is in the project. Name the folder that holds the clones with REHEARSE_VOICES:
  jimbozhang/speechocean762                 free for any use; Mandarin first, adults, even numbers
  Sakshee5/alphanumeric-audio-dataset       MIT; addresses, many first languages
  RichardSterry/msc-project                 VCTK (CC BY 4.0): one sentence each of accents by birth
"""

from __future__ import annotations

import csv
import functools
import io
import os
import pathlib
import random
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import soundfile
import soxr

from benchmarks.talks import Talk, joined
from rehearse.sound import SAMPLE_RATE_HZ, Samples

ROOT = pathlib.Path(os.environ.get("REHEARSE_VOICES", "../shared/voices"))
SENTENCES = 12
ADULT = 18
ADDRESSES_A_TALK = 8
"""And one talk a language: the set has most of Hindi and Marathi."""
SPELT = {"Chinese": "Mandarin", "Gujrati": "Gujarati"}

VCTK = {
    "p238_165": "Northern Irish",
    "p255_367": "Scottish",
    "p301_102": "Southern US",
    "p314_272": "South African",
    "p317_166": "Canadian",
    "p376_193": "Indian",
}
"""The sentences in the repository, with the accent by the corpus's own list of speakers."""


@dataclass(frozen=True)
class Recording:
    """`groups`: kind of group (first language, sex, age ...) and which."""

    talk: Talk
    groups: dict[str, str]


def clone(name: str) -> pathlib.Path | None:
    """A clone of `owner/name`, with a work tree or bare; None where there is none."""
    owner, repository = name.split("/")
    for path in (ROOT / repository, ROOT / name, ROOT / f"{owner}+{repository}" / "repo"):
        if path.is_dir():
            return path
    return None


def mandarin(count: int) -> Iterator[Recording]:
    """Adults with even numbers, SENTENCES of each joined; the odd ones are kept for judging."""
    path = clone("jimbozhang/speechocean762")
    if path is None:
        return
    speakers = []
    for part in ("train", "test"):
        age, sex = _table(path, f"{part}/spk2age"), _table(path, f"{part}/spk2gender")
        said, text = _table(path, f"{part}/spk2utt"), _table(path, f"{part}/text")
        wav = _table(path, f"{part}/wav.scp")
        for speaker in age:
            if int(speaker) % 2 == 0 and int(age[speaker]) >= ADULT:
                clips = [(one, text[one], wav[one]) for one in said[speaker].split()]
                speakers.append((speaker, int(age[speaker]), sex[speaker], clips))
    speakers.sort()
    random.Random(7).shuffle(speakers)
    for speaker, years, sex, clips in speakers[:count]:
        talks = [Talk(one, _sound(path, wav), text.lower()) for one, text, wav in clips[:SENTENCES]]
        yield Recording(
            joined(f"so-{speaker}", talks),
            {
                "first language": "Mandarin",
                "sex": {"m": "men", "f": "women"}[sex],
                "age": "under 25" if years < 25 else "25 and more",
                "manner": "read sentences",
            },
        )


def addresses() -> Iterator[Recording]:
    """Street addresses spoken by students, those of one first language joined."""
    path = clone("Sakshee5/alphanumeric-audio-dataset")
    if path is None:
        return
    rows = csv.DictReader(io.StringIO(_show(path, "metadata.csv").decode()))
    by_language: dict[str, list[tuple[str, str]]] = {}
    there = _files(path)
    for row in rows:
        if "/Addresses/" in row["file_name"] and row["file_name"] in there:
            language = row["Native Language"].strip().title()
            language = SPELT.get(language, language)
            by_language.setdefault(language, []).append((row["file_name"], row["Address"]))
    for language, clips in sorted(by_language.items()):
        talks = [Talk(file, _sound(path, file), text) for file, text in clips[:ADDRESSES_A_TALK]]
        yield Recording(
            joined(f"address-{language}", talks),
            {"first language": language, "manner": "addresses"},
        )


def by_birth() -> Iterator[Recording]:
    """One read sentence each of people with accents of English that they were born with."""
    path = clone("RichardSterry/msc-project")
    if path is None:
        return
    for name, accent in sorted(VCTK.items()):
        speaker = name.split("_")[0]
        table = _show(path, f"docs/vctk/vctk_transcripts/transcript_{speaker[1:]}").decode()
        text = {row[0]: row[1].strip() for row in csv.reader(io.StringIO(table)) if row}[name]
        sound = _sound(path, f"docs/vctk/samples/{name}.wav")
        yield Recording(
            joined(f"vctk-{speaker}", [Talk(name, sound, text)]),
            {"accent by birth": accent, "manner": "read sentences"},
        )


def _sound(path: pathlib.Path, file: str) -> Samples:
    data = _show(path, file)
    samples, rate_hz = soundfile.read(io.BytesIO(data), dtype="float32", always_2d=True)
    mono = samples.mean(axis=1)
    return np.asarray(soxr.resample(mono, rate_hz, SAMPLE_RATE_HZ), dtype=np.float32)


def _table(path: pathlib.Path, file: str) -> dict[str, str]:
    lines = _show(path, file).decode().splitlines()
    return {key: rest.strip() for key, rest in (line.split(None, 1) for line in lines)}


@functools.lru_cache(64)
def _show(path: pathlib.Path, file: str) -> bytes:
    return _git(path, "show", f"HEAD:{file}")


def _files(path: pathlib.Path) -> set[str]:
    """Those that are there: a snapshot may lack the largest, which have no size then."""
    lines = _git(path, "ls-tree", "-r", "-l", "HEAD").decode().splitlines()
    heads = (line.split("\t", 1) for line in lines)
    return {file for head, file in heads if head.split()[-1].isdecimal()}


def _git(path: pathlib.Path, *arguments: str) -> bytes:
    command = ["git", "-C", str(path), *arguments]
    return subprocess.run(command, capture_output=True, check=True).stdout
