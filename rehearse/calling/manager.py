"""Manager: decides what the hiring manager says next."""

from __future__ import annotations

import copy
import enum
import random
from dataclasses import dataclass, replace

from rehearse.calling.dialogue import RULES, Phase, Rule, Situation
from rehearse.calling.heard import Heard
from rehearse.calling.quoting import turned_round
from rehearse.calling.scenario import FILLED_BY_SHEET, Kind, Moment, Scenario, placeholders
from rehearse.preparing.call_sheet import CallSheet

__all__ = ["Heard", "Manager", "ManagerLine", "TurnTerms", "Who"]

STAND_IN_NAME = "Dana Keller"
"""The manager's name where the call sheet gives none."""
RETURNS_QUESTION = 0.75
"""Probability that a manager turns the critical question back after answering it."""
SHORTEST_TURN_S = 5.0
"""However late it is, a turn lasts this long: nobody is cut off at their first word."""
MESSAGE_PAUSE_S = 6.0
"""Silence that ends a voicemail message."""


class Who(enum.StrEnum):
    """Who speaks at the other end."""

    MANAGER = "manager"
    ASSISTANT = "assistant"
    VOICEMAIL = "voicemail"


@dataclass(frozen=True)
class ManagerLine:
    """One thing that is said; `rule` tells why. With `beep` the voicemail's beep follows the
    words, of which there may be none. After `hangs_up` the call is over."""

    text: str
    rule: str
    hangs_up: bool = False
    who: Who = Who.MANAGER
    beep: bool = False


@dataclass(frozen=True)
class TurnTerms:
    """What holds for the candidate's next turn, in seconds; None: nothing special.

    After `limit_s` they are cut off. `pause_s`: silence that ends the turn. `wait_s`: silence
    borne before they say anything.
    """

    limit_s: float | None = None
    pause_s: float | None = None
    wait_s: float | None = None


