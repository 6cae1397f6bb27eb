"""Download: a model's weights, which somebody asked for by name.

Only `download` uses the network. It asks one server for one file and sends nothing else. What has
arrived is kept, and the next call continues there.
"""

from __future__ import annotations

import errno
import hashlib
import http.client
import re
import shutil
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import IO, Any

from rehearse.engines.whisper.known_models import KnownModel
from rehearse.errors import RehearseError
from rehearse.files_in_use import when_free
from rehearse.rehearsing.speech_models import DownloadStopped, GoOn, Progress

TIMEOUT_S = 30.0  # for the next bytes, not for the whole download
PAUSE_S = 1.0
CHUNK_BYTES = 1 << 16
SPARE_BYTES = 50_000_000
"""Free space that a download leaves."""
_BUSY = range(500, 600)
"""Statuses of a server in trouble."""
_CONTENT_RANGE = re.compile(r"bytes (\d+)-")
_AGAIN = "Try again: the download continues where it broke off."


class _Broken(Exception):
    """The connection failed; trying again may help."""


def part_of(model: KnownModel, folder: Path) -> Path:
    """The file for what has arrived so far."""
    return folder / f"{model.file}.part"


def begun_bytes(model: KnownModel, folder: Path) -> int:
    """How much of `model` has arrived."""
    try:
        return min(part_of(model, folder).stat().st_size, model.size_bytes)
    except OSError:
        return 0


def download(model: KnownModel, folder: Path, progress: Progress, go_on: GoOn) -> None:
    """Download `model` to `folder` and check it; the file appears only when it is right.

    Continues an earlier download, and one that breaks off as long as each try brings something.
    Raises DownloadStopped when `go_on` says no, and RehearseError if the server cannot be reached,
    does not have the file or sends something else, or the disk is full.
    """
    part = part_of(model, folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _keep_incomplete(model, folder)
        _check_space(model, folder)
        while (begun := begun_bytes(model, folder)) < model.size_bytes:
            try:
                _receive(model, part, begun, progress, go_on)
            except _Broken as error:
                if begun_bytes(model, folder) <= begun:
                    raise _unreachable(model, begun, error) from error
                time.sleep(PAUSE_S)
        _check(model, part)
        when_free(lambda: part.replace(folder / model.file))
    except OSError as error:  # of the disk: those of the network are _Broken
        raise _disk_trouble(model, folder, error) from error


def _receive(model: KnownModel, part: Path, begun: int, progress: Progress, go_on: GoOn) -> None:
    """Append what the server sends, from byte `begun` on."""
    if not go_on():
        raise DownloadStopped
    headers = {"Range": f"bytes={begun}-"} if begun else {}
    request = urllib.request.Request(model.url, headers=headers)
    try:
        answer = _opener().open(request, timeout=TIMEOUT_S)
    except urllib.error.HTTPError as error:
        error.close()
        if begun and error.code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            part.unlink()  # begin again
            return
        raise _refused(model, error.code) from error
    except (OSError, http.client.HTTPException) as error:
        raise _Broken(_reason(error)) from error
    with answer:
        continued = _starts_at(answer) == begun
        with part.open("ab" if begun and continued else "wb") as file:
            _append(answer, file, model, progress, go_on)


def _append(
    answer: Any, file: IO[bytes], model: KnownModel, progress: Progress, go_on: GoOn
) -> None:
    progress(file.tell())
    while True:
        if not go_on():
            raise DownloadStopped
        try:
            chunk = answer.read1(CHUNK_BYTES)
        except (OSError, http.client.HTTPException) as error:
            raise _Broken(_reason(error)) from error
        if not chunk:
            break
        file.write(chunk[: model.size_bytes - file.tell()])
        progress(file.tell())
        if file.tell() >= model.size_bytes:
            return
    raise _Broken("the connection broke off")


def _starts_at(answer: Any) -> int:
    """The place in the file of the answer's first byte."""
    found = _CONTENT_RANGE.match(answer.headers.get("Content-Range") or "")
    return int(found[1]) if answer.status == http.HTTPStatus.PARTIAL_CONTENT and found else 0


class _NoOtherAddress(urllib.request.HTTPRedirectHandler):
    """The user agreed to one host: a redirect is an error."""

    def redirect_request(self, *_: Any) -> None:
        return None


def _opener() -> urllib.request.OpenerDirector:
    return urllib.request.build_opener(_NoOtherAddress)


def _keep_incomplete(model: KnownModel, folder: Path) -> None:
    """openai-whisper wrote under the final name: continue what it left."""
    file, part = folder / model.file, part_of(model, folder)
    if file.is_file() and not part.exists() and file.stat().st_size < model.size_bytes:
        when_free(lambda: file.replace(part))


def _check_space(model: KnownModel, folder: Path) -> None:
    missing = model.size_bytes - begun_bytes(model, folder)
    if shutil.disk_usage(folder).free < missing + SPARE_BYTES:
        raise OSError(errno.ENOSPC, "not enough space")


def _check(model: KnownModel, part: Path) -> None:
    """Delete what is not the model."""
    with part.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    if sha256 != model.sha256:
        part.unlink()
        raise RehearseError(
            f"What came from {model.host} is not the speech model {model.name}: its checksum "
            "differs. It is deleted.",
            "Try again. If it happens again, use another network, or the models that you have.",
        )


def _refused(model: KnownModel, status: int) -> Exception:
    if status in (http.HTTPStatus.TOO_MANY_REQUESTS, *_BUSY):
        return _Broken(f"it answered with error {status}")
    return RehearseError(
        f"{model.host} did not send the speech model {model.name} (error {status}).",
        "It may have been moved. Use the models that you have, or try again later.",
    )


def _unreachable(model: KnownModel, begun: int, error: Exception) -> RehearseError:
    if begun:
        return RehearseError(
            f"The download of {model.name} from {model.host} broke off ({error}).", _AGAIN
        )
    return RehearseError(
        f"{model.host} cannot be reached ({error}).",
        "Check the connection to the internet and try again.",
    )


def _disk_trouble(model: KnownModel, folder: Path, error: OSError) -> RehearseError:
    if error.errno == errno.ENOSPC:
        missing = model.size_bytes - begun_bytes(model, folder) + SPARE_BYTES
        return RehearseError(
            f"There is too little space on the disk for the speech model {model.name}.",
            f"Free {missing / 1e6:.0f} MB and try again: what has arrived is kept.",
        )
    return RehearseError(
        f"The speech model {model.name} cannot be written to {folder}: {error.strerror}.",
        "Make that folder writable or free some space, and try again.",
    )


def _reason(error: Exception) -> str:
    """The first line of an error, or its type when it has no text."""
    reason = getattr(error, "reason", None)
    text = str(reason if reason is not None else error).strip().splitlines()
    return text[0][:200] if text else type(error).__name__
