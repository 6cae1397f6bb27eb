"""CallSheet: whom you call, three ways and your question."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rehearse.preparing.toml_file import Section, TomlFile


@dataclass(frozen=True)
class Way:
    """One way of adding to the business: what you would do, and what of theirs it touches.

    `action` follows "I would". `touches` is either a part of their business ("refunds") or
    continues the sentence ("so that refunds go out the same week").
    """

    action: str
    touches: str


@dataclass(frozen=True)
class Draft:
    """A way that is not finished: the words so far, and the answers to the coach's questions.

    `answers` are in the order of `five_questions.QUESTIONS`, "" for a skipped one.
    """

    words: str = ""
    answers: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.words or any(self.answers))


@dataclass(frozen=True)
class RealCall:
    """The outcome of the real call. `day` is as the person writes it."""

    day: str = ""
    reached: str = ""
    said: str = ""
    next: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.reached or self.said or self.next)


@dataclass(frozen=True)
class CallSheet:
    """All parts may be empty: a call without a sheet works too."""

    manager: str = ""
    company: str = ""
    job: str = ""
    business: str = ""
    ways: tuple[Way, ...] = ()
    question: str = ""
    phone: str = ""
    drafts: tuple[Draft, ...] = ()
    real_calls: tuple[RealCall, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the person has written nothing. The question may be the usual one."""
        texts = (self.manager, self.company, self.job, self.business, self.phone)
        return not (any(texts) or self.ways or self.drafts or self.real_calls)


_TEXTS = ("manager", "company", "job", "business", "question", "phone")
_REAL_CALL_TEXTS = ("day", "reached", "said", "next")


def parse_call_sheet(text: bytes | str, source: str) -> CallSheet:
    """Read a sheet from TOML `text`. Raises RehearseError, naming `source` and every problem."""
    file = TomlFile(text, "call sheet", source)
    top = file.top
    sheet = CallSheet(
        **{key: top.text(key) for key in _TEXTS},
        ways=tuple(_way(section) for section in top.sections("ways")),
        drafts=tuple(_draft(section) for section in top.sections("drafts")),
        real_calls=tuple(_real_call(section) for section in top.sections("real_calls")),
    )
    top.no_more_keys()
    file.raise_problems("Correct these lines, or write a new sheet with 'rehearse prep'.")
    return sheet


def _way(section: Section) -> Way:
    way = Way(section.text("action", required=True), section.text("touches", required=True))
    section.no_more_keys()
    return way


def _draft(section: Section) -> Draft:
    draft = Draft(section.text("words"), section.texts("answers", may_be_blank=True))
    section.no_more_keys()
    return draft


def _real_call(section: Section) -> RealCall:
    call = RealCall(**{key: section.text(key) for key in _REAL_CALL_TEXTS})
    section.no_more_keys()
    return call


def sheet_toml(sheet: CallSheet) -> str:
    """The sheet as a file that people can read and edit."""
    parts = [
        "# A call sheet: what you thought through before the call. Edit it as you like.\n\n"
        "# Whom you call, about which job, and the number to dial.\n"
        f"manager = {_quoted(sheet.manager)}\n"
        f"company = {_quoted(sheet.company)}\n"
        f"job = {_quoted(sheet.job)}\n"
        f"phone = {_quoted(sheet.phone)}\n\n"
        '# What the business is about at the moment: it continues "Right now it\'s all about".\n'
        f"business = {_quoted(sheet.business)}\n\n"
        "# The critical question in your own words: how do they expect this job to contribute?\n"
        f"question = {_quoted(sheet.question)}\n\n"
        "# Three ways you would add to their success: what you would do, and what of their\n"
        "# business it touches.\n",
        *_sections("ways", [{"action": way.action, "touches": way.touches} for way in sheet.ways]),
    ]
    if sheet.drafts:
        parts.append("\n# Ways that are not finished yet.\n")
        parts += _sections(
            "drafts", [{"words": d.words, "answers": d.answers} for d in sheet.drafts]
        )
    if sheet.real_calls:
        parts.append("\n# What became of the real call.\n")
        parts += _sections(
            "real_calls",
            [{key: getattr(call, key) for key in _REAL_CALL_TEXTS} for call in sheet.real_calls],
        )
    return "".join(parts)


def _sections(name: str, tables: Sequence[Mapping[str, str | tuple[str, ...]]]) -> list[str]:
    written = []
    for index, table in enumerate(tables):
        lines = [f"{key} = {_value(value)}\n" for key, value in table.items() if value != ()]
        written.append(("\n" if index else "") + f"[[{name}]]\n" + "".join(lines))
    return written


def _value(value: str | tuple[str, ...]) -> str:
    if isinstance(value, str):
        return _quoted(value)
    return "[" + ", ".join(_quoted(text) for text in value) + "]"


def _quoted(text: str) -> str:
    # A JSON string is a TOML string, but for one control character.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
