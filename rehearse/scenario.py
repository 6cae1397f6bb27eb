"""Scenario: the manager's character, with several phrasings for each moment of the call."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from rehearse.errors import RehearseError


@dataclass(frozen=True)
class Scenario:
    """`lines` maps each moment of a call (manager.Moment) to its phrasings."""

    name: str
    title: str
    lines: Mapping[str, tuple[str, ...]]


def parse_scenario(text: str, source: str) -> Scenario:
    """Read a scenario from TOML `text`. Raises RehearseError; `source` names the file in it."""
    try:
        table = tomllib.loads(text)
        lines = {moment: tuple(phrasings) for moment, phrasings in table["lines"].items()}
        return Scenario(table["name"], table["title"], lines)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
        raise RehearseError(
            f"The scenario {source} cannot be read: {error}.", "Mend the file and try again."
        ) from error


def packaged_scenario(name: str) -> Scenario:
    """A scenario that comes with the program. Raises RehearseError for an unknown name."""
    file = resources.files("rehearse").joinpath("scenarios", f"{name}.toml")
    if not file.is_file():
        raise RehearseError(f"There is no scenario called {name!r}.", "Try 'friendly'.")
    return parse_scenario(file.read_text(encoding="utf-8"), f"{name}.toml")
