"""Worked examples: weak ways, improved, in many trades."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

FILE = Path(__file__).with_name("worked_examples.toml")
MOST_ANCHORS = 4
"""Texts that examples are compared with: the job and the first findings of the ad."""


@dataclass(frozen=True)
class WorkedExample:
    """`weak` comes first, with the reason; then the `better` version of the same idea."""

    trade: str
    job: str
    weak: str
    why: str
    better: str


class TextVectors(Protocol):
    """Turns texts into vectors: the smaller the angle, the closer the meaning."""

    def embed(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """(texts, width), every row of length 1."""
        ...


@functools.cache
def worked_examples() -> tuple[WorkedExample, ...]:
    """All of them, trade by trade."""
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(
        WorkedExample(trade["trade"], **example)
        for trade in table["trades"]
        for example in trade["examples"]
    )


def trades() -> tuple[str, ...]:
    """The trades in the order of the file."""
    return tuple(dict.fromkeys(example.trade for example in worked_examples()))


def search(wanted: str, examples: Sequence[WorkedExample]) -> list[WorkedExample]:
    """The examples in which each search word begins a word of trade, job or text; all for ""."""
    words = re.findall(r"\w+", wanted.lower())
    return [one for one in examples if all(_has(word, one) for word in words)]


def _has(word: str, example: WorkedExample) -> bool:
    text = f"{example.trade} {example.job} {example.weak} {example.better}".lower()
    return re.search(rf"\b{re.escape(word)}", text) is not None


def embedded_text(example: WorkedExample) -> str:
    """The text of the example that is compared with an ad."""
    return f"{example.job}. {example.better}"


def nearest(
    anchors: Sequence[str], embedder: TextVectors, vectors: npt.NDArray[np.float32]
) -> list[WorkedExample]:
    """All examples, the nearest to the `anchors` (the job, sentences of the ad) first; without
    anchors in the order of the file. `vectors`: (examples, width), their `embedded_text`s."""
    examples = worked_examples()
    texts = [text for text in anchors if text.strip()][:MOST_ANCHORS]
    if not texts:
        return list(examples)
    near = vectors @ embedder.embed(texts).T
    # The nearest anchor alone would follow a single sentence; the mean alone, none in particular.
    closeness = near.max(axis=1) + near.mean(axis=1)
    return [examples[place] for place in np.argsort(-closeness, kind="stable").tolist()]
