"""MinilmMatterFinder: matters near to what was said."""

from __future__ import annotations

import functools
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from rehearse.calling.matters import Matter, Near, packaged_subjects
from rehearse.engines.packaged_files import checked_by_record
from rehearse.errors import RehearseError
from rehearse.scoring.sheet_match import Embedder

VECTORS_FILE = Path(__file__).with_name("matters.npz")
"""int8; training/matter_vectors.py writes it."""
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
    """Unit vectors (n, 384): of each example of `packaged_subjects`, and of each subject's lines on
    average."""

    examples: Floats
    lines: Floats


def matter_vectors(file: Path = VECTORS_FILE) -> MatterVectors:
    """Raises RehearseError if the file is missing or damaged, or was made of other examples."""
    try:
        checked_by_record(file, "rehearse")
        with np.load(file, allow_pickle=False) as saved:
            examples, lines = (saved[name] / np.float32(STEPS) for name in ("examples", "lines"))
        subjects = packaged_subjects().values()
        if (len(examples), len(lines)) != (sum(len(x.asks) for x in subjects), len(subjects)):
            raise ValueError(f"{len(examples)} examples and {len(lines)} lines")
    except (OSError, ValueError, KeyError) as error:
        raise RehearseError(
            f"The file {file}, by which the manager finds what you ask about, is missing or "
            "damaged.",
            "Install it again: python -m pip install --force-reinstall --no-deps rehearse",
        ) from error
    return MatterVectors(examples, lines)


def lines_of(subject: Matter) -> list[str]:
    """What a manager may say about it."""
    return list(dict.fromkeys(x for some in subject.topic.phrasings.values() for x in some))


def unit(vectors: Floats) -> Floats:
    """Every row of length 1; one of zeros stays."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    found: Floats = vectors / np.maximum(lengths, 1e-9)
    return found


class MinilmMatterFinder:
    """A MatterFinder. Each text is embedded once."""

    def __init__(self, embedder: Embedder) -> None:
        """Raises RehearseError when the vectors are missing or damaged."""
        subjects = packaged_subjects()
        self._names = list(subjects)
        counts = [len(subject.asks) for subject in subjects.values()]
        self._places = np.arange(max(counts)) < np.array(counts)[:, None]
        self._vectors = matter_vectors()
        self._words = [_words(subject.asks) for subject in subjects.values()]
        self._among = Counter(word for subject in subjects.values() for word in _each(subject.asks))
        self._examples = sum(counts)
        self._embedder = embedder
        self._near = functools.lru_cache(maxsize=KEPT)(self._near_of)

    def near(self, text: str) -> Sequence[Near]:
        return self._near(text)

    def _near_of(self, text: str) -> tuple[Near, ...]:
        (vector,) = unit(self._embedder.embed([text]))
        alike = np.full(self._places.shape, -1.0, np.float32)
        alike[self._places] = self._vectors.examples @ vector
        best = -np.partition(-alike, LIKELIEST - 1, axis=1)[:, :LIKELIEST]
        three = best.mean(axis=1)
        said = {word: self._weight(word) for word in _words([text])}
        return tuple(
            Near(
                self._names[index],
                alike=float(best[index].max()),
                alike_three=float(three[index]),
                alike_line=float(self._vectors.lines[index] @ vector),
                shared=_share(said, self._words[index]),
            )
            for index in np.argsort(-three, kind="stable")[:MOST_NEAR]
        )

    def _weight(self, word: str) -> float:
        """The rarer a word is among the examples, the more."""
        return math.log((self._examples + 1) / (self._among[word] + 1))


def _share(said: dict[str, float], words: frozenset[str]) -> float:
    whole = sum(said.values())
    return sum(weight for word, weight in said.items() if word in words) / whole if whole else 0.0


def _each(texts: Iterable[str]) -> list[str]:
    """The words of each text, once each."""
    return [word for text in texts for word in _words([text])]


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in _WORD.findall(text.lower()))
