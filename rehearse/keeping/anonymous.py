"""Anonymous: a rehearsal without names.

It removes the known names and those said in greetings.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from rehearse.keeping.rehearsal import Rehearsal

IN_PLACE = "[name]"
_NAMES = r"((?:(?:Mr|Mrs|Ms|Dr)\.? )?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2})"
_CUES = (
    r"(?:this is|my name is|my name's|name is|i am|i'm|i’m|it's|it’s|hi|hello|hey|dear|"
    r"good morning|good afternoon|good evening|"
    r"thanks|thank you|mr\.?|mrs\.?|ms\.?|dr\.?|goodbye|bye)"
)
# "This is a Sam Rivera": a recogniser writes the article.
_GREETED = re.compile(rf"\b(?i:{_CUES}),? (?:a |uh,? |um,? )?{_NAMES}")
_NO_NAMES = frozenset({
    "I", "I'm", "I’m", "I'd", "I’d", "I've", "I’ve", "I'll", "I’ll", "The", "This", "That", "It",
    "And", "But", "So", "My", "We", "You", "They", "How", "What", "Not", "Just", "Really", "Very",
    "There", "Sir", "Madam", "Mr", "Mrs", "Ms", "Dr", "Yes", "No", "For", "Good", "Hi", "Hello",
    "Thank", "Thanks", "If", "As", "In", "On", "To", "Is", "At", "Of",
    # A folder may be called "Monday"; April, May, June and August are names too.
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    "January", "February", "March", "July", "September", "October", "November", "December",
})  # fmt: skip
_KEPT = frozenset({"versions", "tagger", "rubric_version"})


def anonymised(rehearsal: Rehearsal, person: str) -> Rehearsal:
    """`rehearsal` with each word of a known name replaced by IN_PLACE.

    Known names are the parts of `person`, the names on the call sheet, and what follows a greeting
    or an introduction. A name that is only mentioned in passing can remain.
    """
    names = _parts(person) | _parts(rehearsal.sheet.manager) | _parts(rehearsal.sheet.company)
    if rehearsal.transcript is not None:
        for turn in rehearsal.transcript.utterances:
            names |= _greeted(turn.text)
    plain = msgspec.to_builtins(rehearsal)
    if names:
        plain = _without(plain, _pattern(names))
    plain["sheet"] |= {"manager": "", "company": ""}
    return msgspec.convert(plain | {"title": "", "notes": ""}, Rehearsal)


def text_without_names(text: str, person: str) -> str:
    """`text` with the parts of `person` and all names that are greeted or introduced replaced."""
    names = _parts(person) | _greeted(text)
    return _pattern(names).sub(IN_PLACE, text) if names else text


def _greeted(text: str) -> set[str]:
    """The words of names after a greeting or an introduction."""
    return {part for found in _GREETED.finditer(text) for part in _parts(found[1])}


def _pattern(names: set[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(names)))})\b(?:['’]s)?")


def _parts(name: str) -> set[str]:
    """The words of a name as they are written in a transcript."""
    words = re.findall(r"[^\W\d_]{2,}", name)
    written = {word if word != word.lower() else word.capitalize() for word in words}
    return written - _NO_NAMES


def _without(value: Any, pattern: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return pattern.sub(IN_PLACE, value)
    if isinstance(value, list | tuple):
        return [_without(one, pattern) for one in value]
    if isinstance(value, dict):
        return {key: one if key in _KEPT else _without(one, pattern) for key, one in value.items()}
    return value
