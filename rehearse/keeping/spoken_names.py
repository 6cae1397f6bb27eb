"""SpokenNames: words of known names and of introduced ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from rehearse.keeping.everyday_words import CAPITALISED, EVERYDAY

_WORD = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+")
"""Letters, each with its accents."""
_TOKEN = re.compile(rf"(?:[OD]['’](?={_WORD.pattern}))?{_WORD.pattern}")
"""A word of a name; O'Brien is one."""
_SPELLED = re.compile(r"\b[^\W\d_](?:[-.][^\W\d_]){2,}\b")
"""A-N-N-A or A.N.N.A."""
_POSSESSIVE = re.compile(r"['’]s\b")
_TITLES = r"mr|mrs|ms|miss|dr|prof|professor|mister|doctor|sister|madame|chef|chief|principal|canon"
_TITLE = rf"(?:(?:{_TITLES})\b\.? )"
_BEFORE = re.compile(
    r"\b(?:this is|that is|is that|is this|my name is|name['’]s|name is|i am|i['’]m|it['’]s|it is|"
    r"you['’]re|are you|hi|hello|hey|hey there|dear|good (?:morning|afternoon|evening|day)|morning|"
    r"thanks|thank you|so much|take care|goodbye|bye|hear you|meet you|miss you|regards|sincerely|"
    r"(?:speak|speaking|talk|talking|spoke|talked) (?:to|with)|calls? me|called|"
    rf"{_TITLES})\b[.,]? ?"
    rf"(?:(?:a|uh|um|er|there|again|also),? )*{_TITLE}?",
    re.IGNORECASE,
)
"""What stands before a name. "This is a Sam Rivera": a recogniser writes the article."""
_AFTER = re.compile(r",? (?:here|speaking|calling|on the (?:line|phone))\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?:^|[.?!…,;:]) *(?:(?:hi|hello|yes|hey),? )?", re.IGNORECASE)
_FEW = "al bin da de del della den der di do dos du el ibn la le ten ter van von y"
_PARTICLES = frozenset(_FEW.split())
_INITIAL = re.compile(r"[A-Z]\.? ")
_MOST_WORDS = 4
_PLAIN_CUE = re.compile(
    rf"\bmy name(?:['’]s| is) {_TITLE}?(\w+)(?: (\w+))?"
    rf"|\b(?:this is|it['’]?s|i['’]?m) {_TITLE}?(\w+)(?: (\w+))?,? "
    r"(?:here|speaking|calling|again)\b"
    rf"|\b(?:this is|it['’]?s|is (?:that|this)|hi|hello|hey) {_TITLE}?(\w+)(?: (\w+))?(?=[,.?!])"
    rf"|(?:^|[.?!,] ){_TITLE}?(\w+)(?: (\w+))? (?:here|speaking)\b"
)
"""How a name is introduced in a text that writes no capitals."""


class SpokenNames:
    """The words of some names, found in any spelling: case, accents, ue for ü, A-N-N-A."""

    def __init__(self, names: Iterable[str], said: str, heard: str = "") -> None:
        """`names` are known; those that are greeted or introduced in what the candidate `said`,
        or `heard` from the manager, are added."""
        self._known: set[str] = set()
        for name in names:
            self._add(_TOKEN.findall(name))
        self._without_capitals = not _has_capitals(said)
        self._add(introduced(said) | introduced(heard))

    def _add(self, words: Iterable[str]) -> None:
        for word in words:
            if word.capitalize() not in CAPITALISED:
                self._known |= {form for form in _forms(word) if len(form) > 1}

    def without(self, text: str, in_place: str, *, words: bool, lower_case: bool = False) -> str:
        """`text` with each word of a name replaced.

        `words`: it is what somebody said or wrote. A name in lower case is replaced there if the
        candidate's text has no capitals, or if `lower_case` says so of this text.
        """
        in_any_case = lower_case or (words and self._without_capitals)
        if not self._known:
            return text
        text = _SPELLED.sub(lambda found: in_place if self._spells(found[0]) else found[0], text)
        pieces, end = [], 0
        for found in _TOKEN.finditer(text):
            if found.start() < end or not self._is_name(found[0], in_any_case):
                continue
            pieces += [text[end : found.start()], in_place]
            possessive = _POSSESSIVE.match(text, found.end())
            end = possessive.end() if possessive else found.end()
        return "".join([*pieces, text[end:]])

    def _spells(self, spelled: str) -> bool:
        return _plain("".join(filter(str.isalpha, spelled))) in self._known

    def _is_name(self, word: str, in_any_case: bool) -> bool:
        forms = _forms(word)
        if not word[0].isupper():
            # In a text with capitals a name has one, so this is an ordinary word.
            return in_any_case and bool(forms & self._known - EVERYDAY)
        if word.capitalize() in CAPITALISED:
            return False
        plural = {form[:-1] for form in forms if form.endswith("s") and len(form) > 4}
        return bool((forms | plural) & self._known)


def introduced(text: str) -> set[str]:
    """The words of names after a greeting or an introduction, or before "speaking"."""
    found: set[str] = set()
    for cue in _BEFORE.finditer(text):
        found |= _name_at(text, cue.end())
    for start in _SENTENCE.finditer(text):
        words, end = _read_name(text, start.end())
        if words and _AFTER.match(text, end):
            found |= set(words)
    if not _has_capitals(text):
        for cue in _PLAIN_CUE.finditer(text):
            words = [word for word in cue.groups() if word]
            if words and words[0] not in EVERYDAY and not words[0].endswith("ing"):
                found |= {word for word in words if word not in EVERYDAY}
    return found


def _name_at(text: str, start: int) -> set[str]:
    return set(_read_name(text, start)[0])


def _read_name(text: str, start: int) -> tuple[list[str], int]:
    """The capitalised words from `start`, with initials, particles and "and" between them."""
    words: list[str] = []
    at = end = start
    while len(words) < _MOST_WORDS:
        if initial := _INITIAL.match(text, at):
            if text[at] == "I" and not initial[0].startswith("I."):
                break
            at = initial.end()
            continue
        token = _TOKEN.match(text, at)
        if token is None:
            break
        word = token[0]
        if word.casefold() in _PARTICLES or (words and word == "and"):
            pass
        elif (
            word[0].isupper() and word.capitalize() not in CAPITALISED and _ends(text, token.end())
        ):
            words.append(word)
            end = token.end()
            possessive = _POSSESSIVE.match(text, end)
            end = possessive.end() if possessive else end
        else:
            break
        at = token.end()
        if text[at : at + 1] not in (" ", "-"):
            break
        at += 1
    return words, end


def _ends(text: str, end: int) -> bool:
    """Whether a word ends here; I'm and We'd are no names."""
    return not re.match(r"['’](?!s\b)\w", text[end : end + 3])


def _has_capitals(text: str) -> bool:
    return any(word[0].isupper() and word != "I" for word in _WORD.findall(text))


def _forms(word: str) -> set[str]:
    """How a word may be written: without accents, and ü as ue."""
    word = unicodedata.normalize("NFC", word).casefold()
    wide = word.translate(_WIDE)
    return {_plain(word), _plain(wide)} | {
        _plain(word.partition(mark)[2]) for mark in "'’" if mark in word
    }


_WIDE = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_BARE = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ı": "i",
                       "'": "", "’": ""})  # fmt: skip


def _plain(word: str) -> str:
    parts = unicodedata.normalize("NFKD", word.casefold().translate(_BARE))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))
