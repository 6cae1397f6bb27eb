"""Manager: what the hiring manager says next, given what was heard."""

from __future__ import annotations

import enum
import random
from dataclasses import dataclass

from rehearse.call_sheet import CallSheet
from rehearse.scenario import Scenario

OPENINGS_AT_MOST = 2
UNANSWERED_AT_MOST = 2


class Moment(enum.StrEnum):
    """The moments of a call for which a scenario has lines."""

    GREETING = "greeting"
    NO_ANSWER = "no_answer"
    OPENING = "opening"
    ANSWER = "answer"
    GOODBYE = "goodbye"


@dataclass(frozen=True)
class Heard:
    """What the candidate did in the turn just ended. `spoke` is False for a turn of silence."""

    spoke: bool
    asked: bool = False


@dataclass(frozen=True)
class ManagerLine:
    """One thing the manager says; `rule` tells why. After `hangs_up` the call is over."""

    text: str
    rule: str
    hangs_up: bool = False


class Manager:
    """A small state machine: counts what it has done, never repeats a phrasing before all are used.

    The same scenario, sheet, seed and hearing give the same lines.
    """

    def __init__(self, scenario: Scenario, sheet: CallSheet, seed: int) -> None:
        self._scenario = scenario
        self._names = {
            "manager": sheet.manager or "Dana Keller",
            "company": sheet.company or "our company",
            "job": sheet.job or "this job",
        }
        self._random = random.Random(seed)
        self._unused: dict[Moment, list[str]] = {}
        self._answered = False
        self._openings = 0
        self._unanswered = 0

    def greet(self) -> ManagerLine:
        return self._line(Moment.GREETING, "the call begins")

    def reply(self, heard: Heard) -> tuple[ManagerLine, ...]:
        """The next lines, in order. Never empty."""
        if not heard.spoke:
            return self._reply_to_silence()
        self._unanswered = 0
        if heard.asked and not self._answered:
            self._answered = True
            return (self._line(Moment.ANSWER, "the critical question was asked"),)
        if not self._answered and self._openings < OPENINGS_AT_MOST:
            self._openings += 1
            return (self._line(Moment.OPENING, "the critical question was not asked yet"),)
        return (self._goodbye("the talk is done"),)

    def _reply_to_silence(self) -> tuple[ManagerLine, ...]:
        self._unanswered += 1
        if self._answered or self._openings or self._unanswered > UNANSWERED_AT_MOST:
            return (self._goodbye("nothing more was said"),)
        return (self._line(Moment.NO_ANSWER, "nothing was heard"),)

    def _goodbye(self, rule: str) -> ManagerLine:
        return self._line(Moment.GOODBYE, rule, hangs_up=True)

    def _line(self, moment: Moment, rule: str, *, hangs_up: bool = False) -> ManagerLine:
        unused = self._unused.get(moment)
        if not unused:
            unused = list(self._scenario.lines[moment])
            self._random.shuffle(unused)
            self._unused[moment] = unused
        return ManagerLine(unused.pop().format_map(self._names), rule, hangs_up)
