"""Bank: the lines that managers share, by trade and topic."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from rehearse.calling.forms import Form
from rehearse.calling.scenario import MANNERS
from rehearse.calling.wording import tells, without_lead
from rehearse.preparing.call_sheet import CallSheet

GENERAL = "general"
"""The trade of a manager whose business is not known."""
_ANY = "any"
_OF_DETAIL = frozenset(
    {Form.WHO, Form.WHERE, Form.WHEN, Form.HOW_MANY, Form.HOW_LONG, Form.EITHER, Form.WHY}
)
"""Questions that want one fact of the business, and not how it is doing."""
TOLD = "told"
"""In place of a form: what is no question."""
OF_ONESELF = "of_oneself"
"""The same, where the caller speaks of themselves."""
OF_CALLER = "whether_of_caller"
"""The form of a question for yes or no about the caller: "am I too old"."""
_REMARKS = (None, TOLD, OF_ONESELF, Form.HOW_IS)
_REMARK_WORDS = 8
"""A question for yes or no up to this long may be a remark: "isn't it hot today"."""
_OF_WORK = frozenset({"about_job", "about_business"})
"""Who asks about the business asks for nobody's own hours and places."""
_ONESELF = re.compile(
    r"^(I|I'\w+|my|mine|we|we'\w+|our)\b"
    r"|\b(I (was|am|have|had|did|never|always|don't|do)|I'm|I've)\b",
    re.IGNORECASE,
)
_CALLER = re.compile(
    r"\b(am I|(sink|stop|against|bother|muck|matter to|put|hold) (me|you|any\w+)"
    r"|this (makes|is) a problem)\b",
    re.IGNORECASE,
)
LIKELY = 0.6
"""Probability that a topic's lines answer what was said from which it is meant."""
LIKELY_BY_WORDS = 0.4
"""The same where one of its words was said."""
_LETTERS_LIKELY = 30
"""How many letters certainty counts."""
_FORM_LETTERS: Mapping[str | None, int] = {Form.EITHER: 40}
"""How much a form counts: one of two wants its own answer."""
TO_QUESTIONS = frozenset(
    {"hours", "start_date", "location", "next_step", "about_job", "about_business", "about_me"}
)
"""Moments whose lines answer a question."""
NEIGHBOURS = frozenset({"hours", "location", "about_job", "about_business"})
"""Moments whose questions are easily taken for one another's."""


@dataclass(frozen=True)
class Theme:
    """One concern of a business: all that a manager says about it in one call fits together."""

    answer: tuple[str, ...]
    """What they expect of the job."""
    again: tuple[str, ...]
    """The same in other words."""
    business: tuple[str, ...]
    """How the business is doing."""
    example: tuple[str, ...]


@dataclass(frozen=True)
class Trade:
    """A kind of business; `words` on the call sheet point to it, those with * as beginnings."""

    name: str
    words: tuple[str, ...]
    themes: tuple[Theme, ...]
    but_not: tuple[str, ...] = ()
    """Phrases in which its words mean another business: "hotel supplies"."""

    def words_in(self, text: str) -> int:
        """How many of its words are in `text`."""
        if self.but_not:
            text = _pattern(self.but_not).sub("-", text)
        return len(_said(self.words, text))


@dataclass(frozen=True)
class Topic:
    """One of the matters that a caller may mean within the moments `at`; it belongs to the first.

    `words` of the caller's point to it, as with a trade, or the `form` of a question. `phrasings`
    are by manner; of a topic `of the theme` they are those of the business.
    """

    name: str
    at: tuple[str, ...]
    words: tuple[str, ...]
    phrasings: Mapping[str, tuple[str, ...]]
    of_theme: bool
    fallback: bool
    """Comes where no other does."""
    form: str = ""
    told: bool = False
    """Its phrasings fit what is told too, where others of its moment answer a question."""
    asked: bool = False
    """Its phrasings answer a question, where others of its moment fit what is told too."""
    remark: bool = False
    """Its phrasings fit what is said in passing, and no question for a fact: "does rain count as a
    day off"."""
    one_fact: bool = False
    """Its phrasings all tell the same: who asks twice hears that it was said."""
    asks: tuple[str, ...] = ()
    """Examples of what they answer: its words alone may mean something else."""

    @property
    def takes_side(self) -> bool:
        """Its phrasings each choose one of two: said again, it has to be the same one."""
        return self.form == Form.EITHER

    def letters_in(self, text: str, form: str | None, odds: float | None = None) -> int:
        """How long its longest words in `text` are; of a form, whether it is this one. `odds`: the
        probability that its phrasings answer it, None where that is not known."""
        if self.of_theme and form in _OF_DETAIL:
            return 0
        in_passing = form in (Form.WHETHER, OF_CALLER) and len(text.split()) <= _REMARK_WORDS
        if self.remark and not (in_passing or form in _REMARKS):
            return 0
        is_told = form in (TOLD, OF_ONESELF)
        answers = self.asked or (self.at[0] in TO_QUESTIONS and not (self.told or self.form))
        if is_told and answers:
            return 0
        if self.form:
            is_this = self.form == form or (self.form == TOLD and is_told)
            return _FORM_LETTERS.get(form, 1) if is_this else 0
        if odds is None or not self.asks or self.of_theme or self.fallback:
            return _longest(self.words, text)
        enough = LIKELY_BY_WORDS if self.is_named_in(text) else LIKELY
        return round(_LETTERS_LIKELY * odds) if odds >= enough else 0

    def moments_after(self, text: str) -> tuple[str, ...]:
        """Where it may come after `text`: without its words only where it belongs."""
        return self.at if self.fallback or self.is_named_in(text) else self.at[:1]

    def is_named_in(self, text: str) -> bool:
        """Whether one of its words is in `text`."""
        return bool(_said(self.words, text))


