"""MinilmActClassifier: recognises acts, question forms and fitting replies.

All layers are fine-tuned; the word embeddings are those of the packaged model. The words are read
together with what the manager said just before. `training/act_model.py` makes `acts.npz` from the
utterances in `training/acts`; `forms.npz` and `kinds.npz` read the same states, and are made by
`training/form_heads.py` and `training/reply_kinds.py` from labels of readers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from rehearse.calling.forms import Form
from rehearse.calling.reply_kinds import ReplyKind
from rehearse.calling.wording import form_of
from rehearse.engines.minilm.base import tensors, wordpiece
from rehearse.engines.minilm.layers import WIDTH, MinilmLayers, packed
from rehearse.engines.packaged_files import checked_by_record
from rehearse.errors import RehearseError

MODEL_FILE = Path(__file__).with_name("acts.npz")
FORMS_FILE = Path(__file__).with_name("forms.npz")
KINDS_FILE = Path(__file__).with_name("kinds.npz")
READ_AFTER = (2, 4, 6)
"""Layers whose states tell forms; acts are told by the last. Word order fades in later layers."""
TOLD = "told"
"""In place of a form: nothing is asked."""
TOLD_FROM = 0.6
"""Probability from which nothing is asked."""
SURE_OF_FORM = 0.6
"""The same of a form; below it, the words that the question begins with decide, if they can."""
LONGEST, LONGEST_LINE = 96, 32
"""Pieces that are read of the caller's words, and of the end of the manager's line."""
SCALE = "/scale"
"""Ends the name of a matrix's scales."""
KEPT = 4096
"""How many texts are cached: each pause in a turn asks for its texts again."""

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Heads:
    """What is told from the states of pieces, (pieces, n): each name looks for its own words, and
    those decide. `seek` and `weights` (names, n), `bias` (names,)."""

    names: Sequence[str]
    seek: Floats
    weights: Floats
    bias: Floats

    def near(self, states: Floats) -> Floats:
        """How much each piece counts for each name, (pieces, names); 1 in all for a name."""
        near: Floats = states @ self.seek.T * np.float32(WIDTH**-0.5)
        near = np.exp(near - near.max(axis=0))
        near /= near.sum(axis=0)
        return near

    def logits(self, states: Floats, near: Floats) -> Floats:
        """Of each name."""
        logits: Floats = (near * (states @ self.weights.T)).sum(axis=0) + self.bias
        return logits


@dataclass(frozen=True)
class _Read:
    acts: Mapping[str, float]
    form: Form | None
    kinds: Mapping[ReplyKind, float]


class MinilmActClassifier:
    """An ActClassifier."""

    def __init__(self, model_file: Path = MODEL_FILE) -> None:
        """Raises RehearseError when a model is missing or damaged."""
        self._acts, own = _read_model(model_file)
        self._voice = own["voice"]
        self._forms = heads_in(FORMS_FILE)
        self._kinds = heads_in(KINDS_FILE)
        self._pieces = wordpiece()
        self._layers = MinilmLayers({**tensors(), **own})
        self._known: dict[tuple[str, str], _Read] = {}

    def probabilities(self, texts: Sequence[str], line: str = "") -> Sequence[Mapping[str, float]]:
        return [read.acts for read in self._read(texts, line)]

    def forms(self, texts: Sequence[str], line: str = "") -> Sequence[Form | None]:
        return [read.form for read in self._read(texts, line)]

    def kinds(self, text: str, line: str = "") -> Mapping[ReplyKind, float]:
        (read,) = self._read([text], line)
        return read.kinds

    def _read(self, texts: Sequence[str], line: str) -> Sequence[_Read]:
        new = [text for text in dict.fromkeys(texts) if (text, line) not in self._known]
        for text, states in zip(new, self.states(new, line), strict=True):
            self._known[text, line] = _Read(
                self._acts_in(states[:, -WIDTH:]),
                self._form_of(text, states),
                self._kinds_in(states),
            )
        found_all = [self._known[text, line] for text in texts]
        while len(self._known) > KEPT:
            del self._known[next(iter(self._known))]
        return found_all

    def states(self, texts: Sequence[str], line: str = "") -> list[Floats]:
        """Of each text, (pieces, 3 * 384), after the layers of READ_AFTER. All texts pass through
        a layer together, each followed by the manager's line."""
        before = np.zeros((0, WIDTH), np.float32)
        if line:
            ids = end_marked(self._pieces.marked(line, 10_000))
            before = self._layers.embedded([ids]) + self._voice
        found = []
        for some in packed([self._pieces.marked(text, LONGEST) for text in texts]):
            lengths = [len(ids) for ids in some]
            parts = np.split(self._layers.embedded(some), np.cumsum(lengths)[:-1])
            x = np.concatenate([row for part in parts for row in (part, before)])
            joint = [length + len(before) for length in lengths]
            after = []
            for first, last in zip((0, *READ_AFTER), READ_AFTER, strict=False):
                x = self._layers.through(x, joint, range(first, last))
                after.append(x)
            both = np.split(np.concatenate(after, axis=1), np.cumsum(joint)[:-1])
            found += [part[:length] for part, length in zip(both, lengths, strict=True)]
        return found

    def _acts_in(self, states: Floats) -> Mapping[str, float]:
        near = self._acts.near(states)
        odds = 1 / (1 + np.exp(-self._acts.logits(states, near)))
        order = np.argsort(near.argmax(axis=0), kind="stable")
        return {self._acts.names[index]: float(odds[index]) for index in order}

    def _kinds_in(self, states: Floats) -> Mapping[ReplyKind, float]:
        odds = 1 / (1 + np.exp(-self._kinds.logits(states, self._kinds.near(states))))
        return {ReplyKind(name): float(p) for name, p in zip(self._kinds.names, odds, strict=True)}

    def _form_of(self, text: str, states: Floats) -> Form | None:
        logits = self._forms.logits(states, self._forms.near(states))
        odds = np.exp(logits - logits.max())
        odds /= odds.sum()
        told = self._forms.names.index(TOLD)
        if odds[told] >= TOLD_FROM:
            return None
        odds[told] = 0.0
        likeliest = Form(self._forms.names[int(odds.argmax())])
        return likeliest if odds.max() >= SURE_OF_FORM else (form_of(text) or likeliest)


def heads_in(file: Path) -> Heads:
    """What tells forms or kinds of reply from the states of the act model. Raises RehearseError
    when it is missing or damaged."""
    return _read_model(file)[0]


def _read_model(file: Path) -> tuple[Heads, Mapping[str, Floats]]:
    """Its heads, and all its weights by name."""
    try:
        checked_by_record(file, "rehearse")
        with np.load(file, allow_pickle=False) as saved:
            names, own = [str(name) for name in saved["names"]], widened(saved)
        return Heads(names, own["seek"], own["weights"], own["bias"]), own
    except (OSError, ValueError, KeyError) as error:
        raise RehearseError(
            f"The manager's model {file} is missing or damaged.",
            "Install it again: python -m pip install --force-reinstall --no-deps rehearse",
        ) from error


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
