"""Manager: decides what the hiring manager says next."""

from __future__ import annotations

import copy
import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from rehearse.calling.acts import Act
from rehearse.calling.answer_odds import answer_odds
from rehearse.calling.bank import Bank, Topic, packaged_bank
from rehearse.calling.called_for import takes_leave
from rehearse.calling.dialogue import RULES
from rehearse.calling.either import of_two
from rehearse.calling.follow_ups import QUESTIONS, RETURNS, follow_ups
from rehearse.calling.forms import Form
from rehearse.calling.manager_line import ManagerLine, Who
from rehearse.calling.matters import matters_of, packaged_topics
from rehearse.calling.quoting import Quote, quoted
from rehearse.calling.replies import asks_for, replies, speaks_of_manager, topics_of
from rehearse.calling.rules import Next, Rule
from rehearse.calling.scenario import SAID_WITH_CONTRIBUTION, Kind, Moment, Scenario
from rehearse.calling.script import STAND_IN_NAME, Script
from rehearse.calling.second_thoughts import (
    is_no_idea,
    plan_of,
    taken_again,
    without_false_ways,
)
from rehearse.calling.shop_talk import about, matter_of
from rehearse.calling.situation import Phase, Situation
from rehearse.calling.thread import BACK, again, ask_on, back
from rehearse.calling.turn_terms import TurnTerms, terms_of
from rehearse.calling.understood import Understood
from rehearse.preparing.call_sheet import CallSheet

__all__ = ["STAND_IN_NAME", "Manager", "ManagerLine", "Understood", "Who"]

TURNS_TO_NOTICE = 3
"""Within so many turns after the assistant, a caller may not have noticed who is on the line."""
RETURNS_QUESTION = 0.75
"""Probability that a manager turns the critical question back after answering it."""


