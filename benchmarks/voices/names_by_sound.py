"""Names by sound: doubtful words that sound like a name.

What `benchmarks.voices.names` compares with a prompt. Not part of the program (docs/voices.md).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rehearse.scoring.recognition import doubtful
from rehearse.transcript import Word

ALIKE = 0.75
"""Share of the sounds that are the same, above which words are taken for a name."""
FEWEST_SOUNDS = 3
"""A shorter name sounds like many words."""
MOST_WORDS = 3
"""A name is sometimes heard as several words ("Alan Quo" for Halenko)."""

_SPELT = (
    (r"sch|sh|tch|ch|j|(?<=[aeiou])ge(?![aeiou])", "S"), (r"ph|gh(?=[aeiou])", "f"), (r"gh", ""),
    (r"th", "t"), (r"ck|qu|q|c(?![eiy])", "k"), (r"c", "s"), (r"x", "ks"), (r"wr", "r"),
    (r"kn", "n"), (r"(?<!^)h", ""), (r"z", "s"), (r"v|w", "f"), (r"d", "t"), (r"b", "p"),
    (r"g", "k"), (r"[aeiouy]+", "a"), (r"(.)\1+", r"\1"),
)  # fmt: skip


def sounds(text: str) -> str:
    """Roughly how `text` sounds: voiced and voiceless alike, all vowels alike."""
    found = re.sub(r"[^a-z]", "", text.lower())
    for spelt, sound in _SPELT:
        found = re.sub(spelt, sound, found)
    return found


def alike(first: str, second: str) -> float:
    """The share (0..1) of sounds that are the same."""
    row = list(range(len(second) + 1))
    for line, one in enumerate(first, 1):
        above, row = row, [line]
        for place, other in enumerate(second, 1):
            row.append(min(above[place - 1] + (one != other), above[place] + 1, row[-1] + 1))
    return 1 - row[-1] / max(len(first), len(second), 1)


def with_names(words: Sequence[Word], names: Sequence[str], least: float = ALIKE) -> list[str]:
    """The texts of `words`, where doubtful ones that sound like a word of `names` are replaced."""
    doubts = doubtful(words)
    wanted = [(one, sounds(one)) for name in names for one in name.split()]
    wanted = [(one, sound) for one, sound in wanted if len(sound) >= FEWEST_SOUNDS]
    found: list[str] = []
    at = 0
    while at < len(words):
        best, best_name, best_size = least, "", 0
        for size in range(1, min(MOST_WORDS, len(words) - at) + 1):
            if not all(doubts[at : at + size]):
                break
            heard = sounds("".join(word.text for word in words[at : at + size]))
            for name, sound in wanted:
                if (share := alike(heard, sound)) >= best:
                    best, best_name, best_size = share, name, size
        if best_size:
            end = re.search(r"[.,;:?!]*$", words[at + best_size - 1].text)
            found.append(best_name + (end[0] if end else ""))
            at += best_size
        else:
            found.append(words[at].text)
            at += 1
    return found
