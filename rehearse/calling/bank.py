"""Bank: the lines that managers share, and their trades."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from rehearse.preparing.call_sheet import CallSheet

GENERAL = "general"
"""The trade of a manager whose business is not known."""
_ANY = "any"


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


@dataclass(frozen=True)
class Bank:
    """`moments` maps a moment to its phrasings by manner."""

    moments: Mapping[str, Mapping[str, tuple[str, ...]]]
    trades: tuple[Trade, ...]

    def phrasings(self, moment: str, manner: str) -> tuple[str, ...]:
        """Those that suit every manager and those of this manner."""
        lists = self.moments.get(moment, {})
        return (*lists.get(_ANY, ()), *lists.get(manner, ()))

    def trade_of(self, sheet: CallSheet) -> Trade:
        """The kind of business that most words of the sheet point to; its ways count where company,
        job and business say nothing. Of several the first in the file."""
        named = " ".join([sheet.company, sheet.business, sheet.job])
        ways = " ".join(text for way in sheet.ways for text in (way.action, way.touches))
        for text in (named, ways):
            hits = {trade.name: _hits(trade, text) for trade in self.trades}
            if any(hits.values()):
                return max(self.trades, key=lambda trade: hits[trade.name])
        return next(trade for trade in self.trades if trade.name == GENERAL)


def _hits(trade: Trade, text: str) -> int:
    ends = {word: r"\w*" if word.endswith("*") else "" for word in trade.words}
    return sum(
        len(re.findall(rf"\b{re.escape(word.rstrip('*'))}{end}\b", text, re.IGNORECASE))
        for word, end in ends.items()
    )


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
        )
        for name, table in _table("trades.toml").items()
    )
    return Bank(moments, trades)


def _table(name: str) -> dict[str, Any]:
    file = resources.files("rehearse.calling").joinpath("lines", name)
    return tomllib.loads(file.read_text(encoding="utf-8"))
