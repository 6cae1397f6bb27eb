"""Build: the bundle, its archive and its package, for this computer's system.

    python -m app.build [--to FOLDER] [--quick]

`--quick`: the archive and the package are larger, and made in seconds.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import time
from pathlib import Path

from app.windows import compiler, installer
from rehearse import __version__

ROOT = Path(__file__).parent.parent
# Half of the bundle is machine code, which xz packs better when jump addresses are rewritten first.
# Blocks are packed by all cores, and unpacked by all where xz is 5.4 or newer.
_CODE = "--x86" if platform.machine() in ("x86_64", "AMD64") else ""
XZ = f"xz --threads=0 --block-size=128MiB {_CODE} --lzma2=preset=6,dict=64MiB"
NAME = f"rehearse-{__version__}-{platform.system().lower()}-{platform.machine().lower()}"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--to", type=Path, default=ROOT / "dist")
    options.add_argument("--quick", action="store_true")
    chosen = options.parse_args()
    began_s = time.monotonic()
    to: Path = chosen.to.absolute()
    folder = bundle(to)
    made = [archive(folder, to, quick=chosen.quick)]
    if shutil.which("dpkg-deb"):
        from app.debian import package

        made.append(package(folder, to, quick=chosen.quick))
    if sys.platform == "win32" and compiler():
        made.append(installer(folder, to, f"{NAME}-setup"))
    print(f"built in {(time.monotonic() - began_s) / 60:.1f} min")
    for path in made:
        print(f"{megabytes(path):7.0f} MB  {path}")
    print(f"{megabytes(folder):7.0f} MB  {folder}, unpacked")


def bundle(to: Path) -> Path:
    """Run PyInstaller; returns the folder of the program."""
    subprocess.run(
        [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN",
         "--distpath", str(to), "--workpath", str(ROOT / "build" / "app"),
         str(ROOT / "app" / "rehearse.spec")],
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    if sys.platform == "darwin":
        return to / "rehearse.app"
    folder = to / "rehearse"
    if sys.platform == "linux":
        shutil.copy(ROOT / "rehearse" / "web" / "static" / "icon.svg", folder)
        inside = folder / "_internal"
        for library in (
            # Not all: libraries that auditwheel has patched can break.
            *inside.glob("torch/lib/*.so*"), *inside.glob("libpython*"),
            *inside.glob("python3.*/lib-dynload/*.so"),
        ):  # fmt: skip
            subprocess.run(["strip", "--strip-unneeded", str(library)], check=True)
    return folder


def archive(folder: Path, to: Path, *, quick: bool) -> Path:
    """What people download: .tar.xz, .dmg or .zip; quick, a .tar.zst."""
    made = to / NAME
    if sys.platform == "darwin":
        path = made.with_name(f"{NAME}.dmg")
        subprocess.run(
            ["hdiutil", "create", "-ov", "-volname", "rehearse", "-format", "UDZO",
             "-srcfolder", str(window(folder, to)), str(path)],
            check=True,
        )  # fmt: skip
        shutil.rmtree(to / "dmg")
        return path
    if sys.platform == "win32":
        return Path(shutil.make_archive(str(made), "zip", folder.parent, folder.name))
    for old in to.glob(f"{NAME}.tar.*"):
        old.unlink()
    path = made.with_name(f"{NAME}.tar.{'zst' if quick else 'xz'}")
    subprocess.run(
        ["tar", "--create", "--file", str(path), "--directory", str(to), "--owner=0", "--group=0",
         "--sort=name", f"--use-compress-program={'zstd -3' if quick else XZ}", folder.name],
        check=True,
    )  # fmt: skip
    return path


def window(app: Path, to: Path) -> Path:
    """A folder with what the opened .dmg shows: the app, and where to drag it."""
    shown = to / "dmg"
    shutil.rmtree(shown, ignore_errors=True)
    shutil.copytree(app, shown / app.name, symlinks=True)
    (shown / "Applications").symlink_to("/Applications")
    return shown


def megabytes(path: Path) -> float:
    """The size of a file, or of all files in a folder; links count nothing."""
    files = [path] if path.is_file() else [p for p in path.rglob("*") if not p.is_symlink()]
    return sum(file.stat().st_size for file in files if file.is_file()) / 1e6


if __name__ == "__main__":
    main()
