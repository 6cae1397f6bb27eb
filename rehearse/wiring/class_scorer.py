"""ClassScorer: scores a class in any process."""

from __future__ import annotations

import functools
import threading
from dataclasses import dataclass
from pathlib import Path

from rehearse import __version__
from rehearse.rehearsing.class_scoring import Identity, Outcome, ScoringParts, Task, score_task
from rehearse.scoring.rubric import RUBRIC_VERSION
from rehearse.wiring.meaning import load_embedder, load_tagger
from rehearse.wiring.speech import MeasurerWhenNeeded, load_transcriber, sound_tools


@dataclass(frozen=True)
class ClassScorer:
    """Scores recordings of a class in the process that it is sent to, models loaded once there."""

    home: Path
    model: str
    fluency: bool

    def __call__(self, task: Task) -> Outcome:
        with _one_at_a_time:
            return score_task(task, self.identity(), _class_parts(self))

    def identity(self) -> Identity:
        parts = _class_parts(self)
        name = parts.load_transcriber().name
        return Identity(__version__, name, parts.tagger.name, RUBRIC_VERSION, self.fluency)


_one_at_a_time = threading.Lock()
"""A Dask worker may have several threads; the models take one."""


@functools.lru_cache(1)
def _class_parts(scorer: ClassScorer) -> ScoringParts:
    """One thread, so that the words do not depend on how many cores a computer has."""
    import torch

    torch.set_num_threads(1)
    home, model = scorer.home, scorer.model
    return ScoringParts(
        functools.cache(functools.partial(load_transcriber, home, model)),
        load_tagger(),
        sound_tools(),
        functools.cache(load_embedder),
        MeasurerWhenNeeded(home, model) if scorer.fluency else None,
    )
