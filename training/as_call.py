"""As a call: talks told turn by turn.

Most of the corpus is written as speeches, but the scorer meets calls. `python -m training.as_call`
has every talk for training told to the product's own manager and writes build/calls.jsonl, from
which training.train takes a share. benchmarks.scoring measures held-out talks in the same form.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import multiprocessing
import pathlib
import random
from collections.abc import Iterable

from rehearse import wiring
from rehearse.calling.manager import Manager
from rehearse.calling.scenario import packaged_scenario
from rehearse.calling.understood import understood
from rehearse.engines.minilm.tagger import MinilmTagger
from rehearse.preparing.call_sheet import CallSheet
from rehearse.scoring.clauses import ClauseTagger
from rehearse.transcript import Speaker, Utterance, words_of_text
from training.corpus import LabelledClause, Pitch, read_pitches
from training.outside import as_pitch, read_outside

CHARACTERS = ("friendly", "friendly", "sceptical", "distracted", "busy")
LONGEST_WORDS = 600
"""Longer talks are no calls."""
USUAL_PLACE = pathlib.Path("build/calls.jsonl")
_ENDS = (".", "?", "!")


def turns_of(pitch: Pitch, rng: random.Random) -> list[list[LabelledClause]]:
    """The candidate's clauses, one to three a turn. What belongs together stays together: a way
    told in several clauses, and a near miss with what it nearly is."""
    turns: list[list[LabelledClause]] = [[]]
    size = rng.choice((1, 2, 3))
    for clause in pitch.clauses:
        last = turns[-1][-1] if turns[-1] else None
        if clause.speaker == "M":
            if last is not None:
                turns.append([])
            continue
        if last is not None and len(turns[-1]) >= size and _may_pause(last, clause):
            turns.append([])
            size = rng.choice((1, 1, 2, 3))
        turns[-1].append(clause)
    return [turn for turn in turns if turn]


def _may_pause(last: LabelledClause, clause: LabelledClause) -> bool:
    tied = last.ways & clause.ways or last.near_misses or clause.near_misses
    spoken = last.text.rstrip()
    return not tied and (spoken.endswith(_ENDS) or not any(mark in spoken for mark in ".?!,"))


def as_call(pitch: Pitch, tagger: ClauseTagger) -> Pitch:
    """`pitch` told turn by turn to a manager, who greets first. Seeded by its id. One that was
    written as a call stays as it is.

    A caller who has more to say after the manager hung up calls again.
    """
    if pitch.clauses[0].speaker == "M":
        return pitch
    rng = random.Random(f"{pitch.id} as a call")
    scenario = packaged_scenario(rng.choice(CHARACTERS))
    manager = Manager(scenario, CallSheet(), rng.randint(1, 999))
    classifier = _act_classifier()
    lines = (manager.greet(),)
    clauses: list[LabelledClause] = []
    said: list[Utterance] = []
    for turn in turns_of(pitch, rng):
        for line in lines:
            if line.text:
                clauses.append(LabelledClause(line.text, "M"))
                said.append(Utterance(Speaker.MANAGER, words_of_text(line.text)))
        clauses += turn
        words = words_of_text(" ".join(clause.text for clause in turn))
        said.append(Utterance(Speaker.CANDIDATE, words))
        lines = manager.reply(understood(said, tagger.tag(said), classifier))
        if lines[-1].hangs_up:
            manager = Manager(scenario, CallSheet(), rng.randint(1, 999))
            lines = (*lines, manager.greet())
    return dataclasses.replace(pitch, clauses=tuple(clauses))


_act_classifier = functools.cache(wiring.load_act_classifier)
_tagger = functools.cache(MinilmTagger)


def are_calls(pitches: Iterable[Pitch]) -> list[Pitch]:
    """Those that may be calls."""
    return [one for one in pitches if len(one.text.split()) < LONGEST_WORDS]


def read_calls(file: pathlib.Path = USUAL_PLACE) -> dict[str, list[tuple[str, str]]]:
    """By the id of the talk: who says what, clause by clause."""
    rows = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    return {row["id"]: [tuple(line) for line in row["said"]] for row in rows}


def with_replies(pitch: Pitch, said: Iterable[tuple[str, str]]) -> Pitch:
    """`pitch` with the manager's lines of the call `said`, and its own labels."""
    own = iter([clause for clause in pitch.clauses if clause.speaker == "C"])
    clauses = [LabelledClause(text, "M") if who == "M" else next(own) for who, text in said]
    return dataclasses.replace(pitch, clauses=tuple(clauses))


def _said(pitch: Pitch) -> str:
    call = as_call(pitch, _tagger())
    said = [(clause.speaker, clause.text) for clause in call.clauses]
    return json.dumps({"id": pitch.id, "said": said}) + "\n"


def main() -> None:
    pitches = read_pitches(pathlib.Path("corpus/train"))
    pitches += [as_pitch(talk) for talk in read_outside() if not talk.in_dev]
    USUAL_PLACE.parent.mkdir(parents=True, exist_ok=True)
    with multiprocessing.Pool() as pool, USUAL_PLACE.open("w", encoding="utf-8") as file:
        for count, row in enumerate(pool.imap(_said, are_calls(pitches), chunksize=20), 1):
            file.write(row)
            if count % 500 == 0:
                print(f"{count} calls", flush=True)


if __name__ == "__main__":
    main()
