"""Script: a manager's words for a moment, never repeated."""

from __future__ import annotations

import copy
import random
import re
from collections import Counter
from collections.abc import Mapping

from rehearse.calling.bank import GENERAL, Bank, Theme, Topic
from rehearse.calling.fitting import MEETING, fit_to_meet, fit_to_offer, fit_to_tale, hands_back
from rehearse.calling.follow_ups import FOLLOW_UPS
from rehearse.calling.matters import Matter
from rehearse.calling.quoting import Quote
from rehearse.calling.scenario import (
    FILLED_BY_SHEET,
    MANNERS,
    Kind,
    Moment,
    Scenario,
    placeholders,
)
from rehearse.calling.situation import Situation
from rehearse.preparing.call_sheet import CallSheet

STAND_IN_NAME = "Dana Keller"
"""The manager's name where the call sheet gives none."""


RECENT_LINES = 5
"""No sentence of so many lines before is said again, where there is another."""
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
_LEAD = re.compile(r"^((hm|oh|ah|mm|yes|right|okay|well|all right), )+", re.IGNORECASE)


class Script:
    """The words of one manager in one call: of a moment's phrasings the least used comes next.

    They come from the scenario, from the concern that this business has in this call, and from the
    bank. `used` counts how often each "moment: phrasing" came in earlier calls.
    """

    def __init__(
        self,
        scenario: Scenario,
        sheet: CallSheet,
        seed: int,
        *,
        used: Mapping[str, int],
        bank: Bank,
        situation: Situation,
    ) -> None:
        self.used: Counter[str] = Counter(used)
        self._scenario = scenario
        self._seed = seed
        self._names = _names(sheet)
        self._bank = bank
        self._manner = scenario.manner or MANNERS[0]
        self._situation = situation
        trade = bank.trade_of(sheet)
        self._knows_trade = trade.name != GENERAL
        self._theme = self._theme_of(trade.themes)
        self._answered = ""
        self._last_of: dict[Moment, str] = {}
        self._recent: tuple[str, ...] = ()
        self._heard, self._tells = "", False
        self._again = False
        self._told: frozenset[str] = frozenset()
        """The matters spoken about in this call."""
        self.topics: Mapping[str, Topic] = {}
        """What the caller means, by moment."""
        self.options: Mapping[str, str] = {}
        """What fills the lines that take one of two sides."""

    def twin(self, situation: Situation) -> Script:
        """One that remembers the same, but by itself."""
        twin = copy.copy(self)
        twin.used = self.used.copy()
        twin._last_of = self._last_of.copy()
        twin._situation = situation
        return twin

    @property
    def manager(self) -> str:
        """The manager's name."""
        return self._names["manager"]

    def hear(self, text: str, *, tells: bool, again: bool) -> None:
        """What the next words reply to: `tells`, a plain statement; `again`, somebody who did not
        understand."""
        self._heard, self._tells, self._again = text, tells, again

    def speak_of(self, matter: Matter) -> None:
        """The next words of its moment are about this matter."""
        self.topics = {**self.topics, matter.moment: matter.topic}

    @property
    def named(self) -> list[str]:
        """The moments for which the caller named a topic."""
        return [moment for moment, topic in self.topics.items() if not topic.fallback]

    def say(self, moment: Moment, quote: Quote | None = None, *, keeps_word: bool = False) -> str:
        """The next words for a moment, which from now on are used. `keeps_word`: more of the
        manager's follows, so they do not hand over."""
        phrasing = self._next(moment, keeps_word=keeps_word)
        text = self._worded(moment, phrasing, quote)
        self._note(moment, phrasing)
        told = moment is Moment.ANSWER_AGAIN and phrasing == self._answered and not self._again
        topic = self.topics.get(moment)
        if topic is not None and topic.one_fact:
            told |= topic.name in self._told and not self._again
            self._told |= {topic.name}
        if told:
            lead = self._next(Moment.AS_SAID)
            self._note(Moment.AS_SAID, lead)
            text = f"{lead} {text}"
        if moment is Moment.ANSWER:
            self._answered = phrasing
            if phrasing in self._theme.answer:
                self._note(Moment.ANSWER_LEAD, self._next(Moment.ANSWER_LEAD))
        return text

    def would_say(self, moment: Moment) -> str:
        """What `say` would return."""
        return self._worded(moment, self._next(moment))

    def has(self, moment: Moment) -> bool:
        return bool(self.phrasings(moment))

    def _theme_of(self, themes: tuple[Theme, ...]) -> Theme:
        shuffled = random.Random(f"{self._seed}/theme").sample(themes, len(themes))
        return min(
            shuffled, key=lambda theme: sum(self._count(Moment.ANSWER, x) for x in theme.answer)
        )

    def phrasings(self, moment: Moment) -> list[str]:
        """The phrasings of a moment that the call sheet can fill."""
        own = self._scenario.lines.get(moment, ())
        others = tuple(x for x in self._theme.answer if x != self._answered)
        theme = {
            Moment.ANSWER: self._theme.answer,
            # Asked anew rather than not understood: another whole answer, that agrees with it.
            Moment.ANSWER_AGAIN: self._theme.again if self._again else others or self._theme.again,
            Moment.ABOUT_BUSINESS: self._theme.business,
            Moment.EXAMPLE: self._theme.example,
        }.get(moment, ())
        if moment is Moment.ANSWER and self._scenario.manner is None:
            theme = ()
        elif moment is Moment.ANSWER_AGAIN and self._answered not in ("", *self._theme.answer):
            theme = (self._answered,)
        elif moment is Moment.ANSWER and self._knows_trade:
            own = ()
        topic = self.topics.get(moment)
        if topic is not None:
            own = ()
        if topic is not None and topic.of_theme:
            theme = self._theme.business
        elif moment is Moment.ABOUT_BUSINESS or (moment is Moment.EXAMPLE and topic is not None):
            theme = ()
        lines = (*own, *theme, *self._bank.phrasings(moment, self._manner, topic))
        if self._scenario.kind is Kind.VOICEMAIL:
            lines = own
        if moment in MEETING:
            s = self._situation
            lines = fit_to_meet(
                lines, is_known=s.named or s.reason, is_first=s.turns <= 1, is_told=s.reason
            )
        if moment is Moment.GO_ON and self._tells:
            lines = fit_to_tale(lines, self._heard)
        if moment is Moment.OTHER_OFFER and self._heard:
            is_first = self._situation.said[moment] <= 1
            lines = fit_to_offer(lines, self._heard, is_first=is_first)
        return [text for text in lines if placeholders(text) & FILLED_BY_SHEET <= set(self._names)]

    def _next(self, moment: Moment, *, keeps_word: bool = False) -> str:
        """The phrasing used least so far; among equals chance decides, by the seed."""
        last = self._last_of.get(moment)
        pool = self.phrasings(moment)
        if moment in FOLLOW_UPS and moment is self._situation.pending and last in pool:
            return last  # the others ask something else
        topic = self.topics.get(moment)
        if self._again and topic is not None and topic.takes_side and last in pool:
            return last
        if keeps_word:
            pool = [text for text in pool if not hands_back(text)] or pool
        count = sum(self._count(moment, text) for text in pool)
        random.Random(f"{self._seed}/{moment}/{count}").shuffle(pool)
        return min(
            pool,
            key=lambda text: (
                self._count(moment, text),
                bool(_sentences(text) & self._lately()),
                text == last,
            ),
        )

    def _count(self, moment: Moment, phrasing: str) -> int:
        return self.used[f"{moment}: {phrasing}"]

    def _note(self, moment: Moment, phrasing: str) -> None:
        self.used[f"{moment}: {phrasing}"] += 1
        self._last_of[moment] = phrasing
        self._recent = (*self._recent, phrasing)[-RECENT_LINES:]

    def _lately(self) -> frozenset[str]:
        return frozenset().union(*map(_sentences, self._recent))

    def _worded(self, moment: Moment, phrasing: str, quote: Quote | None = None) -> str:
        quotes = {} if quote is None else {"contribution": quote.contribution, "offer": quote.offer}
        text = phrasing.format_map({**self._names, **self.options, **quotes})
        if moment is Moment.ANSWER and phrasing in self._theme.answer:
            return f"{self._next(Moment.ANSWER_LEAD)} {text}"
        return text


def _sentences(text: str) -> frozenset[str]:
    """Those of two words or more, "Hm, I see." the same as "I see."; "Okay." may come again."""
    return frozenset(_LEAD.sub("", x).lower() for x in _SENTENCE_END.split(text) if " " in x)


def _names(sheet: CallSheet) -> dict[str, str]:
    """What fills the placeholders; those the sheet leaves empty are not there."""
    known = {"company": sheet.company, "job": sheet.job, "business": sheet.business}
    spoken = {name: " ".join(text.split()).rstrip(".!?;,: ") for name, text in known.items()}
    manager = " ".join(sheet.manager.split()) or STAND_IN_NAME
    return {"manager": manager, **{name: text for name, text in spoken.items() if text}}
