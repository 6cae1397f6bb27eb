"""Phrase request: what a language model is asked to write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rehearse.calling.scenario import Scenario
from rehearse.preparing.call_sheet import CallSheet
from rehearse.transcript import Speaker, Utterance

LONGEST_CONVERSATION = 6000
"""Characters of the conversation that are sent, the newest: some ten minutes of talk."""
_CHARACTER = {
    "warm": "You are warm and friendly.",
    "brisk": "You are short of time: polite, but brisk.",
    "doubtful": "You doubt that somebody from outside knows your business, and say so.",
    "scattered": "You are distracted by what happens around you.",
    "reserved": "You are reserved and careful, and say little.",
}
_RULES = """
You are given the conversation so far and the line that comes next. Say that line in your own words,
so that it takes up what the caller has just said.
- Say what the line says and no more: the same answer, the same question if it asks one and no
question if it asks none. Add no facts, figures, names or promises.
- One to three short sentences of spoken English.
- Write the words that you speak and nothing else: no quotation marks, lists, markup, emoji or
descriptions of tone, and never what the caller says.
"""


@dataclass(frozen=True)
class Message:
    """One message of a chat; `role` is "system" or "user"."""

    role: str
    content: str


@dataclass(frozen=True)
class Scene:
    """What the model knows before the call: all of it is what the manager knows too."""

    manager: str
    character: str
    sheet: CallSheet


def scene_of(scenario: Scenario, sheet: CallSheet, manager: str) -> Scene:
    """`manager`: the name, which the sheet may leave open."""
    return Scene(manager, _CHARACTER[scenario.manner or "warm"], sheet)


def request_for(
    scene: Scene, utterances: Sequence[Utterance], script: Sequence[str]
) -> tuple[Message, ...]:
    """`script`: the lines that come next. What does not change comes first, so that a server reads
    it only once in a call."""
    said = "\n".join(
        f"{'You' if one.speaker is Speaker.MANAGER else 'Caller'}: {one.text}" for one in utterances
    )
    return (
        Message("system", _setting(scene)),
        Message(
            "user",
            f"The conversation so far:\n{said[-LONGEST_CONVERSATION:]}\n\n"
            f"The line that comes next: {' '.join(script)}\n"
            "Say it in your own words:",
        ),
    )


def _setting(scene: Scene) -> str:
    sheet = scene.sheet
    where = f" at {_plain(sheet.company)}" if sheet.company else ""
    job = f" as {_plain(sheet.job)}" if sheet.job else ""
    business = f" The job belongs to this part of the business: {_plain(sheet.business)}."
    return (
        f"You are {scene.manager}, a hiring manager{where}, on the telephone. {scene.character} "
        f"The caller had an interview with you for a job{job}; nothing has been decided yet."
        f"{business if sheet.business else ''}\n{_RULES}"
    ).strip()


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip(".!?;,: ")
