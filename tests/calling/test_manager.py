"""The manager listens: the conversations of tests/calling/conversations, held word for word."""

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from rehearse.calling.heard import Heard
from rehearse.calling.manager import Manager, ManagerLine
from rehearse.calling.scenario import (
    Moment,
    Scenario,
    packaged_names,
    packaged_scenario,
    placeholders,
)
from rehearse.preparing.call_sheet import CallSheet

FOLDER = Path(__file__).parent / "conversations"
SHEET = CallSheet(manager="Priya Shah", company="Halvorsen Freight", business="the new depot")


def conversations() -> Iterator[object]:
    for file in sorted(FOLDER.glob("*.txt")):
        for part in re.split(r"^== ", file.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            title, *lines = [line for line in part.splitlines() if line.strip()]
            yield pytest.param(lines, id=f"{file.stem}: {title}")


def heard(line: str) -> Heard:
    if line == "nothing":
        return Heard(spoke=False, voiced=False)
    if line == "mumbling":
        return Heard(spoke=False, voiced=True)
    marks = re.findall(r"\[(\w+)\s*([^\]]*)\]", line)
    ways = tuple(words or line.rpartition("]")[2] for mark, words in marks if mark == "way")
    kinds = {mark for mark, _ in marks}
    return Heard(
        spoke=True,
        substance=bool(kinds & {"way", "asked", "status", "recited"}),
        asked="asked" in kinds,
        new_ways=ways,
        status="status" in kinds,
        recited="recited" in kinds,
        vague="vague" in kinds,
        other_question="other" in kinds,
        only_hello="hello" in kinds,
        closing="closing" in kinds,
        named="named" in kinds,
        reason="reason" in kinds,
    )


def moment_of(scenario: Scenario, text: str) -> str:
    """Which moment's phrasing this is."""
    for moment, phrasings in scenario.lines.items():
        for phrasing in phrasings:
            names = {"manager": SHEET.manager, "company": SHEET.company, "job": "?"}
            spoken = phrasing.format_map(
                {**names, "business": SHEET.business, "contribution": "CONTRIBUTION"}
            )
            if re.fullmatch(re.escape(spoken).replace("CONTRIBUTION", ".+"), text):
                return moment
    raise AssertionError(f"no phrasing of {scenario.name} reads {text!r}")


class Conversation:
    """Reads the script line by line against a manager."""

    def __init__(self, scenario: Scenario, seed: int) -> None:
        self.scenario = scenario
        # Every manager may turn the question back; the scripts tell of those that do.
        self.manager = next(
            manager
            for number in range(seed * 100, seed * 100 + 100)
            if (manager := Manager(scenario, SHEET, number))._situation.returns_question
        )
        self.pending: list[ManagerLine] = [self.manager.greet()]
        self.heard: Heard | None = None
        self.last: ManagerLine | None = None
        self.at_s = 0.0
        self.beep_due = False

    def take(self, line: str) -> None:
        if line.startswith("at "):
            assert self.heard is not None
            self.at_s = float(line.split()[1])
            self.heard = dataclasses.replace(self.heard, cut_off="cut off" in line)
        elif line.startswith(("you:", "nothing", "mumbling")):
            self._reply()
            assert not self.pending, f"still to be said: {self.pending}"
            self.manager.terms(self.at_s)
            self.heard = heard(line)
        elif line.startswith(("limit ", "waits ")):
            self._reply()
            terms = self.manager.terms(self.at_s)
            value = terms.limit_s if line.startswith("limit") else terms.wait_s
            assert value == float(line.split()[1])
        elif line == "beep":
            self._reply()
            if not self.beep_due:
                self.last = self.pending.pop(0)
                assert self.last.text == ""
            assert self.last is not None
            assert self.last.beep
            self.beep_due = False
        elif line == "hangs up":
            assert self.last is not None
            assert self.last.hangs_up
        elif line.startswith("says: "):
            assert self.last is not None
            assert line.removeprefix("says: ") in self.last.text
        else:
            self._said(line)

    def _said(self, line: str) -> None:
        who, moment = line.split(": ")
        self._reply()
        self.last = self.pending.pop(0)
        assert moment_of(self.scenario, self.last.text) == moment
        assert self.last.who == who
        assert self.last.rule
        self.beep_due = self.last.beep

    def _reply(self) -> None:
        if self.heard is not None:
            self.pending = list(self.manager.reply(dataclasses.replace(self.heard, at_s=self.at_s)))
            self.heard = None


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("lines", list(conversations()))
def test_conversation(lines: list[str], seed: int) -> None:
    name = "friendly"
    if lines[0].startswith("scenario: "):
        name, lines = lines[0].removeprefix("scenario: "), lines[1:]
    conversation = Conversation(packaged_scenario(name), seed)
    for line in lines:
        conversation.take(line)


@pytest.mark.parametrize("name", packaged_names())
def test_no_phrasing_comes_twice_before_all_were_used(name: str) -> None:
    scenario = packaged_scenario(name)
    manager = Manager(scenario, CallSheet(), 5)
    said = {moment: [] for moment in scenario.lines}  # type: ignore[var-annotated]
    for moment in scenario.lines:
        usable = [
            line
            for line in scenario.lines[moment]
            if not placeholders(line) & {"company", "job", "business"}
        ]
        for _ in usable:
            line = manager._line(Moment(moment), "why", Heard(True, new_ways=("I'd cut the cost",)))
            said[moment].append(line.text)
        assert len(set(said[moment])) == len(usable)
        again = manager._line(Moment(moment), "why", Heard(True, new_ways=("I'd cut the cost",)))
        assert len(usable) == 1 or again.text != said[moment][-1]


def hold(seed: int, sheet: CallSheet = SHEET) -> list[ManagerLine]:
    manager = Manager(packaged_scenario("sceptical"), sheet, seed)
    lines = [manager.greet()]
    for turn in (
        Heard(True, only_hello=True),
        Heard(True, substance=True, new_ways=("I'd cut the cost", "I'd call each customer")),
        Heard(True, substance=True, asked=True),
        Heard(True, closing=True),
    ):
        lines += manager.reply(turn)
    return lines


def test_a_seed_repeats_a_call_exactly_and_ten_calls_differ() -> None:
    assert hold(4) == hold(4)
    assert len({tuple(hold(seed)) for seed in range(10)}) >= 9


def test_likely_lines_are_those_said_next_and_do_not_change_the_call() -> None:
    manager = Manager(packaged_scenario("friendly"), SHEET, 7)
    manager.greet()
    likely = manager.likely_lines()
    said = manager.reply(Heard(True, substance=True, asked=True))
    assert all(line.text in likely for line in said)
    other = Manager(packaged_scenario("friendly"), SHEET, 7)
    other.greet()
    assert other.reply(Heard(True, substance=True, asked=True)) == said


def test_without_a_sheet_no_line_needs_one() -> None:
    for name in packaged_names():
        scenario = packaged_scenario(name)
        manager = Manager(scenario, CallSheet(), 1)
        for moment in scenario.lines:
            for _ in range(8):
                said = manager._line(
                    Moment(moment), "why", Heard(True, new_ways=("I'd cut it a lot",))
                )
                assert "{" not in said.text


def test_names_with_braces_or_line_breaks_are_only_text() -> None:
    sheet = CallSheet(manager="Dana {manager}\n", business="moving, {x}.")
    manager = Manager(packaged_scenario("friendly"), sheet, 1)
    said = {manager._line(Moment.ANSWER, "why").text for _ in range(12)}
    assert any("moving, {x}" in text for text in said)
