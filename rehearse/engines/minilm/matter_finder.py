"""MinilmMatterFinder: matters near to what was said."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from rehearse.calling.matters import Matter, Near
from rehearse.engines.packaged_files import checked_by_record
from rehearse.errors import RehearseError
from rehearse.scoring.sheet_match import Embedder

VECTORS_FILE = Path(__file__).with_name("matters.npz")
"""training/matter_vectors.py writes it."""
STEPS = 127 / 0.5
"""What the parts of a vector, none above 0.5, are multiplied by to be kept in int8."""
MOST_NEAR = 60
"""How many are compared closely: four fifths of them are of other trades."""
LIKELIEST = 3
"""How many of the examples count beside the likeliest: one alone may be alike by chance."""
KEPT = 256
"""How many texts are cached: each pause in a turn asks for its text again."""
_WORD = re.compile(r"[a-z']{3,}")

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class MatterVectors:
    """What `near` compares with. Read from the vectors' file, so that a call does not begin with
    parsing the lines of all trades."""

    names: tuple[str, ...]
    """Those of `packaged_subjects`."""
    counts: tuple[int, ...]
    """How many examples each has."""
    words: tuple[frozenset[str], ...]
    """The words of each one's examples."""
    weights: Mapping[str, float]
    """Of each word: the rarer among the examples, the more."""
    examples: Floats
    """Unit vectors (n, 384), all examples one after the other."""
    lines: Floats
    """Unit vectors (names, 384): of each one's lines on average."""


def matter_vectors(file: Path = VECTORS_FILE) -> MatterVectors:
    """Raises RehearseError if the file is missing or damaged."""
    try:
        checked_by_record(file, "rehearse")
        with np.load(file, allow_pickle=False) as saved:
            examples, lines = (saved[name] / np.float32(STEPS) for name in ("examples", "lines"))
            said = json.loads(bytes(saved["said"]))
    except (OSError, ValueError, KeyError) as error:
        raise RehearseError(
            f"The file {file}, by which the manager finds what you ask about, is missing or "
            "damaged.",
            "Install it again: python -m pip install --force-reinstall --no-deps rehearse",
        ) from error
    words = tuple(frozenset(some.split()) for some in said["words"])
    return MatterVectors(
        tuple(said["names"]), tuple(said["counts"]), words, said["weights"], examples, lines
    )


def said_of(subjects: Mapping[str, Matter]) -> Mapping[str, object]:
    """The names, counts, words and weights of MatterVectors, as the vectors' file keeps them."""
    among = Counter(word for one in subjects.values() for ask in one.asks for word in _words([ask]))
    examples = sum(len(one.asks) for one in subjects.values())
    return {
        "names": list(subjects),
        "counts": [len(one.asks) for one in subjects.values()],
        "words": [" ".join(sorted(_words(one.asks))) for one in subjects.values()],
        "weights": {
            word: round(math.log((examples + 1) / (count + 1)), 3)
            for word, count in sorted(among.items())
        },
    }


def lines_of(subject: Matter) -> list[str]:
    """What a manager may say about it."""
    return list(dict.fromkeys(x for some in subject.topic.phrasings.values() for x in some))


class MinilmMatterFinder:
    """A MatterFinder. Each text is embedded once."""

    def __init__(self, embedder: Embedder) -> None:
        """Raises RehearseError when the vectors are missing or damaged."""
        self._vectors = matter_vectors()
        counts = self._vectors.counts
        self._places = np.arange(max(counts)) < np.array(counts)[:, None]
        self._rarest = max(self._vectors.weights.values())
        self._embedder = embedder
        self._known: dict[str, tuple[Near, ...]] = {}

    def near(self, texts: Sequence[str]) -> Sequence[tuple[Near, ...]]:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        for text, vector in zip(new, self._embedder.embed(new), strict=True):
            self._known[text] = self._near_of(text, vector)
        found = [self._known[text] for text in texts]
        while len(self._known) > KEPT:
            del self._known[next(iter(self._known))]
        return found

    def _near_of(self, text: str, vector: Floats) -> tuple[Near, ...]:
        alike = np.full(self._places.shape, -1.0, np.float32)
        alike[self._places] = self._vectors.examples @ vector
        best = -np.partition(-alike, LIKELIEST - 1, axis=1)[:, :LIKELIEST]
        three = best.mean(axis=1)
        weights = self._vectors.weights
        said = {word: weights.get(word, self._rarest) for word in _words([text])}
        return tuple(
            Near(
                self._vectors.names[index],
                alike=float(best[index].max()),
                alike_three=float(three[index]),
                alike_line=float(self._vectors.lines[index] @ vector),
                shared=_share(said, self._vectors.words[index]),
            )
            for index in np.argsort(-three, kind="stable")[:MOST_NEAR]
        )


def _share(said: dict[str, float], words: frozenset[str]) -> float:
    whole = sum(said.values())
    return sum(weight for word, weight in said.items() if word in words) / whole if whole else 0.0


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in _WORD.findall(text.lower()))
