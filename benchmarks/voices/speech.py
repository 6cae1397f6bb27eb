"""Speech: recordings of people, from public repositories.

Nothing of them is in the project. Name the folder that holds the clones with REHEARSE_VOICES:
  jimbozhang/speechocean762           free for any use; Mandarin first, adults, even numbers
  guanlongzhao/guanlongzhao.github.io L2-ARCTIC (CC BY-NC 4.0): speakers of Korean, Arabic, Mandarin
  RichardSterry/msc-project           VCTK (CC BY 4.0): two sentences each of 107 people who were
                                      born with their accent of English
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
from rehearse.rehearsing.voice_check import READ_ALOUD, plain_words
from rehearse.sound import SAMPLE_RATE_HZ, Samples, seconds

ROOT = pathlib.Path(os.environ.get("REHEARSE_VOICES", "../shared/voices"))
SENTENCES, FEW_SENTENCES = 20, 5
PARTS = ("reading", "call")
JUDGED = 18
"""The first Mandarin speakers of `mandarin` are judged by; training/doubt_model.py learns from the
others."""
READING_WORDS = len(plain_words(READ_ALOUD))
ADULT = 18
MOST_OF_AN_ACCENT = 12
LEAST_S_A_WORD = 0.15

ARCTIC = "demo/fac-via-ppg/wav/l2/{}.wav", "demo/reference-free-ac/wav/reference/{}.wav"
ARCTIC_SPEAKERS = {
    "ykwk": ("Korean", "men", "_1084 _1091 _1097 _1106 -1083 -1089 -1094 -1102 -1108 -1116"),
    "zhaa": ("Arabic", "women", "_1092 _1094 _1113 _1116"),
    "txhc": ("Mandarin", "men", "-1083 -1085 -1095 -1096 -1097 -1108"),
}
"""First language, sex and recordings."""
ARCTIC_TEXTS = {
    "1083": "What an excited whispering and conferring took place.",
    "1084": "Jacob Brinker, who was his roadmate, brought the news.",
    "1085": "Thus he turned the tenets and jargon of psychology back on me.",
    "1089": "I have seen myself that one man contemplated by Pascal's philosophic eye.",
    "1091": "I remembered the red wine of the Italian rancho, and shuddered inwardly.",
    "1092": "I said, and dismissed the matter as not worth thinking about.",
    "1094": "And wherever I ranged, the way lay along alcohol-drenched roads.",
    "1095": "And as we hurried up town, Joe Goose explained.",
    "1096": "The scents of strange vegetation blew off the tropic land.",
    "1097": "The life there was healthful and athletic, but too juvenile.",
    "1102": "He had fulfilled his duty and paid properly.",
    "1106": "He plodded on for half an hour, when the hallucination arose again.",
    "1108": "But already he had composed himself.",
    "1113": "Hans hurled himself upon the prostrate man, striking madly with his fists.",
    "1116": "The Russian music player, the Count, was her obedient slave.",
}
"""CMU ARCTIC's prompts, numbered over both of its parts."""
ACCENTS = {"NewZealand": "New Zealand", "NorthernIrish": "Northern Irish"}
ACCENTS |= {"SouthAfrican": "South African"}
SOUTHERN_US = {"Alabama", "North Carolina", "Tennessee"}


@dataclass(frozen=True)
class Recording:
    """`groups`: kind of group (first language, sex, age ...) and which. `speaker`: the same in both
    recordings of a person who has two. `sentences`: the talk, sentence by sentence."""

    talk: Talk
    groups: dict[str, str]
    speaker: str = ""
    sentences: tuple[str, ...] = ()


def clone(name: str) -> pathlib.Path | None:
    """A clone of `owner/name`, with a work tree or bare; None where there is none."""
    owner, repository = name.split("/")
    for path in (ROOT / repository, ROOT / name, ROOT / f"{owner}+{repository}" / "repo"):
        if path.is_dir():
            return path
    return None


