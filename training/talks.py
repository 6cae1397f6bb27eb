"""Talks: labelled pitches as the product sees them."""

from __future__ import annotations

import dataclasses
import pathlib
import re

from rehearse.scoring.rubric import Criterion
from rehearse.scoring.scorecard import Scorecard
from rehearse.transcript import Speaker, Transcript, Utterance, words_of_text
from training.corpus import Pitch, read_pitches
from training.measure import Outcome, gold


def unpunctuated(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s']", " ", text.lower()).split())


def stripped(pitch: Pitch) -> Pitch:
    clauses = [dataclasses.replace(c, text=unpunctuated(c.text)) for c in pitch.clauses]
    return dataclasses.replace(pitch, clauses=tuple(c for c in clauses if c.text))


def transcript(pitch: Pitch) -> Transcript:
    """The talk as the product sees it: turns, no lines."""
    turns: list[Utterance] = []
    for clause in pitch.clauses:
        speaker = Speaker.CANDIDATE if clause.speaker == "C" else Speaker.MANAGER
        words = words_of_text(clause.text)
        if turns and turns[-1].speaker is speaker:
            turns[-1] = dataclasses.replace(turns[-1], words=turns[-1].words + words)
        else:
            turns.append(Utterance(speaker, words))
    return Transcript(tuple(turns))


def outcome(card: Scorecard) -> Outcome:
    met = frozenset(
        f.criterion for f in card.findings if f.met and f.criterion is not Criterion.CONTRIBUTIONS
    )
    return Outcome(met, card.finding(Criterion.CONTRIBUTIONS).count or 0)


def variants(part: str) -> dict[str, tuple[list[Pitch], list[Outcome]]]:
    """Text, unpunctuated, heard (recognised): the pitches and what their labels earn."""
    pitches = read_pitches(pathlib.Path("corpus") / part)
    golds = {p.id: gold(p) for p in pitches}
    found = {
        "text": (pitches, [gold(p) for p in pitches]),
        "unpunct": ([stripped(p) for p in pitches], [gold(p) for p in pitches]),
    }
    heard = pathlib.Path("corpus/heard") / part
    if heard.exists():
        spoken = [p for p in read_pitches(heard) if p.id.split("@")[0] in golds]
        kept = {p.id.split("@")[0] for p in spoken}
        found["heard"] = (spoken, [golds[p.id.split("@")[0]] for p in spoken])
        same = [p for p in pitches if p.id in kept]
        found["same as text"] = (same, [golds[p.id] for p in same])
    return found
