"""CallSheet: whom you call, about which job, the three ways and the question, in your own words."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass

from rehearse.errors import RehearseError


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


def parse_call_sheet(text: str, source: str) -> CallSheet:
    """Read a sheet from TOML `text`. Raises RehearseError; `source` names the file in it."""
    remedy = "Mend the file, or write a new one with 'rehearse prep'."
    try:
        table = tomllib.loads(text)
        ways = tuple(Way(str(way["action"]), str(way["touches"])) for way in table.pop("ways", []))
        return CallSheet(ways=ways, **table)
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise RehearseError(f"The call sheet {source} cannot be read: {error}.", remedy) from error
