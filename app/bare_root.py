"""Bare root: a root file system without Python, and no network.

python -m app.bare_root FOLDER    # Debian's smallest system; needs debootstrap, as root
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

from app.windows import install

_LOOPBACK_UP = (
    "import fcntl, socket, struct; s = socket.socket(); "
    "fcntl.ioctl(s, 0x8914, struct.pack('16sh', b'lo', 1))"  # SIOCSIFFLAGS, IFF_UP
)


def make(folder: Path) -> None:
    """Debian's `minbase`: a C library, a shell and apt."""
    if not (folder / "bin" / "sh").exists():
        subprocess.run(["debootstrap", "--variant=minbase", "bookworm", str(folder)], check=True)
    pythons = list((folder / "usr" / "bin").glob("python*"))
    assert not pythons, pythons


def enter(command: list[str]) -> NoReturn:
    """Replace this process by `command` in namespaces of its own: no network but this computer
    itself, and mounts that end with it."""
    root = Path(command[command.index("--root") + 1]).absolute()
    make(root)
    script = (
        f'"$0" -c "{_LOOPBACK_UP}"; mount -t proc proc "$ROOT/proc"; '
        'mount --rbind /dev "$ROOT/dev"; exec "$0" "$@"'
    )
    os.environ.update(REHEARSE_SMOKE_INSIDE="1", ROOT=str(root))
    os.execvp("unshare", ["unshare", "--net", "--mount", "sh", "-ec", script, *command])


def unpack(archive: Path, place: Path, root: Path | None = None) -> Path:
    """Unpack what people download, or install it (a .deb in `root`); returns the program in it."""
    if archive.suffix == ".deb":
        assert root is not None, "a .deb is installed in a root: name it with --root"
        shutil.copy(archive, place)
        _dpkg(root, "--install", f"/{place.relative_to(root.absolute())}/{archive.name}")
        return root / "opt" / "rehearse" / "rehearse"
    if archive.suffix == ".dmg":
        subprocess.run(["hdiutil", "attach", "-mountpoint", str(place / "dmg"), str(archive)],
                       check=True)  # fmt: skip
        shutil.copytree(place / "dmg" / "rehearse.app", place / "rehearse.app", symlinks=True)
        subprocess.run(["hdiutil", "detach", str(place / "dmg")], check=True)
        return place / "rehearse.app" / "Contents" / "MacOS" / "rehearse"
    if archive.suffix == ".exe":
        return install(archive, place)
    if archive.suffix == ".zip":
        shutil.unpack_archive(archive, place)
        return place / "rehearse" / "rehearse.exe"
    subprocess.run(["tar", "--extract", "--file", str(archive), "--directory", str(place)],
                   check=True)  # fmt: skip
    return place / "rehearse" / "rehearse"


def remove_package(root: Path) -> None:
    """Remove the .deb as its user would. Raises AssertionError if something stays behind."""
    _dpkg(root, "--remove", "rehearse")
    for left in ("opt/rehearse", "usr/bin/rehearse", "usr/share/applications/rehearse.desktop"):
        assert not os.path.lexists(root / left), left


def _dpkg(root: Path, *arguments: str) -> None:
    subprocess.run(["/usr/sbin/chroot", str(root), "dpkg", *arguments], check=True,
                   stdout=subprocess.DEVNULL)  # fmt: skip


if __name__ == "__main__":
    make(Path(sys.argv[1]))