class Manager:
    """Follows the rules of dialogue.py, in the words of script.py.

    `used` counts how often each "moment: phrasing" came in earlier calls. The same scenario,
    sheet, seed, turns and counts give the same lines.
    """

    def __init__(
        self,
        scenario: Scenario,
        sheet: CallSheet,
        seed: int,
        *,
        used: Mapping[str, int] | None = None,
        bank: Bank | None = None,
    ) -> None:
        self._scenario = scenario
        self._seed = seed
        self._bank = bank or packaged_bank()
        self._matters = matters_of(self._bank.trade_of(sheet).name)
        self._subjects = {**self._matters, **packaged_topics()}
        self._odds: Mapping[str, float] = {}
        self._before: tuple[Mapping[str, Topic], Mapping[str, str]] = {}, {}
        self._last_said: Moment | None = None
        self._came_back = False
        self._last_quote: Quote | None = None
        self._turns_at_gate: int | None = None
        self._situation = Situation(
            phase=_first_phase(scenario),
            clock=scenario.clock,
            returns_question=random.Random(f"{seed}/return").random() < RETURNS_QUESTION,
        )
        self._script = Script(
            scenario, sheet, seed, used=used or {}, bank=self._bank, situation=self._situation
        )

    @property
    def used(self) -> Counter[str]:
        """How often each "moment: phrasing" has come, in this call and before."""
        return self._script.used

    def greet(self) -> ManagerLine:
        """What is said when the phone is picked up."""
        moment = {Phase.GATE: Moment.ASSISTANT_GREETING, Phase.MESSAGE: Moment.VOICEMAIL_GREETING}
        greeting = moment.get(self._situation.phase, Moment.GREETING)
        self._situation.repeatable = (greeting,)
        return self._line(greeting, "the call begins")

    def terms(self, now_s: float) -> TurnTerms:
        """For the turn of the candidate's that begins at `now_s` of call time."""
        return terms_of(self._situation, self._last_said, now_s)

    def reply(self, turn: Understood) -> tuple[ManagerLine, ...]:
        """The next lines, in order. Never empty; the last one of a call hangs up."""
        situation = self._situation
        turn = self._about_a_matter(situation.as_answer(asks_for(self._script.manager, turn)))
        turn = self._to_whom(self._on_second_thought(turn))
        situation.hear(turn)
        rule = self._rule_for(turn)
        beep: tuple[ManagerLine, ...] = ()
        if situation.phase is Phase.MESSAGE:
            beep = (ManagerLine("", rule.why, who=Who.VOICEMAIL, beep=True),)
        answers = self._answers(rule, turn)
        came_back = self._came_back or turn.interrupted  # who interrupts knows where they were
        more_comes = bool(rule.says) or rule.next in (Next.REPEAT, Next.ASK_ON)
        lines = [
            self._line(moment, rule.why, keeps_word=more_comes or moment is not answers[-1])
            for moment in answers
        ]
        self._came_back = came_back
        ends = rule.then is Phase.OVER
        self._note_answer(rule, turn)
        if rule.quotes and (quote := self._quote(turn)):
            lines.append(self._line(Moment.PICKS_UP, rule.why, quote))
        for moment in rule.says:
            lines.append(self._said_by_rule(moment, rule, turn, ends=ends))
        said = rule.says
        if rule.next is not None:
            more = self._what_follows(rule.next, lines, turn)
            lines += [self._line(moment, rule.why, self._last_quote) for moment in more]
            said = more if rule.next is Next.REPEAT else (*said, *more)
        if not lines:  # nothing but the thread, and the thread was left to the caller
            lines.append(self._line(Moment.OPENING, rule.why))
        self._remember(rule, (*answers, *said))
        return (*beep, *lines)

    def _about_a_matter(self, turn: Understood) -> Understood:
        """The turn as the script is to answer it: about a matter that the manager can speak of, if
        there is one, else about a topic that its words point to."""
        script = self._script
        self._before = script.topics, script.options
        again = turn.did(Act.REPEAT)
        odds = self._odds = answer_odds(turn, self._subjects)
        compared = odds if turn.near else None
        topics = script.topics
        if not again:
            topics = topics_of(turn, self._bank, script.manager, compared)
        matter = None
        talks = self._situation.phase in (Phase.TALK, Phase.ANSWERED)
        if talks:
            matter = matter_of(turn, self._matters, {} if again else topics, odds)
        if matter is not None and matter.inside and Moment.REDIRECT in self._scenario.lines:
            matter = None
        script.hear(turn.text, tells=turn.tells, again=again and matter is None)
        script.topics = topics
        if talks and not again and matter is None and (asked := of_two(turn, topics)):
            script.topics, script.options = asked.topics, asked.options
            return asked.turn
        if matter is None:
            return turn
        script.speak_of(matter)
        return about(turn, matter)

    def _on_second_thought(self, turn: Understood) -> Understood:
        """The turn, taken otherwise where what would be said hardly fits."""
        turn = without_false_ways(turn)
        situation, script = self._situation, self._script
        talks = situation.phase in (Phase.TALK, Phase.ANSWERED)
        answers = situation.pending is not None and turn.answers
        answers = answers and not (takes_leave(turn) or is_no_idea(turn))
        if not talks or turn.asked or turn.new_ways or answers:
            return turn
        twin, rule = self._after(turn)
        plan = plan_of(turn, rule, twin._answers(rule, turn), script.topics, self._odds)
        again = None if plan is None else taken_again(turn, plan)
        if again is None or self._carries_on(again.turn):
            return turn
        repeats = again.turn.did(Act.REPEAT)
        if repeats:
            script.topics, script.options = self._before
        elif again.topics is not None:
            script.topics, script.options = again.topics, {}
        tells = again.turn.tells if again.topics is None else again.turn.form is None
        script.hear(again.turn.text, tells=tells, again=repeats)
        return again.turn

    def _to_whom(self, turn: Understood) -> Understood:
        """Just put through, some still think that they speak with the assistant."""
        situation, since = self._situation, self._turns_at_gate
        just_now = since is not None and situation.turns - since < TURNS_TO_NOTICE
        if just_now and situation.pending is None and speaks_of_manager(turn):
            return replace(turn, acts=(Act.WHO,), form=Form.WHO)
        return turn

    def _carries_on(self, turn: Understood) -> bool:
        """Whether it would count as an answer about the caller's plan, or as the end of the talk,
        though nobody took leave."""
        _, rule = self._after(turn)
        return Moment.FOLLOW_UP in rule.says or (rule.then is Phase.OVER and not turn.closing)

    def _after(self, turn: Understood) -> tuple[Manager, Rule]:
        """A twin that has heard the turn, and the rule that holds then."""
        twin = self._twin()
        twin._situation.hear(turn)
        return twin, twin._rule_for(turn)

    def _rule_for(self, turn: Understood) -> Rule:
        return next(rule for rule in RULES[self._situation.phase] if self._holds(rule, turn))

    def _answers(self, rule: Rule, turn: Understood) -> tuple[Moment, ...]:
        """What the acts of the turn are answered with, where the rule lets them."""
        if not rule.replies or not turn.spoke:
            return ()
        return replies(
            turn,
            self._script.named,
            is_first=self._situation.turns <= 1,
            repeats=rule.next is Next.REPEAT,
            ends=rule.then is Phase.OVER,
        )

    def _said_by_rule(
        self, moment: Moment, rule: Rule, turn: Understood, *, ends: bool
    ) -> ManagerLine:
        """A moment of the rule's; where a reply can be quoted the quote is the reaction to it."""
        hangs_up = ends and moment is rule.says[-1]
        quote = None
        if moment is Moment.PUSH_BACK:
            quote = self._quote(turn)
        elif moment is Moment.FOLLOW_UP:
            if quote := self._quote(turn):
                moment = Moment.PICKS_UP
            elif self._situation.doubted and turn.answers:
                moment = Moment.CONVINCED
        return self._line(moment, rule.why, quote, hangs_up=hangs_up)

    def _what_follows(
        self, following: Next, lines: list[ManagerLine], turn: Understood
    ) -> tuple[Moment, ...]:
        if following is Next.REPEAT:
            return again(self._situation)
        if following is Next.ASK_ON:
            return (ask_on(self._situation),)
        last = lines[-1] if lines else None
        told = turn.tells and not turn.did(Act.DONT_KNOW)
        return back(self._situation, last, came_back=self._came_back, told=told)

    def _note_answer(self, rule: Rule, turn: Understood) -> None:
        """Whether the manager's own question was answered, and which are still to come."""
        situation = self._situation
        if Moment.FOLLOW_UP in rule.says:
            situation.good_answers += not turn.did(Act.DONT_KNOW, Act.VAGUE)
        if situation.pending is not None and (turn.answers or turn.substance):
            situation.pending = None

    def _remember(self, rule: Rule, said: tuple[Moment, ...]) -> None:
        situation = self._situation
        if Moment.ANSWER in said or rule.forgets_question:
            situation.question_open = False
        if Moment.ANSWER_AGAIN in said:
            situation.question_open = False
        if Moment.ANSWER in said:
            situation.to_ask, situation.asks_left = follow_ups(
                self._seed,
                ways=situation.ways,
                returned=bool(RETURNS & set(said)),
                end_s=situation.clock.goodbye_s,
            )
        asked = [moment for moment in said if moment in QUESTIONS]
        situation.pending = asked[-1] if asked else situation.pending
        if Moment.BACK_QUESTION in said:
            situation.asked_again = situation.pending
        silent = {Moment.HELLO, Moment.SAY_AGAIN, Moment.STILL_THERE, Moment.BARELY_HEAR}
        silent |= {Moment.FOLLOW_UP, Moment.CONVINCED, Moment.PICKS_UP, Moment.WELCOME}
        silent |= {Moment.NO_WORRIES, Moment.IM_HERE}
        small_talk = self._script.topics.get(Moment.SMALL_TALK)
        if small_talk is None or small_talk.fallback:
            silent.add(Moment.SMALL_TALK)  # who missed a nod wants to hear what came before
        repeatable = tuple(moment for moment in said if moment not in silent)
        situation.repeatable = repeatable or situation.repeatable
        situation.doubted = Moment.PUSH_BACK in said
        if Moment.ASSISTANT_THROUGH in said:
            self._turns_at_gate = situation.turns
        situation.phase = rule.then or situation.phase

    def would_reply(self, turn: Understood) -> tuple[ManagerLine, ...]:
        """What `reply` would say, without having heard it."""
        return self._twin().reply(turn)

    def _twin(self) -> Manager:
        """One that remembers the same, but by itself."""
        twin = copy.copy(self)
        situation = self._situation
        twin._situation = replace(situation, said=situation.said.copy(), to_ask=[*situation.to_ask])
        twin._script = self._script.twin(twin._situation)
        return twin

    def likely_lines(self) -> list[str]:
        """What may well be said next, so that a voice can prepare it: likeliest first."""
        moments = dict.fromkeys(m for rule in RULES[self._situation.phase] for m in rule.says)
        order = sorted(moments, key=lambda m: m not in (Moment.ANSWER, Moment.OPENING))
        quoting = SAID_WITH_CONTRIBUTION
        words = self._script
        return [words.would_say(m) for m in order if m not in quoting and words.has(m)]

    def _holds(self, rule: Rule, turn: Understood) -> bool:
        first = rule.says[0] if rule.says else None
        at_most = rule.at_most
        if first is not None:
            at_most = self._scenario.at_most.get(first, rule.at_most)
        return (
            all(self._script.has(moment) for moment in rule.says)
            and (at_most is None or first is None or self._situation.said[first] < at_most)
            and rule.when(self._situation, turn)
        )

    def _quote(self, turn: Understood) -> Quote | None:
        """One of the turn's ways in the caller's words, else of what they answered."""
        ways = [quote for way in turn.new_ways if (quote := quoted(way))]
        if not ways and not turn.new_ways and turn.answers and not is_no_idea(turn):
            ways = [quote for said in turn.offers if (quote := quoted(said))][:1]
        if not ways:
            return None
        number = self._situation.said[Moment.PUSH_BACK] + self._situation.said[Moment.PICKS_UP]
        return random.Random(f"{self._seed}/quote/{number}").choice(ways)

    def _line(
        self,
        moment: Moment,
        why: str,
        quote: Quote | None = None,
        *,
        hangs_up: bool = False,
        keeps_word: bool = False,
    ) -> ManagerLine:
        """`keeps_word`: more of the manager's follows, so the line does not hand over."""
        self._situation.said[moment] += 1
        self._came_back = moment in BACK
        if moment in SAID_WITH_CONTRIBUTION:
            if quote is None:
                moment = Moment.PUSH_BACK_PLAIN
            else:
                self._last_quote = quote
        text = self._script.say(moment, quote, keeps_word=keeps_word)
        self._last_said = moment
        beep = moment is Moment.VOICEMAIL_GREETING
        return ManagerLine(text, why, hangs_up, self._who(moment), beep, moment)

    def _who(self, moment: Moment) -> Who:
        if self._situation.phase is Phase.MESSAGE:
            return Who.VOICEMAIL
        at_gate = self._situation.phase is Phase.GATE and moment is not Moment.GREETING
        return Who.ASSISTANT if at_gate else Who.MANAGER


def _first_phase(scenario: Scenario) -> Phase:
    if scenario.kind is Kind.VOICEMAIL:
        return Phase.MESSAGE
    return Phase.GATE if Moment.ASSISTANT_GREETING in scenario.lines else Phase.TALK
