"""Matters: what managers can speak about, found by meaning."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Protocol

from rehearse.calling.bank import GENERAL, Topic, packaged_bank
from rehearse.calling.forms import Form
from rehearse.calling.scenario import MANNERS, Moment
from rehearse.calling.wording import form_of

PERSONAL = "personal"
"""The set of matters of form and person."""
BRISK = "brisk"
_ALIKE = {"practice": "hospital"}
"""A trade that talks shop like another."""
_FOLDER = resources.files("rehearse.calling").joinpath("lines", "shop_talk")
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
_SHORTEST_ANSWER_WORDS = 6


@dataclass(frozen=True)
class Matter:
    """One thing that callers ask about or remark on. `asks` are examples of that; the phrasings of
    `topic` suit each of them and, but for a topic of lines/topics.toml, agree with each other."""

    name: str
    """The file's name, a dot and the matter's; the topic's alone."""
    asks: tuple[str, ...]
    topic: Topic
    inside: bool
    """A manager who sends callers away does not tell."""

    @property
    def group(self) -> str:
        """The trade, or the set that suits all."""
        return self.name.partition(".")[0]

    @property
    def is_topic(self) -> bool:
        """One of those that bare words may point to as well."""
        return "." not in self.name

    @property
    def is_of_trade(self) -> bool:
        return not (self.is_topic or self.is_general or self.is_personal)

    @property
    def is_general(self) -> bool:
        return self.group == GENERAL

    @property
    def is_personal(self) -> bool:
        return self.group == PERSONAL

    @property
    def moment(self) -> Moment:
        """Whose place the answer takes."""
        return Moment(self.topic.at[0])

    @functools.cached_property
    def forms(self) -> frozenset[Form | None]:
        """What kinds of answer its phrasings can stand for."""
        return frozenset(kind_of(form_of(ask)) for ask in self.asks)


@dataclass(frozen=True)
class Near:
    """How near something said is to the examples of a matter or a topic. Cosines of sentence
    vectors, at most 1: `alike` with the likeliest of its examples, `alike_three` with the three
    likeliest on average, `alike_line` with the lines that answer it. `shared`: what share of the
    words is in its examples, where a rare word counts more, 0 to 1."""

    name: str
    alike: float
    alike_three: float
    alike_line: float
    shared: float


class MatterFinder(Protocol):
    """Compares what was said with the examples of all matters and topics."""

    def near(self, texts: Sequence[str]) -> Sequence[tuple[Near, ...]]:
        """For each text the matters and topics that it may be about, the likeliest first."""
        ...


_KINDS = {
    Form.EITHER: Form.WHETHER,
    Form.MAY: Form.WHETHER,
    Form.HOW: Form.WHAT,
    Form.HOW_IS: Form.WHAT,
    Form.WHERE: Form.WHAT,
}


OF_DETAIL = frozenset({Form.WHO, Form.HOW_MANY, Form.HOW_LONG, Form.WHEN, Form.WHY})
"""Forms that want one fact, and no other."""


def kind_of(form: Form | None) -> Form | None:
    """Forms that want much the same count as one."""
    return None if form is None else _KINDS.get(form, form)


def packaged_subjects() -> Mapping[str, Matter]:
    """Matters and topics, by name. Their order is that of the vectors that engines/minilm keeps."""
    return {**packaged_matters(), **packaged_topics()}


@functools.cache
def packaged_topics() -> Mapping[str, Matter]:
    """The topics of lines/topics.toml that have examples, by name."""
    topics = [topic for topic in packaged_bank().topics if topic.asks]
    return {topic.name: Matter(topic.name, topic.asks, topic, inside=False) for topic in topics}


def packaged_matters() -> Mapping[str, Matter]:
    """The matters that come with the program, by name."""
    groups = sorted(file.name.removesuffix(".toml") for file in _FOLDER.iterdir())
    return {name: one for group in groups for name, one in _group(group).items()}


def matters_of(trade: str) -> Mapping[str, Matter]:
    """Those of a manager of this trade."""
    groups = {GENERAL, PERSONAL, _ALIKE.get(trade, trade)}
    found = (group for group in sorted(groups) if _FOLDER.joinpath(f"{group}.toml").is_file())
    return {name: one for group in found for name, one in _group(group).items()}


@functools.cache
def _group(group: str) -> Mapping[str, Matter]:
    text = _FOLDER.joinpath(f"{group}.toml").read_text(encoding="utf-8")
    found = {}
    for key, table in tomllib.loads(text).items():
        name = f"{group}.{key}"
        says = tuple(table["says"])
        by_manner = {manner: tuple(table.get(manner, ())) for manner in MANNERS}
        own = {manner: lines or says for manner, lines in by_manner.items()}
        if len({kind_of(form_of(ask)) for ask in table["asks"]} & OF_DETAIL) <= 1:
            own[BRISK] = by_manner[BRISK] or tuple(map(_first_sentence, says))
        topic = Topic(
            name, (table.get("at", "about_business"),), (), own, False, False, one_fact=True
        )
        found[name] = Matter(name, tuple(table["asks"]), topic, table.get("inside", False))
    return found


def _first_sentence(text: str) -> str:
    """The first, or all where the first alone says little."""
    first = _SENTENCE_END.split(text)[0]
    return first if len(first.split()) >= _SHORTEST_ANSWER_WORDS else text
