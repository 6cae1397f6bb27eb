"""Weights: where Whisper's weights come from.

A package, a checkpoint file, or a download that the user asked for by name.
"""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rehearse.engines.whisper.download import begun_bytes, download
from rehearse.engines.whisper.freed_memory import give_back_freed_memory
from rehearse.engines.whisper.known_models import KNOWN, OFFERED, KnownModel, known
from rehearse.engines.whisper.library import check_assets, import_whisper
from rehearse.engines.whisper.packaged_weights import TINY_EN, PackagedModel, packaged
from rehearse.errors import RehearseError
from rehearse.rehearsing.speech_models import SpeechModel

if TYPE_CHECKING:
    from whisper.model import Whisper

DEFAULT = TINY_EN


@dataclass(frozen=True)
class LoadedModel:
    """A model ready to run on the CPU in float32."""

    model: Whisper
    name: str
    """Its name for users: `tiny.en`, or the name of the checkpoint file."""
    version: str
    """The library's version and the first 12 hex digits of the weights' SHA-256."""


def load_model(name_or_path: str | None, download_root: Path) -> LoadedModel:
    """The packaged tiny.en for None, else a packaged model, one downloaded to `download_root`, or a
    checkpoint. Uses no network: see `download_missing`.

    Raises RehearseError when the weights are missing, unknown or damaged.
    """
    give_back_freed_memory()
    check_assets()
    import_whisper()
    name_or_path = name_or_path or DEFAULT.name
    carried = packaged(name_or_path)
    if carried is not None and (carried.installed or carried is DEFAULT):
        return _load_packaged(carried)
    by_name = known(name_or_path)
    if by_name is not None:
        return _load_known(name_or_path, by_name, download_root)
    path = Path(name_or_path).expanduser()
    if path.is_file():
        return _load_checkpoint(path)
    raise RehearseError(
        f"There is no speech model {name_or_path!r}: it is neither a known name nor a file.",
        f"Leave the model out for {DEFAULT.name}, which needs no download; or give the path of an "
        "openai-whisper checkpoint (.pt); or name one to download: "
        f"{', '.join(name for name in KNOWN if name != DEFAULT.name)}.",
    )


def download_missing(name: str, download_root: Path) -> None:
    """Download the model `name` if it has a known name and is not here; a bar on stderr shows the
    progress. Only for a name that the user gave. Raises RehearseError."""
    model = known(name)
    if model is None or _is_here(model, download_root):
        return
    from tqdm import tqdm

    begun = begun_bytes(model, download_root)
    with tqdm(
        total=model.size_bytes, initial=begun, unit="B", unit_scale=True, ncols=80,
        desc=f"{name} from {model.host}", disable=sys.stderr is None,
    ) as bar:  # fmt: skip
        try:
            download(model, download_root, lambda done: bar.update(done - bar.n), lambda: True)
        except RehearseError as error:
            carried = packaged(name)
            if carried is None:
                raise
            raise RehearseError(
                error.problem, f"{error.remedy} Or install it: {carried.how_to_install}"
            ) from error


def installed_models(download_root: Path) -> list[str]:
    """Names of the models that load without a download, from the smallest to the largest."""
    return [name for name, model in KNOWN.items() if _is_here(model, download_root)]


def speech_models(download_root: Path) -> list[SpeechModel]:
    """What is here or offered for download, from the smallest to the largest."""
    return [
        SpeechModel(
            name,
            here=_is_here(model, download_root),
            size_bytes=model.size_bytes,
            host=model.host,
            begun_bytes=begun_bytes(model, download_root),
        )
        for name, model in KNOWN.items()
        if name in OFFERED or _is_here(model, download_root)
    ]


def _is_here(model: KnownModel, download_root: Path) -> bool:
    """Whether it is installed, or its file is complete; a file is checked when it is loaded."""
    carried = packaged(model.name)
    if carried is not None and carried.installed:
        return True
    try:
        return (download_root / model.file).stat().st_size == model.size_bytes
    except OSError:
        return False


def _load_packaged(model: PackagedModel) -> LoadedModel:
    return LoadedModel(model.load(), model.name, _version(model.parts[0].sha256))


def _load_known(name: str, wanted: KnownModel, download_root: Path) -> LoadedModel:
    import whisper

    path = download_root / wanted.file
    if not path.is_file():
        carried = packaged(name)
        install = "" if carried is None else f", install it ({carried.how_to_install})"
        raise RehearseError(
            f"The speech model {name} is not on this computer: {path} is missing.",
            "Download it on the page of the voice check (rehearse review), or by its name "
            f"(--model {name}){install}; or choose another one: rehearse check --voice",
        )
    try:
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise RehearseError(
            f"The speech model {path} cannot be read: {error.strerror}.", "Make it readable."
        ) from error
    if sha256 != wanted.sha256:
        raise RehearseError(
            f"The speech model {path} is damaged: its checksum differs.",
            "Delete that file; then download the model again, or use another one.",
        )
    model = whisper.load_model(str(path), device="cpu")
    # The library sets them only for files that it downloaded itself.
    model.set_alignment_heads(whisper._ALIGNMENT_HEADS[name])
    return LoadedModel(model.eval(), name, _version(sha256))


def _load_checkpoint(path: Path) -> LoadedModel:
    import whisper

    try:
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        model = whisper.load_model(str(path), device="cpu")
    except Exception as error:  # torch.load fails in many ways on a damaged file
        raise RehearseError(
            f"The file {path} cannot be read as an openai-whisper checkpoint ({_reason(error)}).",
            f"Give the path of an intact .pt file, or leave the model out for {DEFAULT.name}.",
        ) from error
    return LoadedModel(model.eval(), path.stem, _version(sha256))


def _reason(error: Exception) -> str:
    """The first line of an error, or its type when it has no text."""
    text = str(error).strip().splitlines()
    return text[0][:200] if text else type(error).__name__


def _version(sha256: str) -> str:
    return f"openai-whisper {_library_version()}, weights {sha256[:12]}"


def _library_version() -> str:
    import whisper

    return str(whisper.__version__)
