"""Job ad: quotes from an ad to start from.

The signs are data (job_ad_signs.toml). A sentence is quoted under the first kind whose sign it
carries, so a duty that names a problem is a problem.
"""

from __future__ import annotations

import enum
import functools
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SIGNS_FILE = Path(__file__).with_name("job_ad_signs.toml")

MOST_OF_A_KIND = 5
LONGEST_QUOTE_WORDS = 26
LONGEST_AD = 40_000
"""The longest ad, in characters."""


class Sign(enum.StrEnum):
    """What a sentence of the ad reveals, the most useful first."""

    PROBLEM = "problem"
    FIGURE = "figure"
    SERVES = "serves"
    DUTY = "duty"


QUESTION_OF = {
    Sign.PROBLEM: "problem",
    Sign.FIGURE: "problem",
    Sign.SERVES: "waiting",
    Sign.DUTY: "noticed",
}
"""The small question (five_questions.py) that each kind helps to answer."""

_HYPHENATED = "short|long|high|low|part|full|self|well|fast|hands|cross|day|on|in|up|follow"
"""Words before a hyphen that stays where a line ends after it."""
_HEADER_LETTERS = 12
"""A repeated line this long is the header of a page; a shorter one may be a word of a table."""
_OPEN_ENDS = (",", " and", " or", " of", " the", " to")
_PIECE = re.compile(r"[^\n]+")
_SENTENCE = re.compile(r".+?(?:[.!?](?=\s+[A-Z(\"“•\-–])|$)", re.S)
_BULLET = re.compile(r"^(?:[•●▪◦‣·*>\-–—✓✔➤]|o(?=\s)|\d{1,2}[.)])+\s*")


@dataclass(frozen=True)
class Finding:
    """One sentence of the ad. `quote` is `text[start:end]`, verbatim."""

    sign: Sign
    quote: str
    start: int
    end: int


@dataclass(frozen=True)
class _Signs:
    """`of`: the signs of each kind of sentence. `about_the_ad`: signs of sentences to leave out."""

    of: Mapping[Sign, re.Pattern[str]]
    about_the_ad: re.Pattern[str]


@functools.cache
def _signs() -> _Signs:
    table = tomllib.loads(SIGNS_FILE.read_text(encoding="utf-8"))
    serving, people = ("|".join(table[key]) for key in ("serving", "people"))
    serves = [*table["serves"], rf"({serving}) (\w+ ){{0,3}}({people})"]
    return _Signs(
        {
            Sign.PROBLEM: _words(table["problem"]),
            Sign.FIGURE: _words(table["figure"], r"[€$£] ?\d", r"\d ?[€%]"),
            Sign.SERVES: _words(serves),
            Sign.DUTY: re.compile(rf"^\W*({'|'.join(table['duty'])})", re.IGNORECASE),
        },
        _words(table["about_the_ad"], "[@©]"),
    )


def _words(phrases: Sequence[str], *more: str) -> re.Pattern[str]:
    return re.compile("|".join([rf"\b({'|'.join(phrases)})\b", *more]), re.IGNORECASE)


def tidy(text: str) -> str:
    """Text as it was meant: ligatures and hyphens at line ends undone, wrapped lines joined,
    repeated headers dropped. At most LONGEST_AD characters."""
    text = re.sub(r"\xad(?:\n *)?", "", text)
    text = unicodedata.normalize("NFKC", text)
    text = "".join(c if c in "\n\t" or unicodedata.category(c)[0] != "C" else " " for c in text)
    text = text.replace("\t", " ")
    text = re.sub(rf"\b({_HYPHENATED})[-‐]\n *(?=[a-z])", r"\1-", text, flags=re.IGNORECASE)
    text = re.sub(r"(\w)[-‐]\n *([a-z])", r"\1\2", text)
    lines: list[str] = []
    seen: dict[str, int] = {}
    for raw in text.split("\n"):
        line = re.sub(r" {2,}", " ", raw).strip()
        if re.fullmatch(r"(?:page )?\d{1,3}(?: ?(?:/|of) ?\d{1,3})?", line, re.I):
            continue
        if line and seen.setdefault(line, 0):
            continue
        seen[line] = seen.get(line, 0) + (1 if len(line) >= _HEADER_LETTERS else 0)
        goes_on = (
            lines
            and lines[-1]
            and line
            and not _BULLET.match(line)
            and (
                line[0].islower() or lines[-1].endswith((",", " and", " or", " of", " the", " to"))
            )
            and not lines[-1].endswith((".", "!", "?", ":"))
        )
        if goes_on:
            lines[-1] += f" {line}"
        else:
            lines.append(line)
    joined = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return joined[:LONGEST_AD]


def findings(text: str) -> tuple[Finding, ...]:
    """The useful sentences of `text`, at most MOST_OF_A_KIND of each kind, in the order of the
    kinds, then of the text."""
    found: dict[Sign, list[Finding]] = {sign: [] for sign in Sign}
    for start, end in _sentences(text):
        if (finding := _finding(text, start, end)) is not None:
            found[finding.sign].append(finding)
    return tuple(one for sign in Sign for one in found[sign][:MOST_OF_A_KIND])


def _finding(text: str, start: int, end: int) -> Finding | None:
    sentence = text[start:end]
    signs = _signs()
    if signs.about_the_ad.search(sentence) or len(sentence.split()) < 3:
        return None
    for sign, pattern in signs.of.items():
        if match := pattern.search(sentence):
            start, end = _shortened(text, start, end, start + match.start())
            return Finding(sign, text[start:end], start, end)
    return None


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    for piece in _PIECE.finditer(text):
        for sentence in _SENTENCE.finditer(piece[0]):
            start, end = piece.start() + sentence.start(), piece.start() + sentence.end()
            while start < end and text[start].isspace():
                start += 1
            if bullet := _BULLET.match(text[start:end]):
                start += bullet.end()
            while end > start and (text[end - 1].isspace() or text[end - 1] in ";,"):
                end -= 1
            if start < end:
                yield start, end


def _shortened(text: str, start: int, end: int, sign_at: int) -> tuple[int, int]:
    """A long sentence cut to the part between commas that contains the sign; a part that is still
    too long is cut after a fixed number of words."""
    if len(text[start:end].split()) > LONGEST_QUOTE_WORDS:
        left = max(text.rfind(mark, start, sign_at) for mark in (", ", "; ", " – ", ": "))
        start = left + 2 if left >= start and left + 2 < end else start
        while start < end and (text[start].isspace() or text[start] in "–-"):
            start += 1
        words = list(re.finditer(r"\S+", text[start:end]))
        if len(words) > LONGEST_QUOTE_WORDS:
            end = start + words[LONGEST_QUOTE_WORDS - 1].end()
    return start, end
