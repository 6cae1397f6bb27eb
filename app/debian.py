"""Debian package: installs the bundle with an icon in the menu."""

from __future__ import annotations

import platform
import shutil
import subprocess
from pathlib import Path

from rehearse import __version__
from rehearse.engines.shortcut import COMMENT, NAME, desktop_entry

INSIDE = Path("/opt/rehearse")


def package(folder: Path, to: Path, *, quick: bool = False) -> Path:
    """Packs the bundle `folder` as a .deb in `to`; `quick`: without compression.

    Rehearsals lie in the person's own folder, so removing the package keeps them.
    """
    machine = subprocess.run(
        ["dpkg", "--print-architecture"], capture_output=True, text=True, check=True
    ).stdout.strip()
    tree = to / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    target = tree / INSIDE.relative_to("/")
    target.parent.mkdir(parents=True)
    subprocess.run(["cp", "--archive", "--link", str(folder), str(target)], check=True)
    entry = tree / "usr" / "share" / "applications" / f"{NAME}.desktop"
    entry.parent.mkdir(parents=True)
    entry.write_text(desktop_entry([str(INSIDE / NAME)], INSIDE / "icon.svg"), encoding="utf-8")
    command = tree / "usr" / "bin" / NAME
    command.parent.mkdir(parents=True)
    command.symlink_to(INSIDE / NAME)
    control = tree / "DEBIAN" / "control"
    control.parent.mkdir()
    control.write_text(
        f"Package: {NAME}\nVersion: {__version__}\nArchitecture: {machine}\n"
        "Maintainer: rehearse <rehearse@localhost>\nSection: education\nPriority: optional\n"
        f"Depends: libc6 (>= {platform.libc_ver()[1]})\n"
        "Recommends: xdg-utils\nSuggests: libportaudio2\n"
        f"Description: {COMMENT}\n A call with a simulated manager, on this computer only.\n",
        encoding="utf-8",
    )
    path = to / f"{NAME}_{__version__}_{machine}.deb"
    subprocess.run(
        [
            "dpkg-deb",
            "--root-owner-group",
            "-Znone" if quick else "-Zxz",
            "--build",
            str(tree),
            str(path),
        ],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    shutil.rmtree(tree)
    return path