class Manager:
    """Follows the rules of dialogue.py; never repeats a phrasing before all were used.

    The same scenario, sheet, seed and hearing give the same lines.
    """

    def __init__(self, scenario: Scenario, sheet: CallSheet, seed: int) -> None:
        self._scenario = scenario
        self._seed = seed
        self._names = _names(sheet)
        self._decks: dict[Moment, list[str]] = {}
        self._used: dict[Moment, list[str]] = {}
        self._last_said: Moment | None = None
        self._situation = Situation(
            phase=_first_phase(scenario),
            clock=scenario.clock,
            returns_question=random.Random(f"{seed}/return").random() < RETURNS_QUESTION,
        )

    def greet(self) -> ManagerLine:
        """What is said when the phone is picked up."""
        moment = {Phase.GATE: Moment.ASSISTANT_GREETING, Phase.MESSAGE: Moment.VOICEMAIL_GREETING}
        greeting = moment.get(self._situation.phase, Moment.GREETING)
        return self._line(greeting, "the call begins")

    def terms(self, now_s: float) -> TurnTerms:
        """For the turn of the candidate's that begins at `now_s` of call time."""
        situation = self._situation
        clock = situation.clock
        if situation.phase is Phase.MESSAGE:
            return TurnTerms(limit_s=clock.message_s, pause_s=MESSAGE_PAUSE_S)
        if situation.phase is Phase.GATE:
            return TurnTerms()
        if situation.begun_s is None:
            situation.begun_s = now_s
        was_impatient = bool(situation.said[Moment.IMPATIENT])
        end_s = clock.goodbye_s if was_impatient else clock.cut_in_s or clock.goodbye_s
        left_s = None if end_s is None else end_s - situation.spent_s(now_s)
        waits = self._last_said in (Moment.ANSWER, Moment.RETURN_QUESTION, Moment.STATUS)
        return TurnTerms(
            limit_s=None if left_s is None else max(left_s, SHORTEST_TURN_S),
            wait_s=clock.wait_s if waits else None,
        )

    def reply(self, heard: Heard) -> tuple[ManagerLine, ...]:
        """The next lines, in order. Never empty; the last one of a call hangs up."""
        situation = self._situation
        situation.hear(heard)
        rule = next(rule for rule in RULES[situation.phase] if self._holds(rule, heard))
        beep: tuple[ManagerLine, ...] = ()
        if situation.phase is Phase.MESSAGE:
            beep = (ManagerLine("", rule.why, who=Who.VOICEMAIL, beep=True),)
        ends = rule.then is Phase.OVER
        lines = [
            self._line(moment, rule.why, heard, hangs_up=ends and moment is rule.says[-1])
            for moment in rule.says
        ]
        if Moment.ANSWER in rule.says or rule.forgets_question:
            situation.question_open = False
        situation.phase = rule.then or situation.phase
        return (*beep, *lines)

    def would_reply(self, heard: Heard) -> tuple[ManagerLine, ...]:
        """What `reply` would say, without having heard it."""
        return self._twin().reply(heard)

    def _twin(self) -> Manager:
        """One that remembers the same, but by itself."""
        twin = copy.copy(self)
        twin._decks = {moment: [*deck] for moment, deck in self._decks.items()}
        twin._used = {moment: [*used] for moment, used in self._used.items()}
        twin._situation = replace(self._situation, said=self._situation.said.copy())
        return twin

    def likely_lines(self) -> list[str]:
        """What may well be said next, so that a voice can prepare it: likeliest first."""
        moments = dict.fromkeys(m for rule in RULES[self._situation.phase] for m in rule.says)
        moments.pop(Moment.PUSH_BACK, None)
        order = sorted(moments, key=lambda m: m not in (Moment.ANSWER, Moment.OPENING))
        return [self._fill(self._deck(m)[-1], "") for m in order if m in self._scenario.lines]

    def _holds(self, rule: Rule, heard: Heard) -> bool:
        at_most = self._scenario.at_most.get(rule.says[0], rule.at_most)
        return (
            all(moment in self._scenario.lines for moment in rule.says)
            and (at_most is None or self._situation.said[rule.says[0]] < at_most)
            and rule.when(self._situation, heard)
        )

    def _line(
        self, moment: Moment, why: str, heard: Heard | None = None, *, hangs_up: bool = False
    ) -> ManagerLine:
        self._situation.said[moment] += 1
        self._last_said = moment
        contribution = ""
        if moment is Moment.PUSH_BACK:
            quotes = [q for way in heard.new_ways if (q := turned_round(way))] if heard else []
            if quotes:
                number = self._situation.said[moment]
                contribution = random.Random(f"{self._seed}/quote/{number}").choice(quotes)
            else:
                moment = Moment.PUSH_BACK_PLAIN
        phrasing = self._deck(moment).pop()
        self._used.setdefault(moment, []).append(phrasing)
        text = self._fill(phrasing, contribution)
        beep = moment is Moment.VOICEMAIL_GREETING
        return ManagerLine(text, why, hangs_up, self._who(moment), beep)

    def _who(self, moment: Moment) -> Who:
        if self._situation.phase is Phase.MESSAGE:
            return Who.VOICEMAIL
        at_gate = self._situation.phase is Phase.GATE and moment is not Moment.GREETING
        return Who.ASSISTANT if at_gate else Who.MANAGER

    def _deck(self, moment: Moment) -> list[str]:
        """Phrasings not yet used, the next one last; each moment is shuffled by itself."""
        deck = self._decks.get(moment)
        if not deck:
            used = self._used.get(moment, [])
            needed = {text: placeholders(text) for text in self._scenario.lines[moment]}
            deck = [text for text, names in needed.items() if self._fills(names)]
            random.Random(f"{self._seed}/{moment}/{len(used)}").shuffle(deck)
            if used and deck[-1] == used[-1]:
                deck.reverse()
            self._decks[moment] = deck
        return deck

    def _fills(self, names: frozenset[str]) -> bool:
        return names & FILLED_BY_SHEET <= set(self._names)

    def _fill(self, phrasing: str, contribution: str) -> str:
        return phrasing.format_map({**self._names, "contribution": contribution})


def _first_phase(scenario: Scenario) -> Phase:
    if scenario.kind is Kind.VOICEMAIL:
        return Phase.MESSAGE
    return Phase.GATE if Moment.ASSISTANT_GREETING in scenario.lines else Phase.TALK


def _names(sheet: CallSheet) -> dict[str, str]:
    """What fills the placeholders; those the sheet leaves empty are not there."""
    known = {"company": sheet.company, "job": sheet.job, "business": sheet.business}
    spoken = {name: " ".join(text.split()).rstrip(".!?;,: ") for name, text in known.items()}
    manager = " ".join(sheet.manager.split()) or STAND_IN_NAME
    return {"manager": manager, **{name: text for name, text in spoken.items() if text}}
