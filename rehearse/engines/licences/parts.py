"""Parts: what rehearse is made of, and their licences."""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TEXTS = Path(__file__).with_name("texts")
_LICENCE_FILE = re.compile(r"licen[cs]e|copying|notice|authors", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """A library, program or model. `files`: its licence texts; empty if it has none of its own."""

    name: str
    version: str
    licence: str
    files: tuple[Path, ...]
    source: str = ""
    """Where its source code is, "" if the package registry names it."""

    def text(self) -> str:
        """All its licence texts, one after the other."""
        return "\n\n".join(
            file.read_text(encoding="utf-8", errors="replace").strip() for file in self.files
        )


def _inside(name: str, licence: str, texts: tuple[str, ...], source: str) -> Part:
    return Part(name, "", licence, tuple(TEXTS / f"{text}.txt" for text in texts), source)


INSIDE = (
    _inside("eSpeak NG (the voice, on Linux)", "GPL-3.0-or-later", ("GPL-3",),
            "https://github.com/espeak-ng/espeak-ng"),
    _inside("FFmpeg (in av)", "LGPL-3.0-or-later", ("LGPL-3", "GPL-3"), "https://ffmpeg.org"),
    _inside("x264 (in av)", "GPL-2.0-or-later", ("GPL-2",),
            "https://code.videolan.org/videolan/x264"),
    _inside("x265 (in av)", "GPL-2.0-or-later", ("GPL-2",),
            "https://bitbucket.org/multicoreware/x265_git"),
    _inside("LAME, GnuTLS, libunistring, Nettle and GMP (in av)",
            "LGPL-2.1-or-later, LGPL-3.0-or-later", ("LGPL-2.1", "LGPL-3"), "https://github.com/PyAV-Org/pyav-ffmpeg"),
    _inside("libsndfile (in soundfile)", "LGPL-2.1-or-later", ("LGPL-2.1",),
            "https://github.com/libsndfile/libsndfile"),
    _inside("all-MiniLM-L6-v2 (model weights)", "Apache-2.0", ("Apache-2.0",),
            "https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2"),
)  # fmt: skip
"""Parts that packages contain and whose licence texts they leave out."""
_NEVER_LOADED = frozenset(
    {"llvmlite", "mpmath", "networkx", "numba", "scipy", "sentence-transformers", "setuptools",
     "sympy", "triton"}
)  # fmt: skip


def parts() -> list[Part]:
    """rehearse, the packages that it needs on this computer, and what lies inside them."""
    packages = [_part(distribution) for distribution in needed_packages()]
    named = {path for part in INSIDE for path in part.files}
    others = [
        Part(path.stem, "", "see its text", (path,))
        for path in sorted(TEXTS.glob("*.txt"))
        if path not in named
    ]
    return [*packages, *INSIDE, *others]


def needed_packages() -> Iterator[importlib.metadata.Distribution]:
    """rehearse and, each once, the installed packages that it and they ask for."""
    from packaging.requirements import Requirement

    found: set[str] = set()
    waiting = ["rehearse"]
    while waiting:
        wanted = _folded(waiting.pop(0))
        if wanted in found or wanted in _NEVER_LOADED:
            continue
        found.add(wanted)
        try:
            distribution = importlib.metadata.distribution(wanted)
        except importlib.metadata.PackageNotFoundError:
            continue  # for another system
        yield distribution
        for requirement in sorted(distribution.requires or [], key=str.casefold):
            asked = Requirement(requirement)
            if asked.marker is None or asked.marker.evaluate({"extra": ""}):
                waiting.append(asked.name)


def _part(distribution: importlib.metadata.Distribution) -> Part:
    files = [
        Path(str(distribution.locate_file(file)))
        for file in distribution.files or []
        if is_licence(file.name)
    ]
    return Part(
        distribution.name, distribution.version, _licence(distribution),
        tuple(file for file in files if file.is_file()),
    )  # fmt: skip


def is_licence(name: str) -> bool:
    """Whether a file of this name contains a licence, or the names of those who gave it."""
    return bool(_LICENCE_FILE.search(name)) and not name.endswith((".py", ".pyc"))


def _licence(distribution: importlib.metadata.Distribution) -> str:
    """Its licence in a few words; "see its text" if the package does not say."""
    data = distribution.metadata.json
    expression = str(data.get("license_expression") or data.get("license") or "")
    classified = [
        line.rpartition(" :: ")[2]
        for line in data.get("classifier", [])
        if line.startswith("License :: ")
    ]
    return expression.split("\n")[0].strip() or ", ".join(classified) or "see its text"


def _folded(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).casefold()
