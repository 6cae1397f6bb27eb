"""MinilmActClassifier: recognises dialogue acts by sentence vectors.

`training/act_head.py` makes the layer beside this file from the utterances in `training/acts`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from rehearse.calling.act_cues import cues
from rehearse.errors import RehearseError
from rehearse.scoring.sheet_match import Embedder

HEAD_FILE = Path(__file__).with_name("act_head.npz")
KEPT = 4096
"""How many sentences are cached: each pause in a turn asks for its sentences again."""

Floats = npt.NDArray[np.float32]


class MinilmActClassifier:
    """An ActClassifier."""

    def __init__(self, embedder: Embedder, head_file: Path = HEAD_FILE) -> None:
        """Raises RehearseError when the layer is missing or damaged."""
        try:
            with np.load(head_file, allow_pickle=False) as head:
                self._weights = head["weights"].astype(np.float32)
                self._bias = head["bias"].astype(np.float32)
                self._names = [str(name) for name in head["names"]]
        except (OSError, ValueError, KeyError) as error:
            raise RehearseError(
                f"The manager's model {head_file} is missing or damaged.",
                "Install it again: python -m pip install --force-reinstall --no-deps rehearse",
            ) from error
        self._embedder = embedder
        self._known: dict[str, Mapping[str, float]] = {}

    def probabilities(self, sentences: Sequence[str]) -> Sequence[Mapping[str, float]]:
        new = [sentence for sentence in dict.fromkeys(sentences) if sentence not in self._known]
        for sentence, vector in zip(new, self._embedder.embed(new), strict=True):
            logits = act_features(vector, sentence) @ self._weights + self._bias
            odds = (1 / (1 + np.exp(-logits))).tolist()
            self._known[sentence] = dict(zip(self._names, odds, strict=True))
        found = [self._known[sentence] for sentence in sentences]
        while len(self._known) > KEPT:
            del self._known[next(iter(self._known))]
        return found


def act_features(vector: Floats, sentence: str) -> Floats:
    """The sentence's vector (384,), what that loses (length, question mark, first word), cues."""
    words = sentence.lower().split()
    first = words[0].strip(".,?!") if words else ""
    surface = [
        min(len(words), 20) / 20,
        float(sentence.rstrip().endswith("?")),
        float(first in _ASKING),
        float(first in ("i", "i'd", "i'm", "i've", "i'll", "we", "my", "we'd")),
        float(len(words) <= 2),
    ]
    scaled = vector * np.float32(len(vector) ** 0.5 / 4)
    return np.concatenate([scaled, np.array([*surface, *cues(sentence)], np.float32)])


_ASKING = frozenset(
    re.findall(
        r"\w+",
        """how what which where when why who whom whose do does did are is am can could would will
        have has should may""",
    )
)
