"""CallSheet: whom you call, about which job, the three ways and the question, in your own words."""

from __future__ import annotations

import json
from dataclasses import dataclass

from rehearse.preparing.toml_file import TomlFile


@dataclass(frozen=True)
class Way:
    """One way of adding to the business: what you would do, and what of theirs it touches."""

    action: str
    touches: str


@dataclass(frozen=True)
class CallSheet:
    """All parts may be empty: a call without a sheet works too."""

    manager: str = ""
    company: str = ""
    job: str = ""
    business: str = ""
    ways: tuple[Way, ...] = ()
    question: str = ""


def parse_call_sheet(text: bytes | str, source: str) -> CallSheet:
    """Read a sheet from TOML `text`. Raises RehearseError, naming `source` and every problem."""
    file = TomlFile(text, "call sheet", source)
    top = file.top
    ways = []
    for section in top.sections("ways"):
        way = Way(section.text("action", required=True), section.text("touches", required=True))
        section.no_more_keys()
        ways.append(way)
    sheet = CallSheet(
        manager=top.text("manager"),
        company=top.text("company"),
        job=top.text("job"),
        business=top.text("business"),
        ways=tuple(ways),
        question=top.text("question"),
    )
    top.no_more_keys()
    file.raise_problems("Correct these lines, or write the sheet anew with 'rehearse prep'.")
    return sheet


def sheet_toml(sheet: CallSheet) -> str:
    """The sheet as a file that people can read and edit."""
    ways = [
        f"\n[[ways]]\naction = {_quoted(way.action)}\ntouches = {_quoted(way.touches)}\n"
        for way in sheet.ways
    ]
    return (
        "# A call sheet: what you thought through before the call. Edit it as you like.\n\n"
        "# Whom you call, and about which job.\n"
        f"manager = {_quoted(sheet.manager)}\n"
        f"company = {_quoted(sheet.company)}\n"
        f"job = {_quoted(sheet.job)}\n\n"
        '# What the business is about just now, as it goes on after "Right now it\'s all about".\n'
        f"business = {_quoted(sheet.business)}\n\n"
        "# The critical question in your own words: how do they expect this job to contribute?\n"
        f"question = {_quoted(sheet.question)}\n\n"
        "# Three ways you would add to their success: what you would do, and what of their\n"
        "# business it touches.\n" + "".join(ways).lstrip("\n")
    )


def _quoted(text: str) -> str:
    # A JSON string is a TOML string, but for one control character.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
