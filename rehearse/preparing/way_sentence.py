"""Way sentence: "I would ... so that ...", in halves."""

from __future__ import annotations

import re

from rehearse.preparing.call_sheet import Way
from rehearse.preparing.statement import is_past, is_statement

_COUNTED = re.compile(
    r"^(?:(?:first|second|third|fourth|fifth)(?:ly)?|(?:[1-5]|one|two|three)[.):])[,:.]?\s+", re.I
)
_YES_OR_NO = re.compile(r"^(?:no|yes|yeah|ok|okay|well)[,.!]\s+", re.I)
_WOULD = re.compile(r"^(?:i\s+(?:would|could|will)|i['’](?:d|ll))\s+(?!like\b|love\b)", re.I)
_GOES_ON = re.compile(
    r"(?P<mark>[,;]?)\s+(?P<rest>(?:so that|so (?:the|your|their|our|no|every|each|new|we|you|they|"
    r"it|fewer|more|less)|in order to|because|which|and that way)\b.*)$",
    re.I | re.S,
)
_TOUCHES = re.compile(r"[,;]?\s+that touches\s+(.*)$", re.I | re.S)
_CONNECTIVE = re.compile(r"^(?:so|in order|because|which|and|by|to)\b", re.I)
_SUBJECT = re.compile(r"^(?:i|we|my|our|by|you|they|he|she|let)\b|^i['’]", re.I)


def way_of(text: str) -> Way:
    """A way typed as one sentence. "I would", and a "First," or "No," before it, are left out."""
    text = _YES_OR_NO.sub("", " ".join(text.split()))
    text = _COUNTED.sub("", text).strip()
    text = _WOULD.sub("", text)
    text = text.rstrip(" .;,") if not text.endswith("...") else text
    if touches := _TOUCHES.search(text):
        return Way(text[: touches.start()].rstrip(" ,;"), touches[1])
    if goes_on := _GOES_ON.search(text):
        return Way(text[: goes_on.start()].rstrip(" ,;"), goes_on["rest"])
    return Way(text, "")


def way_sentence(way: Way) -> str:
    """The way as one spoken sentence without its full stop: "I would cut ... so that ..."."""
    action = way.action.strip().rstrip(".;,")
    if not action:
        return ""
    if not (_SUBJECT.match(action) or is_statement(action) or is_past(action)):
        action = f"I would {_lower(action)}"
    touches = way.touches.strip().rstrip(".;,")
    if not touches:
        return action
    if _CONNECTIVE.match(touches):
        return f"{action} {_lower(touches)}"
    return f"{action}; that touches {_lower(touches)}"


def _lower(text: str) -> str:
    """The first letter in lower case, unless the word is a name like SAP, or I."""
    is_name = (len(text) > 1 and text[1].isupper()) or text.startswith(("I ", "I'"))
    return text if is_name or not text else text[0].lower() + text[1:]
