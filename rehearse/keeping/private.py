"""Private: file modes that keep other users out."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, TypeVar

from rehearse.errors import RehearseError
from rehearse.files_in_use import when_free

OURS = frozenset(
    {
        "rehearsals",
        "sheets",
        "scenarios",
        "voice-cache",
        "models",
        "index.json",
        "manager-hosts.json",
        "phrasings.json",
        "review-port",
        "review.json",
        "review.lock",
        "speech-model.json",
        "onnxruntime-files-removed",
        "telemetry-removed",
        "class",
        "first-evening.json",
    }
)
"""What the program itself puts into the home folder."""
FOLDER_MODE, FILE_MODE = 0o700, 0o600
NOT_THROUGH_LINKS: int = getattr(os, "O_NOFOLLOW", 0)
_TRIES = 100
"""To delete a folder takes one removal of it; a program that tries again does so a few times."""

Made = TypeVar("Made")


def open_private(path: Path, flags: int) -> IO[str]:
    """A text file that only the person can read; a link in its place is an OSError."""
    descriptor = os.open(path, flags | NOT_THROUGH_LINKS, FILE_MODE)
    return os.fdopen(descriptor, "a" if flags & os.O_APPEND else "w", encoding="utf-8")


def replace_private(path: Path, text: str, *, durable: bool = False) -> None:
    """Make `text` the content of one of our files, all or nothing. `durable`: it is on the disk
    before it replaces what was there. Raises OSError."""
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    new.unlink(missing_ok=True)
    try:
        with open_private(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL) as file:
            file.write(text)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        when_free(lambda: new.replace(path))
    except OSError:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)
        raise


def read_private(path: Path) -> bytes:
    """The bytes of one of our files. Raises OSError, also for a link in its place."""
    with os.fdopen(os.open(path, os.O_RDONLY | NOT_THROUGH_LINKS), "rb") as file:
        return file.read()


def is_gone(file: IO[Any], path: Path) -> bool:
    """Whether somebody deleted the open file, or moved it away from `path`, as to a waste bin."""
    if os.fstat(file.fileno()).st_nlink == 0:
        return True
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    return False


def made_again(path: Path, make: Callable[[], Made]) -> Made:
    """The result of `make`, which makes the file `path`; its folder is made before. Both are tried
    again if somebody who is deleting the folder removes it in between. Raises OSError."""
    for _ in range(_TRIES):
        with contextlib.suppress(FileNotFoundError, FileExistsError):
            path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
            return make()
    return make()


def is_full(error: OSError) -> bool:
    """Whether there is no room on the disk."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns an OSError into a sentence with the path and a remedy."""
    try:
        yield
    except OSError as error:
        raise RehearseError(
            f"{path} cannot be written: {error.strerror}.",
            "Choose another folder with --home or REHEARSE_HOME, or free some space.",
        ) from error


def readable_by_others(home: Path) -> list[Path]:
    """Our files in `home` that other users of the computer may read. Does not follow links."""
    return [path for path in _all_of(home) if _is_open(path)]


def make_private(home: Path) -> None:
    """Make our files in `home` unreadable for other users; files of somebody else, or that cannot
    be changed, stay as they are."""
    for path in _all_of(home):
        if _is_open(path):
            with contextlib.suppress(OSError):
                path.chmod(FOLDER_MODE if path.is_dir() else FILE_MODE)


def _all_of(home: Path) -> Iterator[Path]:
    """Our files and folders outside closed folders, from the inside out. The home itself comes
    last, if everything in it is ours; in a closed home others can reach nothing."""
    if os.name == "nt" or not _is_open(home):
        return
    try:
        paths = sorted(home.iterdir())
    except OSError:
        return
    for path in paths:
        if path.name not in OURS:
            continue
        if path.is_dir() and _is_open(path):
            for folder, folders, files in os.walk(path, topdown=False):
                yield from (Path(folder, name) for name in files)
                yield from (Path(folder, name) for name in folders)
        yield path
    if paths and all(path.name in OURS for path in paths):
        yield home


def _is_open(path: Path) -> bool:
    """Whether other users have any right to it. A link has no rights of its own."""
    try:
        mode = path.lstat().st_mode
    except OSError:
        return False
    return bool(mode & 0o077) and not stat.S_ISLNK(mode)


def forget_spoken_lines(home: Path) -> None:
    """Empty the voice cache: the manager's lines may contain names from the deleted rehearsal."""
    for pattern in ("*.wav", "*.part"):  # also what a killed program left half written
        for path in (home / "voice-cache").glob(pattern):
            with contextlib.suppress(OSError):
                path.unlink()