@dataclass(frozen=True)
class Bank:
    """`moments` maps a moment to its phrasings by manner."""

    moments: Mapping[str, Mapping[str, tuple[str, ...]]]
    trades: tuple[Trade, ...]
    topics: tuple[Topic, ...] = ()

    def phrasings(self, moment: str, manner: str, topic: Topic | None = None) -> tuple[str, ...]:
        """Those that suit every manager and those of this manner, of the topic if there is one."""
        lists = self.moments.get(moment, {}) if topic is None else topic.phrasings
        return (*lists.get(_ANY, ()), *lists.get(manner, ()))

    def topics_in(
        self,
        text: str,
        asked: Form | None,
        moments: Iterable[str],
        odds: Mapping[str, float] | None = None,
    ) -> Mapping[str, Topic]:
        """For each of these moments that the caller's words touch, the topic they point to most.
        `asked`: what kind of answer they want. `odds`: with what probability the phrasings of
        topics answer it, None where that is not known and bare words have to do.
        A topic that belongs to one of the moments does not come at another. A question about the
        work may have been taken for one about its neighbour: the words decide."""
        sought = tuple(moments)
        form: str | None = asked
        if tells(text, asked):
            form = OF_ONESELF if _ONESELF.search(without_lead(text)) else TOLD
        elif asked is Form.WHETHER and _CALLER.search(without_lead(text)):
            form = OF_CALLER
        hits = [
            (
                topic,
                topic.letters_in(text, form, None if odds is None else odds.get(topic.name, 0.0)),
            )
            for topic in self.topics
        ]
        found = {}
        for moment in sought:
            fitting = [
                (
                    (
                        not topic.fallback,
                        letters + 8 * (topic.at[0] == moment) + 4 * (moment in topic.at),
                    ),
                    topic,
                )
                for topic, letters in hits
                if letters
                and (
                    moment in topic.moments_after(text)
                    or (
                        form not in (None, TOLD, OF_ONESELF, Form.HOW_IS)
                        and not (topic.fallback or topic.told)
                        and {moment, topic.at[0]} <= NEIGHBOURS
                        and (moment != "about_business" or topic.at[0] in _OF_WORK)
                    )
                )
                and (topic.at[0] == moment or topic.at[0] not in sought)
            ]
            if fitting:
                found[moment] = max(fitting, key=lambda fit: fit[0])[1]
        return found

    def trade_of(self, sheet: CallSheet) -> Trade:
        """The kind of business that most words of the sheet point to; its ways count where company,
        job and business say nothing, and two of their words: "train students" makes no school. Of
        several the first in the file."""
        named = "\n".join([sheet.company, sheet.business, sheet.job])
        ways = " ".join(text for way in sheet.ways for text in (way.action, way.touches))
        for text, enough in ((named, 1), (ways, 2)):
            hits = {trade.name: trade.words_in(text) for trade in self.trades}
            if max(hits.values()) >= enough:
                return max(self.trades, key=lambda trade: hits[trade.name])
        return next(trade for trade in self.trades if trade.name == GENERAL)


def _said(words: tuple[str, ...], text: str) -> list[str]:
    """Where `text` has one of the words; * stands for any letters."""
    return [hit[0] for hit in _pattern(words).finditer(text)] if words else []


@functools.cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = [re.escape(word) for word in sorted(words, key=len, reverse=True)]
    either = "|".join(longest_first).replace(r"\*", r"\w*").replace("'", "['\u2019]?")
    return re.compile(rf"\b(?:{either})\b", re.IGNORECASE)


def _longest(words: tuple[str, ...], text: str) -> int:
    return max((len(hit) for hit in _said(words, text)), default=0)


@functools.cache
def packaged_bank() -> Bank:
    """The lines that come with the program."""
    moments = {
        moment: {manner: tuple(lines) for manner, lines in lists.items()}
        for moment, lists in _table("moments.toml").items()
    }
    trades = tuple(
        Trade(
            name,
            tuple(table.get("words", ())),
            tuple(
                Theme(**{part: tuple(lines) for part, lines in theme.items()})
                for theme in table["themes"]
            ),
            tuple(table.get("but_not", ())),
        )
        for name, table in _table("trades.toml").items()
    )
    topics = tuple(
        Topic(
            name,
            tuple(table["at"]),
            tuple(table.get("words", ())),
            {key: tuple(lines) for key, lines in table.items() if key in (_ANY, *MANNERS)},
            table.get("theme", False),
            table.get("fallback", "form" in table),
            table.get("form", ""),
            table.get("told", False),
            table.get("asked", False),
            table.get("remark", False),
            asks=tuple(table.get("asks", ())),
        )
        for name, table in _table("topics.toml").items()
    )
    return Bank(moments, trades, topics)


def lines_of_file(name: str, *, fallback: bool, form: str = "") -> Mapping[str, Topic]:
    """The lines of one of the package's files that no words point to, as topics `file.name`."""
    group = name.removesuffix(".toml")
    return {
        key: Topic(
            f"{group}.{key}",
            (),
            (),
            {manner: tuple(lines) for manner, lines in table.items() if manner in (_ANY, *MANNERS)},
            of_theme=False,
            fallback=fallback,
            form=form,
        )
        for key, table in _table(name).items()
    }


def _table(name: str) -> dict[str, Any]:
    file = resources.files("rehearse.calling").joinpath("lines", name)
    return tomllib.loads(file.read_text(encoding="utf-8"))
