"""MinilmActClassifier: recognises dialogue acts.

All layers are fine-tuned; the word embeddings are those of the packaged model. The words are read
together with what the manager said just before. `training/act_model.py` makes the file beside this
one from the utterances in `training/acts`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from rehearse.engines.minilm.base import tensors, wordpiece
from rehearse.engines.minilm.layers import LAYERS, WIDTH, MinilmLayers, packed
from rehearse.engines.packaged_files import checked_by_record
from rehearse.errors import RehearseError

MODEL_FILE = Path(__file__).with_name("acts.npz")
LONGEST, LONGEST_LINE = 96, 32
"""Pieces that are read of the caller's words, and of the end of the manager's line."""
SCALE = "/scale"
"""Ends the name of a matrix's scales."""
KEPT = 4096
"""How many texts are cached: each pause in a turn asks for its texts again."""

Floats = npt.NDArray[np.float32]


class MinilmActClassifier:
    """An ActClassifier."""

    def __init__(self, model_file: Path = MODEL_FILE) -> None:
        """Raises RehearseError when the model is missing or damaged."""
        try:
            checked_by_record(model_file, "rehearse")
            with np.load(model_file, allow_pickle=False) as saved:
                self._names = [str(name) for name in saved["names"]]
                own = widened(saved)
                self._seek, self._weights, self._bias = own["seek"], own["weights"], own["bias"]
                self._voice = own["voice"]
        except (OSError, ValueError, KeyError) as error:
            raise RehearseError(
                f"The manager's model {model_file} is missing or damaged.",
                "Install it again: python -m pip install --force-reinstall --no-deps rehearse",
            ) from error
        self._pieces = wordpiece()
        self._layers = MinilmLayers({**tensors(), **own})
        self._known: dict[tuple[str, str], Mapping[str, float]] = {}

    def probabilities(self, texts: Sequence[str], line: str = "") -> Sequence[Mapping[str, float]]:
        new = [text for text in dict.fromkeys(texts) if (text, line) not in self._known]
        for some in packed([self._pieces.marked(text, LONGEST) for text in new]):
            for found in self._found(some, line):
                self._known[new.pop(0), line] = found
        found_all = [self._known[text, line] for text in texts]
        while len(self._known) > KEPT:
            del self._known[next(iter(self._known))]
        return found_all

    def _found(self, texts: Sequence[Sequence[int]], line: str) -> list[Mapping[str, float]]:
        """All pass through a layer together, each followed by the manager's line."""
        lengths = [len(ids) for ids in texts]
        before = np.zeros((0, WIDTH), np.float32)
        if line:
            ids = end_marked(self._pieces.marked(line, 10_000))
            before = self._layers.embedded([ids]) + self._voice
        parts = np.split(self._layers.embedded(texts), np.cumsum(lengths)[:-1])
        both = np.concatenate([row for part in parts for row in (part, before)])
        joint = [length + len(before) for length in lengths]
        states = self._layers.through(both, joint, range(LAYERS))
        return [
            self._acts(part[:length])
            for part, length in zip(np.split(states, np.cumsum(joint)[:-1]), lengths, strict=True)
        ]

    def _acts(self, states: Floats) -> Mapping[str, float]:
        """Each act looks for its own words, (pieces, 384), and those decide."""
        near = states @ self._seek.T * np.float32(WIDTH**-0.5)
        near = np.exp(near - near.max(axis=0))
        near /= near.sum(axis=0)
        logits = (near * (states @ self._weights.T)).sum(axis=0) + self._bias
        odds = 1 / (1 + np.exp(-logits))
        order = np.argsort(near.argmax(axis=0), kind="stable")
        return {self._names[index]: float(odds[index]) for index in order}


def end_marked(ids: list[int]) -> list[int]:
    """The end of a line's pieces, with both marks."""
    return ids if len(ids) <= LONGEST_LINE else [ids[0], *ids[-LONGEST_LINE + 1 :]]


def widened(saved: Mapping[str, npt.NDArray[np.generic]]) -> dict[str, Floats]:
    """The weights in single precision. A matrix is stored in 8 bits, with a scale for each row."""
    return {
        name: saved[name].astype(np.float32)
        * (saved[name + SCALE].astype(np.float32)[:, None] if name + SCALE in saved else 1)
        for name in saved
        if name != "names" and not name.endswith(SCALE)
    }
