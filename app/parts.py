"""Parts: the Python packages that the bundle contains."""

from __future__ import annotations

import importlib.metadata
import platform
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path

from rehearse.engines.licences.parts import is_licence, needed_packages


def distributions() -> list[str]:
    """The names of rehearse and everything it needs here."""
    return [distribution.name for distribution in needed_packages()]


def unlisted(modules: Iterable[str]) -> set[str]:
    """The packages among these modules that nobody asks for, whose licence is not shown."""
    listed = {name.casefold() for name in distributions()}
    owners = importlib.metadata.packages_distributions()
    return {
        top
        for top in {module.partition(".")[0] for module in modules}
        if top in owners and not {owner.casefold() for owner in owners[top]} & listed
    }


def packaged_licences() -> list[tuple[str, str]]:
    """(file, folder in the bundle) of the licence texts that lie among a package's modules; the
    others come with its metadata."""
    return [
        (str(distribution.locate_file(file)), str(Path(file).parent))
        for distribution in needed_packages()
        for file in distribution.files or []
        if is_licence(file.name) and len(file.parts) > 1 and not file.parts[0].endswith("-info")
    ]


def other_language(path: str) -> bool:
    """Whether a file of eSpeak NG serves only a language in which no call is held."""
    _, espeak, inside = path.replace("\\", "/").partition("espeak-ng-data/")
    if not espeak:
        return False
    if inside.startswith("lang/"):
        return not inside.startswith("lang/gmw/en")
    return inside.endswith("_dict") and inside != "en_dict"


def of_the_system(library: str, platform: str) -> bool:
    """Whether the person's own system must give it. On Linux libmvec belongs to the C library, and
    ALSA must find its plug-ins; elsewhere sounddevice brings its own libportaudio."""
    return platform == "linux" and Path(library).name.startswith(
        ("libasound.", "libdb-", "libjack.", "libmvec.", "libportaudio.")
    )


def system_licences(libraries: Iterable[Path]) -> list[tuple[str, str]]:
    """(file, name) of the licence of Python and of every Debian package that a library is from."""
    found = {f"Python {platform.python_version()}": _python_licence()}
    if shutil.which("dpkg-query"):
        # A library is listed where its package puts it, which may be a link to where it lies.
        paths = [
            str(path)
            for library in libraries
            for path in (library, Path("/usr", *library.parts[1:]), Path("/", *library.parts[2:]))
        ]
        asked = subprocess.run(  # once: each question reads the list of all files
            ["dpkg-query", "--search", *paths], capture_output=True, text=True, check=False
        )
        for line in asked.stdout.splitlines():
            package = line.partition(":")[0]
            copyright_file = Path("/usr/share/doc", package, "copyright")
            if copyright_file.is_file():
                found[f"{package} (Debian)"] = copyright_file
    return [(str(path), name) for name, path in found.items() if path.is_file()]


def _python_licence() -> Path:
    places = (Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix))
    return next((p / "LICENSE.txt" for p in places if (p / "LICENSE.txt").is_file()), Path())
