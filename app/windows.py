"""Windows installer: made with Inno Setup from app/installer.iss."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from rehearse import __version__

SCRIPT = Path(__file__).with_name("installer.iss")
_USUAL = Path("C:/Program Files (x86)/Inno Setup 6/ISCC.exe")


def compiler() -> str | None:
    """Inno Setup's compiler, where it is installed."""
    return shutil.which("iscc") or (str(_USUAL) if _USUAL.exists() else None)


def installer(folder: Path, to: Path, name: str) -> Path:
    """Packs the bundle `folder` as the installer `to`/`name`.exe."""
    program = compiler()
    assert program is not None, "Inno Setup is not installed"
    subprocess.run(command(program, folder, to, name), check=True)
    return to / f"{name}.exe"


def command(program: str, folder: Path, to: Path, name: str) -> list[str]:
    """The compiler's command line: what the script leaves open, and where the result goes."""
    return [program, "/Qp", f"/DVersion={__version__}", f"/DFolder={folder}", f"/O{to}",
            f"/F{name}", str(SCRIPT)]  # fmt: skip


def install(setup: Path, place: Path) -> Path:
    """Install for this person without asking; returns the program."""
    folder = place / "rehearse"
    _silently(setup, f"/DIR={folder}")
    return folder / "rehearse.exe"


def remove(program: Path) -> None:
    """Remove it as Windows' settings would. Raises AssertionError if the program stays."""
    _silently(program.with_name("unins000.exe"))
    assert not program.exists(), program


def _silently(program: Path, *more: str) -> None:
    subprocess.run([program, "/VERYSILENT", "/SUPPRESSMSGBOXES", "/NORESTART", *more], check=True)
