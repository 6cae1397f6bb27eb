"""Anonymous: a rehearsal without names.

It removes the known names and those said in greetings.
"""

from __future__ import annotations

from typing import Any

import msgspec

from rehearse.keeping.rehearsal import Rehearsal
from rehearse.keeping.spoken_names import SpokenNames
from rehearse.transcript import Speaker

IN_PLACE = "[name]"
_KEPT = frozenset({"versions", "tagger", "rubric_version"})
_WORDS = frozenset({"text", "quote", "action", "touches", "job", "business", "question"})
"""What somebody said or wrote; other fields can hold a word of the program's, such as "link"."""


def anonymised(rehearsal: Rehearsal, person: str) -> Rehearsal:
    """`rehearsal` with each word of a known name replaced by IN_PLACE.

    Known names are the parts of `person`, the names on the call sheet, and what follows a greeting
    or an introduction. A name that is only mentioned in passing can remain.
    """
    turns = rehearsal.transcript.utterances if rehearsal.transcript is not None else ()
    candidate = [turn.text for turn in turns if turn.speaker is Speaker.CANDIDATE]
    others = [turn.text for turn in turns if turn.speaker is not Speaker.CANDIDATE]
    known = (person, rehearsal.sheet.manager, rehearsal.sheet.company)
    names = SpokenNames(known, "\n".join(candidate), "\n".join(others))
    plain = _without(msgspec.to_builtins(rehearsal), names)
    plain["sheet"] |= {"manager": "", "company": ""}
    return msgspec.convert(plain | {"title": "", "notes": ""}, Rehearsal)


def text_without_names(text: str, person: str) -> str:
    """`text` with the parts of `person` and all names that are greeted or introduced replaced."""
    return SpokenNames((person,), text).without(text, IN_PLACE, words=True)


def _without(value: Any, names: SpokenNames, key: str = "", *, measured: bool = False) -> Any:
    """`value` of the field `key` without names; `measured`: it is part of the delivery."""
    if isinstance(value, str):
        words = key in _WORDS
        # Repeated words are kept in lower case, whatever was said.
        return names.without(value, IN_PLACE, words=words, lower_case=words and measured)
    if isinstance(value, list | tuple):
        return [_without(one, names, key, measured=measured) for one in value]
    if isinstance(value, dict):
        return {
            name: one
            if name in _KEPT
            else _without(one, names, name, measured=measured or name == "delivery")
            for name, one in value.items()
        }
    return value