def mandarin(count: int) -> Iterator[Recording]:
    """Adults with even numbers, two recordings of each; the odd ones are kept for judging. The
    first is about as long as the text of the voice check."""
    for speaker, years, sex, talks in _mandarin_speakers(count, SENTENCES):
        groups = {
            "first language": "Mandarin",
            "sex": {"m": "men", "f": "women"}[sex],
            "age": "under 25" if years < 25 else "25 and more",
            "manner": "read sentences",
        }
        for part, those in zip(PARTS, _reading_and_call(talks), strict=True):
            texts = tuple(talk.text for talk in those)
            yield Recording(joined(f"so-{speaker}-{part}", those), groups, f"so-{speaker}", texts)


def _reading_and_call(talks: list[Talk]) -> tuple[list[Talk], list[Talk]]:
    """Cut after the sentence with which the first part is as long as the text of the check."""
    words = 0
    for at, talk in enumerate(talks, 1):
        words += len(talk.text.split())
        if words >= READING_WORDS:
            return talks[:at], talks[at:]
    raise ValueError(f"{words} words are too few for a reading")


def mandarin_singly(count: int) -> Iterator[Recording]:
    """`count` single sentences of the same people, FEW_SENTENCES of each."""
    for _, _, _, talks in _mandarin_speakers(count // FEW_SENTENCES, FEW_SENTENCES):
        for talk in talks:
            yield Recording(talk, {"manner": "one read sentence"})


def _mandarin_speakers(count: int, each: int) -> Iterator[tuple[str, int, str, list[Talk]]]:
    """(speaker, age, sex, sentences)."""
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
        talks = [
            Talk(f"s1-{one}", _sound(path, wav), text.lower()) for one, text, wav in clips[:each]
        ]
        yield speaker, years, sex, talks


def arctic() -> Iterator[Recording]:
    """Speakers of other first languages reading sentences of novels, each one's joined."""
    path = clone("guanlongzhao/guanlongzhao.github.io")
    if path is None:
        return
    for speaker, (language, sex, names) in ARCTIC_SPEAKERS.items():
        talks = []
        for name in names.split():
            file = ARCTIC[name.startswith("-")].format(speaker + name)
            talks.append(Talk(file, _sound(path, file), ARCTIC_TEXTS[name[1:]]))
        yield Recording(
            joined(f"arctic-{speaker}", talks),
            {"first language": language, "sex": sex, "manner": "read sentences"},
        )


def by_birth(*, others: bool = False) -> Iterator[Recording]:
    """Two read sentences of each person, at most MOST_OF_AN_ACCENT people of an accent; or of all
    the `others`."""
    path = clone("RichardSterry/msc-project")
    if path is None:
        return
    folder = "docs/master/vctk_all_samples/"
    files = [file for file in sorted(_files(path)) if file.startswith(folder)]
    table = _show(path, "docs/vctk/vctk_meta_data").decode()
    taken: dict[str, int] = {}
    for row in csv.DictReader(io.StringIO(table)):
        speaker, accent = row["id"], ACCENTS.get(row["accents"], row["accents"])
        if row["region"] in SOUTHERN_US:
            accent = "Southern US"
        own = [file for file in files if f"/p{speaker}_" in file]
        taken[accent] = taken.get(accent, 0) + bool(own)
        if not own or (taken[accent] > MOST_OF_AN_ACCENT) is not others:
            continue
        text = _show(path, f"docs/vctk/vctk_transcripts/transcript_{speaker}").decode()
        said = {line[0]: line[1].strip() for line in csv.reader(io.StringIO(text)) if line}
        names = [(file, file.removeprefix(folder).removesuffix(".orig.wav")) for file in own]
        talks = [Talk(name, _sound(path, file), said[name]) for file, name in names]
        talks = [talk for talk in talks if _is_whole(talk)]
        if not talks:
            continue
        yield Recording(
            joined(f"vctk-p{speaker}", talks),
            {
                "accent by birth": accent,
                "sex": {"M": "men", "F": "women"}[row["gender"]],
                "manner": "one or two read sentences",
            },
        )


def _is_whole(talk: Talk) -> bool:
    """Some of the clips in the repository are empty or cut off."""
    return seconds(len(talk.samples)) >= LEAST_S_A_WORD * len(talk.text.split())


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
