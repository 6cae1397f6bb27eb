"""MinilmActClassifier: recognises dialogue acts.

Its last layers are fine-tuned; the lower ones are those of the packaged model. What the manager
said just before joins at the first tuned layer, so its lower layers are computed once, before the
caller has answered. `training/act_model.py` makes the file beside this one from the utterances in
`training/acts`.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from rehearse.engines.minilm.base import tensors, wordpiece
from rehearse.engines.minilm.layers import LAYERS, WIDTH, MinilmLayers, packed
from rehearse.engines.packaged_files import checked_by_record
from rehearse.errors import RehearseError

MODEL_FILE = Path(__file__).with_name("acts.npz")
TUNED = 4
"""Layers that were fine-tuned; those below are shared with the embedder's model."""
LONGEST, LONGEST_LINE = 96, 32
"""Pieces that are read of the caller's words, and of the end of the manager's line."""
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
                own = {n: saved[n].astype(np.float32) for n in saved.files if n != "names"}
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
        self._line_states = functools.lru_cache(maxsize=64)(self._line_states_of)

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
        lower = self._layers.through(self._layers.embedded(texts), lengths, range(LAYERS - TUNED))
        before = self._line_states(line) if line else np.zeros((0, WIDTH), np.float32)
        parts = np.split(lower, np.cumsum(lengths)[:-1])
        both = np.concatenate([row for part in parts for row in (part, before)])
        joint = [length + len(before) for length in lengths]
        upper = self._layers.through(both, joint, range(LAYERS - TUNED, LAYERS))
        return [
            self._acts(part[:length])
            for part, length in zip(np.split(upper, np.cumsum(joint)[:-1]), lengths, strict=True)
        ]

    def _line_states_of(self, line: str) -> Floats:
        ids = end_marked(self._pieces.marked(line, 10_000))
        lower = self._layers.through(
            self._layers.embedded([ids]), [len(ids)], range(LAYERS - TUNED)
        )
        states: Floats = lower + self._voice
        return states

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
