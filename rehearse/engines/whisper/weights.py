"""Weights: where Whisper's weights come from.

A package, a checkpoint file, or a download that the user asked for by name.
"""

from __future__ import annotations

import contextlib
import hashlib
import socket
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rehearse.engines.whisper.freed_memory import give_back_freed_memory
from rehearse.engines.whisper.library import check_assets, import_whisper
from rehearse.engines.whisper.packaged_weights import PACKAGED, TINY_EN, PackagedModel, packaged
from rehearse.errors import RehearseError

if TYPE_CHECKING:
    from whisper.model import Whisper

DEFAULT = TINY_EN
DOWNLOADABLE = ("base.en", "base", "small.en", "small", "medium.en", "medium", "large-v3", "turbo")
"""The models that can be downloaded by name, from the smallest to the largest."""
DOWNLOAD_TIMEOUT_S = 30.0  # for one answer of the server, not for the whole download


@dataclass(frozen=True)
class LoadedModel:
    """A model ready to run on the CPU in float32."""

    model: Whisper
    name: str
    """Its name for users: `tiny.en`, or the name of the checkpoint file."""
    version: str
    """The library's version and the first 12 hex digits of the weights' SHA-256."""


def load_model(name_or_path: str | None, download_root: Path) -> LoadedModel:
    """The packaged tiny.en for None, else a packaged model, one known by name, or a checkpoint.

    Only a known name that is not installed as a package can use the network, and only while
    `download_root` lacks its file; the library's progress bar goes to stderr. Raises
    RehearseError when the weights are missing, unknown, damaged or cannot be downloaded.
    """
    give_back_freed_memory()
    check_assets()
    import_whisper()
    name_or_path = name_or_path or DEFAULT.name
    carried = packaged(name_or_path)
    if carried is not None and (carried.installed or carried is DEFAULT):
        return _load_packaged(carried)
    import whisper

    if name_or_path in whisper.available_models():
        return _load_known(name_or_path, download_root)
    path = Path(name_or_path).expanduser()
    if path.is_file():
        return _load_checkpoint(path)
    raise RehearseError(
        f"There is no speech model {name_or_path!r}: it is neither a known name nor a file.",
        f"Leave the model out for {DEFAULT.name}, which needs no download; or give the path of an "
        "openai-whisper checkpoint (.pt); or name one to download: "
        f"{', '.join(name for name in whisper.available_models() if name != DEFAULT.name)}.",
    )


def installed_models(download_root: Path) -> list[str]:
    """Names of the models that load without a download, from the smallest to the largest."""
    names = [model.name for model in PACKAGED if model.installed]
    for size in DOWNLOADABLE:
        if size not in names and (download_root / f"{size}.pt").is_file():
            names.append(size)
    return names


def _load_packaged(model: PackagedModel) -> LoadedModel:
    return LoadedModel(model.load(), model.name, _version(model.parts[0].sha256))


def _load_known(name: str, download_root: Path) -> LoadedModel:
    import whisper

    # The library keeps the hash in the address of the file: .../<sha256>/<name>.pt
    *_, sha256, file_name = whisper._MODELS[name].split("/")
    target = download_root / file_name
    try:
        with _socket_timeout(DOWNLOAD_TIMEOUT_S), warnings.catch_warnings():
            # The library warns before it fetches an incomplete file again.
            warnings.simplefilter("ignore")
            model = whisper.load_model(name, device="cpu", download_root=str(download_root))
    except Exception as error:  # network, disk and unpickling fail in many ways
        raise RehearseError(
            f"The speech model {name} is not in {target} and could not be downloaded or read "
            f"({_reason(error)}).",
            "Check the network connection and the free disk space and try again, copy the file "
            f"there by hand, {_or_installed(name)}or leave the model out for {DEFAULT.name}, which "
            "needs no download.",
        ) from error
    return LoadedModel(model.eval(), name, _version(sha256))


def _or_installed(name: str) -> str:
    carried = packaged(name)
    return "" if carried is None else f"install it ({carried.how_to_install}), "


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


@contextlib.contextmanager
def _socket_timeout(timeout_s: float) -> Iterator[None]:
    """The library sets no timeout, and a server that never answers would hang the program."""
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(timeout_s)
    try:
        yield
    finally:
        socket.setdefaulttimeout(before)


def _reason(error: Exception) -> str:
    """The first line of an error, or its type when it has no text."""
    text = str(error).strip().splitlines()
    return text[0][:200] if text else type(error).__name__


def _version(sha256: str) -> str:
    return f"openai-whisper {_library_version()}, weights {sha256[:12]}"


def _library_version() -> str:
    import whisper

    return str(whisper.__version__)
