"""Shortcut: an icon that opens the pages."""

from __future__ import annotations

import os
import platform
import shlex
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import platformdirs

from rehearse.errors import RehearseError

NAME = "rehearse"
COMMENT = "Practise the call to the hiring manager"


def write_shortcut(home: Path | None, icon: Path) -> list[Path]:
    """Write it for this computer's system and return where it lies. `home`: the folder of the
    rehearsals, None for the usual one; `icon`: an SVG file. Raises RehearseError.
    """
    desktop = platformdirs.user_desktop_path()
    command = [sys.executable, "-m", "rehearse"]
    if home is not None:
        command += ["--home", str(home.absolute())]
    command.append("review")
    try:
        match platform.system():
            case "Windows":
                return [_windows(command, desktop)]
            case "Darwin":
                return [_macos(command, desktop)]
            case _:
                return _linux(command, icon, desktop)
    except OSError as error:
        raise RehearseError(
            f"The shortcut cannot be written: {error}.", "Check that the folder may be written to."
        ) from error


def _linux(command: Sequence[str], icon: Path, desktop: Path) -> list[Path]:
    """An entry in the menu, and one on the desktop where there is one."""
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    text = desktop_entry(command, icon)
    menu = data / "applications" / f"{NAME}.desktop"
    menu.parent.mkdir(parents=True, exist_ok=True)
    written = [menu, *([desktop / f"{NAME}.desktop"] if desktop.is_dir() else [])]
    for path in written:
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)
    return written


def desktop_entry(command: Sequence[str], icon: Path) -> str:
    """The text of a `.desktop` file (freedesktop.org Desktop Entry Specification 1.5)."""
    return (
        "[Desktop Entry]\nType=Application\nVersion=1.5\n"
        f"Name={NAME}\nComment={COMMENT}\n"
        f"Exec={' '.join(map(_quoted, command))}\nIcon={icon}\n"
        "Terminal=false\nCategories=Education;\n"
    )


def _quoted(argument: str) -> str:
    """In double quotes; what the specification reserves inside them is escaped, twice over where a
    string of the file escapes it again."""
    for reserved in ("\\", '"', "`", "$"):
        argument = argument.replace(reserved, "\\" + reserved)
    return '"' + argument.replace("\\", "\\\\").replace("%", "%%") + '"'


def _macos(command: Sequence[str], desktop: Path) -> Path:
    path = desktop / f"{NAME}.command"
    path.write_text(f"#!/bin/sh\nexec {shlex.join(command)}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def _windows(command: Sequence[str], desktop: Path) -> Path:
    """A .lnk file, which only Windows itself can write; pythonw.exe opens no window of its own."""
    path = desktop / f"{NAME}.lnk"
    program = Path(command[0])
    quiet = program.with_name("pythonw.exe")
    target = quiet if quiet.is_file() else program
    script = (
        "$s = (New-Object -ComObject WScript.Shell).CreateShortcut($env:SHORTCUT_PATH); "
        "$s.TargetPath = $env:SHORTCUT_TARGET; $s.Arguments = $env:SHORTCUT_ARGUMENTS; "
        "$s.Description = $env:SHORTCUT_COMMENT; $s.Save()"
    )
    subprocess.run(
        ["powershell", "-NoProfile", "-NonInteractive", "-Command", script],
        env={
            **os.environ,
            "SHORTCUT_PATH": str(path),
            "SHORTCUT_TARGET": str(target),
            "SHORTCUT_ARGUMENTS": subprocess.list2cmdline(command[1:]),
            "SHORTCUT_COMMENT": COMMENT,
        },
        check=False,
        capture_output=True,
    )
    if not path.is_file():
        raise RehearseError(
            "Windows did not write the shortcut.",
            f"Start it with: {subprocess.list2cmdline(command)}",
        )
    return path
