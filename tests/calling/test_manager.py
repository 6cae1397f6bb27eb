"""Manager: the conversations in tests/calling/conversations, word for word."""

import dataclasses
import itertools
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from rehearse.calling.acts import Act
from rehearse.calling.follow_ups import FOLLOW_UPS
from rehearse.calling.manager import Manager, ManagerLine
from rehearse.calling.quoting import Quote
from rehearse.calling.scenario import (
    Moment,
    Scenario,
    packaged_names,
    packaged_scenario,
)
from rehearse.calling.understood import Understood
from rehearse.preparing.call_sheet import CallSheet

FOLDER = Path(__file__).parent / "conversations"
SHEET = CallSheet(manager="Priya Shah", company="Halvorsen Freight", business="the new depot")


def conversations() -> Iterator[object]:
    for file in sorted(FOLDER.glob("*.txt")):
        for part in re.split(r"^== ", file.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            title, *lines = [line for line in part.splitlines() if line.strip()]
            yield pytest.param(lines, id=f"{file.stem}: {title}")


def heard(line: str) -> Understood:
    if line == "nothing":
        return Understood(spoke=False, voiced=False)
    if line == "mumbling":
        return Understood(spoke=False, voiced=True)
    marks = re.findall(r"\[(\w+)\s*([^\]]*)\]", line)
    text = line.rpartition("]")[2].removeprefix("you:").strip()
    ways = tuple(words or text for mark, words in marks if mark == "way")
    kinds = {mark for mark, _ in marks}
    acts = [MARKS.get(mark) or Act(mark) for mark, _ in marks if mark != "named"]
    return Understood(
        spoke=True,
        acts=tuple(dict.fromkeys(acts)),
        substance=bool(kinds & {"way", "asked", "status", "recited"}),
        asked="asked" in kinds,
        new_ways=ways,
        words=len(text.split()),
        offers=(text,),
        named="named" in kinds,
        reason="reason" in kinds,
    )


MARKS = {
    "way": Act.WAYS,
    "asked": Act.CRITICAL_QUESTION,
    "recited": Act.RECITAL,
    "hello": Act.GREETING,
    "closing": Act.GOODBYE,
}


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
        self.heard: Understood | None = None
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
        assert self.last.moment == moment or (
            moment == "asks_on" and self.last.moment in FOLLOW_UPS
        )
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


QUOTE = Quote("Cut the cost", "you'd cut the cost")
QUESTION = Understood(True, acts=(Act.CRITICAL_QUESTION,), substance=True, asked=True, words=9)


@pytest.mark.parametrize("name", packaged_names())
def test_no_phrasing_comes_twice_before_all_were_used(name: str) -> None:
    for moment in Moment:
        words = Manager(packaged_scenario(name), CallSheet(), 5)._script
        pool = words.phrasings(moment)
        said = [words.say(moment, QUOTE) for _ in pool]
        assert len(set(said)) == len(set(pool))
        again = words.say(moment, QUOTE) if pool else ""
        assert len(pool) <= 1 or again != said[-1]


def hold(
    seed: int, sheet: CallSheet = SHEET, used: Mapping[str, int] | None = None
) -> tuple[list[ManagerLine], Manager]:
    manager = Manager(packaged_scenario("sceptical"), sheet, seed, used=used)
    lines = [manager.greet()]
    for turn in (
        Understood(True, acts=(Act.GREETING,), words=3),
        Understood(
            True,
            acts=(Act.WAYS,),
            substance=True,
            new_ways=("I'd cut the cost", "I'd call each customer"),
            words=7,
        ),
        QUESTION,
        Understood(True, acts=(Act.GOODBYE,), words=1),
    ):
        lines += manager.reply(turn)
    return lines, manager


def test_the_same_words_in_five_calls_give_five_conversations_without_a_line_twice() -> None:
    used: dict[str, int] = {}
    calls = []
    for seed in range(5):
        lines, manager = hold(seed, used=used)
        used = dict(manager.used)
        calls.append([line.text for line in lines])
    for first, second in itertools.combinations(calls, 2):
        assert first != second
    said = [line for call in calls for line in call]
    repeated = {line for line in said if said.count(line) > 1}
    scenario = packaged_scenario("sceptical")
    few = {line for lines in scenario.lines.values() if len(lines) < 5 for line in lines}
    assert {line for line in repeated if line not in few and SHEET.manager not in line} == set()


def test_a_seed_repeats_a_call_exactly_and_ten_calls_differ() -> None:
    assert hold(4)[0] == hold(4)[0]
    assert len({tuple(hold(seed)[0]) for seed in range(10)}) >= 9


def test_likely_lines_are_those_said_next_and_do_not_change_the_call() -> None:
    manager = Manager(packaged_scenario("friendly"), SHEET, 7)
    manager.greet()
    likely = manager.likely_lines()
    said = manager.reply(QUESTION)
    assert all(line.text in likely for line in said)
    other = Manager(packaged_scenario("friendly"), SHEET, 7)
    other.greet()
    assert other.reply(QUESTION) == said


def test_without_a_sheet_no_line_needs_one() -> None:
    for name in packaged_names():
        scenario = packaged_scenario(name)
        manager = Manager(scenario, CallSheet(), 1)
        for moment in Moment:
            for _ in range(8 if manager._script.phrasings(moment) else 0):
                assert "{" not in manager._line(moment, "why", QUOTE).text


def test_names_with_braces_or_line_breaks_are_only_text() -> None:
    sheet = CallSheet(manager="Dana {manager}\n", business="moving, {x}.")
    manager = Manager(packaged_scenario("friendly"), sheet, 1)
    said = {manager._line(Moment.ANSWER, "why").text for _ in range(30)}
    assert any("moving, {x}" in text for text in said)


def test_who_asks_the_question_twice_hears_that_it_was_answered() -> None:
    scenario = packaged_scenario("friendly")
    (answer,) = own = ("I expect this job to empty the back yard.",)
    own_lines = {**scenario.lines, Moment.ANSWER: own}
    manager = Manager(dataclasses.replace(scenario, lines=own_lines, manner=None), SHEET, 3)
    manager.greet()
    asked = "[asked] you: How do you expect this job to contribute?"
    first = [line.text for line in manager.reply(heard(asked))]
    second = [line.text for line in manager.reply(heard(asked))]
    assert answer in first
    (again,) = (text for text in second if answer in text)
    assert again != answer
