"""Speech models view: what is here, what can be downloaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rehearse.rehearsing.speech_models import SpeechModel

_GOOD_FOR = {
    "tiny.en": "Fast. Good for native speakers.",
    "base": "Good for many accents.",
    "small": "For strong accents. Needs a fast computer during a call; otherwise it listens again "
    "after the call.",
    "medium": "For strong accents, after the call: too slow during it on most computers.",
    "turbo": "The largest here, for strong accents, after the call: too slow during it on most "
    "computers.",
}
_MEMORY_PER_BYTE = 2
"""The file has two bytes for each weight, the running model four."""


@dataclass(frozen=True)
class ModelView:
    """One model as a page shows it. `size` of the download, `memory` while it runs.

    `begun`: how much of an earlier download is here, "" for nothing.
    """

    name: str
    here: bool
    good_for: str
    size: str
    memory: str
    host: str
    begun: str
    left: str


def model_view(model: SpeechModel) -> ModelView:
    """`model` for a page."""
    size_bytes = model.size_bytes or 0
    return ModelView(
        name=model.name,
        here=model.here,
        good_for=_GOOD_FOR.get(model.name, ""),
        size=size(size_bytes),
        memory=size(_MEMORY_PER_BYTE * size_bytes),
        host=model.host or "",
        begun=size(model.begun_bytes) if model.begun_bytes else "",
        left=size(size_bytes - model.begun_bytes),
    )


def worth_trying(models: Sequence[SpeechModel]) -> SpeechModel | None:
    """The next larger model that is not here; None if all are."""
    place = max((at for at, model in enumerate(models) if model.here), default=-1)
    return next((model for model in models[place + 1 :] if not model.here), None)


def size(count: int) -> str:
    """Bytes as a person reads them: 484 MB, 1.6 GB."""
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.0f} MB"
