"""Dialogues: a call written out, what the caller says and what the manager answers.

`python -m tests.calling.dialogues` rewrites the manager's lines in conversations/*.dialogue, and
the tests compare them. A file has several calls; each names its scenario and holds turns.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rehearse import wiring
from rehearse.calling.manager import Manager, ManagerLine
from rehearse.calling.scenario import packaged_scenario
from rehearse.calling.understood import Understood, understood
from rehearse.preparing.call_sheet import CallSheet
from rehearse.transcript import Speaker, Utterance, words_of_text

FOLDER = Path(__file__).parent / "conversations"
SHEETS = {
    "none": CallSheet(),
    "freight": CallSheet(
        manager="Dana Keller", company="Halvorsen Freight", job="planner", business="the new depot"
    ),
    "bakery": CallSheet(manager="Rosa Lind", company="Lind's bakery shop", job="shift leader"),
    "hospital": CallSheet(manager="Priya Shah", company="St. Anne's hospital", job="ward clerk"),
    "cafe": CallSheet(
        manager="Marta Silva", company="Blue Door Café", job="barista", business="the restaurant"
    ),
    "dental": CallSheet(manager="Dr. Owen Price", company="Price Dental", job="receptionist"),
    "council": CallSheet(
        manager="Helen Marsh", company="Millbrook town council", job="case officer"
    ),
    "site": CallSheet(manager="Gus Romero", company="Romero Building", job="site foreman"),
    "bank": CallSheet(manager="Anita Rao", company="Harbor Savings Bank", job="loan clerk"),
    "charity": CallSheet(
        manager="Joy Mensah", company="River Food Bank charity", job="volunteer coordinator"
    ),
    "factory": CallSheet(manager="Karl Brandt", company="Brandt Valves", job="production planner"),
    "gym": CallSheet(manager="Lena Fox", company="Pulse Gym", job="front desk"),
    "solar": CallSheet(
        manager="Amir Haddad", company="Brightwater Solar", job="installation coordinator"
    ),
    "school": CallSheet(manager="Ruth Adeyemi", company="Elm Street School", job="secretary"),
    "shop": CallSheet(manager="Rosa Lind", company="Lind's garden centre", job="shift leader"),
    "software": CallSheet(manager="Tom Beck", company="Northgate Software", job="support engineer"),
    "vet": CallSheet(manager="Dr. Noor Aziz", company="Willow Lane Vets", job="practice assistant"),
    "salon": CallSheet(manager="Bea Moreno", company="Studio Nine hair salon", job="stylist"),
    "hotel": CallSheet(manager="Ines Falk", company="Hotel Seeblick", job="night porter"),
}


@functools.cache
def tagger():  # type: ignore[no-untyped-def]
    return wiring.load_tagger()


@functools.cache
def acts():  # type: ignore[no-untyped-def]
    return wiring.load_act_classifier()


@functools.cache
def matters():  # type: ignore[no-untyped-def]
    return wiring.load_matter_finder()


@dataclass(frozen=True)
class Script:
    """One call: its head line, and what the caller says in it."""

    title: str
    scenario: str
    sheet: str
    seed: int
    turns: tuple[str, ...]


def understand(utterances: tuple[Utterance, ...]) -> Understood:
    return understood(utterances, tagger().tag(utterances), acts(), matters())


@dataclass
class Held:
    """A dialogue as it went: (speaker, text) lines, and what was understood of each turn."""

    lines: list[tuple[str, str]]
    understood: list[Understood]
    said: list[ManagerLine]
    utterances: tuple[Utterance, ...]


def hold(script: Script, used: dict[str, int] | None = None) -> Held:
    """The call in text: ends where the manager hangs up, or with the last turn."""
    manager = Manager(
        packaged_scenario(script.scenario), SHEETS[script.sheet], script.seed, used=used
    )
    call = Held([], [], [], ())
    lines: tuple[ManagerLine, ...] = (manager.greet(),)
    for turn in (*script.turns, None):
        for line in lines:
            if line.text:
                call.lines.append((line.who.value, line.text))
                call.utterances += (Utterance(Speaker.MANAGER, words_of_text(line.text)),)
        call.said += lines
        if turn is None or lines[-1].hangs_up:
            break
        call.lines.append(("caller", turn))
        call.utterances += (Utterance(Speaker.CANDIDATE, words_of_text(turn)),)
        call.understood.append(understand(call.utterances))
        lines = manager.reply(call.understood[-1])
    if used is not None:
        used.clear()
        used.update(manager.used)
    return call


@functools.cache
def held(script: Script) -> Held:
    """The call with nothing said before it. Several tests read it; none changes it."""
    return hold(script)


def scripts(file: Path) -> Iterator[Script]:
    for part in file.read_text(encoding="utf-8").split("\n== ")[1:]:
        title, setting, *lines = part.strip().split("\n")
        scenario, sheet, seed = setting.split(", ")
        turns = tuple(line.removeprefix("caller: ") for line in lines if line.startswith("caller:"))
        yield Script(title, scenario, sheet.removesuffix(" sheet"), int(seed.split()[1]), turns)


def written(script: Script) -> str:
    """The call as it stands in the file."""
    head = f"== {script.title}\n{script.scenario}, {script.sheet} sheet, seed {script.seed}\n"
    return head + "".join(f"{who}: {text}\n" for who, text in held(script).lines)


def document(file: Path) -> str:
    head = file.read_text(encoding="utf-8").split("\n== ")[0].rstrip()
    return head + "\n\n" + "\n".join(written(script) for script in scripts(file))


if __name__ == "__main__":
    for path in sorted(FOLDER.glob("*.dialogue")):
        path.write_text(document(path), encoding="utf-8")
        print(path.name)
