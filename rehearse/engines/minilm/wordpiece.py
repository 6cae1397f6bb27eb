"""WordPiece: splits words into BERT's uncased vocabulary."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator

CLASSIFY, SEPARATE, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
LONGEST_WORD = 100  # characters; longer ones are unknown, as in BERT
MOST_PIECES = 16  # of one word with its punctuation: bounds the cost of garbage


class WordPiece:
    """Longest match first from the left, on lower-cased words without accents."""

    def __init__(self, vocabulary: str) -> None:
        """`vocabulary`: a piece a line, numbered from 0; ## marks the inside of a word."""
        self._ids = {piece: index for index, piece in enumerate(vocabulary.splitlines())}
        self.classify_id = self._ids[CLASSIFY]
        self.separate_id = self._ids[SEPARATE]
        self._unknown_id = self._ids[UNKNOWN]
        self.pieces = functools.lru_cache(maxsize=20_000)(self._pieces)

    def marked(self, text: str, longest: int) -> list[int]:
        """The pieces of a text between the marks of its ends, `longest` in all at most."""
        pieces = [piece for word in text.split() for piece in self.pieces(word)]
        return [self.classify_id, *pieces[: longest - 2], self.separate_id]

    def _pieces(self, word: str) -> tuple[int, ...]:
        found: list[int] = []
        for part in _parts(word):
            found.extend(self._longest_matches(part))
        return tuple(found[:MOST_PIECES]) or (self._unknown_id,)

    def _longest_matches(self, part: str) -> list[int]:
        if len(part) > LONGEST_WORD:
            return [self._unknown_id]
        found: list[int] = []
        start = 0
        while start < len(part):
            mark = "##" if start else ""
            for end in range(len(part), start, -1):
                piece = self._ids.get(mark + part[start:end])
                if piece is not None:
                    found.append(piece)
                    start = end
                    break
            else:
                return [self._unknown_id]
        return found


def _parts(word: str) -> Iterator[str]:
    """`word` in lower case, no accents, no control characters, punctuation apart."""
    part = ""
    for character in unicodedata.normalize("NFD", word.lower()):
        category = unicodedata.category(character)
        if category == "Mn" or category in ("Cc", "Cf", "Co", "Cn", "Cs") or character == "\ufffd":
            continue
        alone = category.startswith("P") or character in "$+<=>^`|~" or _is_cjk(character)
        if alone or category == "Zs":
            if part:
                yield part
            part = ""
            if alone:
                yield character
        else:
            part += character
    if part:
        yield part


def _is_cjk(character: str) -> bool:
    code = ord(character)
    return 0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF or 0x20000 <= code <= 0x2FA1F
