"""Meaning: what words do, and words for the manager."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt

from rehearse.calling.acts import ActClassifier
from rehearse.calling.matters import MatterFinder
from rehearse.calling.phrasing import Phraser
from rehearse.keeping.store import Store
from rehearse.rehearsing.manager_address import ManagerAddress
from rehearse.rehearsing.rescore import Rescorer
from rehearse.scoring.clauses import ClauseTagger
from rehearse.scoring.sheet_match import Embedder
from rehearse.wiring.speech import MeasurerWhenNeeded, sound_tools


class ClosablePhraser(Phraser, Protocol):
    """A Phraser that holds a connection open."""

    def close(self) -> None: ...


def load_rescorer(store: Store, model: str | None = None) -> Rescorer:
    """What scoring words again takes."""
    measurer = MeasurerWhenNeeded(store.home, model)
    return Rescorer(load_tagger(), load_embedder, measurer, store, sound_tools())


def load_tagger() -> ClauseTagger:
    from rehearse.engines.minilm.tagger import MinilmTagger

    return MinilmTagger()


def load_act_classifier() -> ActClassifier:
    from rehearse.engines.minilm.act_classifier import MinilmActClassifier

    return MinilmActClassifier()


def load_embedder() -> Embedder:
    from rehearse.engines.minilm.embedder import MinilmEmbedder

    return MinilmEmbedder()


def load_matter_finder(embedder: Embedder | None = None) -> MatterFinder:
    """`embedder`: one that is loaded already. Raises RehearseError."""
    from rehearse.engines.minilm.matter_finder import MinilmMatterFinder

    return MinilmMatterFinder(embedder or load_embedder())


def load_example_vectors() -> npt.NDArray[np.float32]:
    """The worked examples as vectors of `load_embedder`. Raises RehearseError."""
    from rehearse.engines.minilm.example_vectors import example_vectors

    return example_vectors()


def find_phraser(address: ManagerAddress | None, model: str | None) -> ClosablePhraser:
    """The language model at `address`, None for the one that runs on this computer; see
    engines/chat/finding.py. Raises RehearseError."""
    from rehearse.engines.chat.finding import find_server

    return find_server(address, model)
