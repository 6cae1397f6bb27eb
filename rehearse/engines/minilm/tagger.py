"""MinilmTagger: a fine-tuned MiniLM that labels clauses.

The model file beside this one holds the six layers; the word embeddings and the vocabulary come
from the package that carries all-MiniLM-L6-v2. How it was made and measured: docs/model-card.md.
"""

from __future__ import annotations

import functools
import hashlib
import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from rehearse.engines.minilm.base import word_embeddings, wordpiece
from rehearse.engines.packaged_files import checked_by_record
from rehearse.errors import RehearseError
from rehearse.scoring.clauses import Clause
from rehearse.scoring.decode import OUTPUTS, RULES, Thresholds, clauses_of
from rehearse.transcript import Speaker, Utterance

if TYPE_CHECKING:
    import onnxruntime

MODEL_FILE = Path(__file__).with_name("tagger.onnx")
WINDOW = 384  # pieces seen at once, the two marks at its ends included; a minute's talk has 220
OVERLAP = 128  # pieces that two windows share: every word is seen with 64 on either side

CONTEXT = "what was said before each turn"
KEPT = 64
"""How many turns are cached: a call is scored turn by turn while it lasts, and again at its end."""

Floats = npt.NDArray[np.float32]


class MinilmTagger:
    """A ClauseTagger. Single-threaded and in float32, for the same score on every run."""

    def __init__(self, model_file: Path = MODEL_FILE) -> None:
        """Load weights, 0.3 s. Raises RehearseError when they are missing or damaged."""
        self._pieces = wordpiece()
        # Safe where several pages ask at once.
        self._logits = functools.lru_cache(maxsize=KEPT)(self._logits_of)
        self._embeddings = word_embeddings()
        self._session, digest = _session(model_file)
        self.thresholds = Thresholds()
        # The name is saved with each score, so anything that could change a score is part of it.
        rules = f"{digest} {self.thresholds} {CONTEXT} {RULES}"
        version = hashlib.sha256(rules.encode()).hexdigest()
        self.name = f"minilm tagger {version[:12]}"

    def tag(self, utterances: Sequence[Utterance]) -> tuple[Clause, ...]:
        """The candidate's clauses in the order spoken; see ClauseTagger."""
        turns = [u.words for u in utterances if u.speaker is Speaker.CANDIDATE]
        return clauses_of(turns, self.logits(utterances), self.thresholds)

    def logits(self, utterances: Sequence[Utterance]) -> Floats:
        """The model's logits for each of the candidate's words: (words, OUTPUTS).

        Each of the candidate's turns is read with what was said before it and nothing after it:
        what the manager understood when a turn ended is what the scorecard finds in it.
        """
        read = [utterance.as_scripted for utterance in utterances]
        words = [(u.speaker is Speaker.MANAGER, word.text) for u in read for word in u.words]
        found = [np.zeros((0, OUTPUTS), np.float32)]
        first = 0
        for by_manager, turn in itertools.groupby(words, key=lambda word: word[0]):
            end = first + len(list(turn))
            if not by_manager:
                found.append(self._logits(tuple(words[:end]), first))
            first = end
        return np.concatenate(found)

    def _logits_of(self, words: tuple[tuple[bool, str], ...], first: int) -> Floats:
        """The logits of words[first:]; a word is (spoken by the manager, text)."""
        pieces = [self._pieces.pieces(text) for _, text in words]
        manager = np.array([by_manager for by_manager, _ in words], bool)
        found = np.zeros((len(pieces), OUTPUTS), np.float32)
        for start, end, keep_from, keep_to in _windows([len(word) for word in pieces]):
            if keep_to > first:
                seen = self._run(pieces[start:end], manager[start:end])
                found[keep_from:keep_to] = seen[keep_from - start : keep_to - start]
        return found[first:]

    def _run(self, words: Sequence[tuple[int, ...]], manager: npt.NDArray[np.bool_]) -> Floats:
        counts = [len(word) for word in words]
        ids = [self._pieces.classify_id, *(piece for word in words for piece in word)]
        ids.append(self._pieces.separate_id)
        voice = np.zeros((len(ids), 1), np.float32)
        voice[1:-1, 0] = np.repeat(manager, counts)
        feed = {
            "words": self._embeddings[ids],
            "positions": np.arange(len(ids), dtype=np.int64),
            "manager": voice,
        }
        (logits,) = self._session.run(None, feed)
        firsts = 1 + np.cumsum([0, *counts[:-1]])
        seen: Floats = logits[firsts]
        return seen


def _windows(counts: Sequence[int]) -> Iterator[tuple[int, int, int, int]]:
    """(start, end, keep_from, keep_to) in words, given the number of pieces of each word.

    Windows overlap; the kept parts do not and cover every word.
    """
    edges = np.cumsum([0, *counts])
    start = kept = 0
    room = WINDOW - 2
    while kept < len(counts):
        end = int(np.searchsorted(edges, edges[start] + room, side="right")) - 1
        last = end >= len(counts)
        keep_to = len(counts) if last else _word_at(edges, int(edges[end]) - OVERLAP // 2, kept + 1)
        yield start, end, kept, keep_to
        kept = keep_to
        start = _word_at(edges, int(edges[kept]) - OVERLAP // 2, 0)


def _word_at(edges: npt.NDArray[np.int64], piece: int, at_least: int) -> int:
    return max(at_least, int(np.searchsorted(edges, piece, side="left")))


def _session(model_file: Path) -> tuple[onnxruntime.InferenceSession, str]:
    import onnxruntime

    try:
        digest = checked_by_record(model_file, "rehearse")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.enable_cpu_mem_arena = False  # it would keep the memory of the longest talk
        # By its path: given bytes, the session would keep them, 22 MB.
        session = onnxruntime.InferenceSession(
            str(model_file), options, providers=["CPUExecutionProvider"]
        )
    except Exception as error:  # onnxruntime has no common class for its errors
        raise RehearseError(
            f"The scorer's model {model_file} is missing or damaged "
            f"({str(error).splitlines()[0][:120]}).",
            "Install rehearse again: python -m pip install --force-reinstall --no-deps rehearse",
        ) from error
    return session, digest
