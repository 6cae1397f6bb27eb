"""Deleting: somebody removes a folder at the worst moment."""

from pathlib import Path

import pytest


def removes_once(monkeypatch: pytest.MonkeyPatch, folder: Path) -> list[Path]:
    """Whoever deletes `folder` removes it again right after the program has made it again, once.
    Returns the folders removed so far."""
    make = Path.mkdir
    removed: list[Path] = []

    def made(path: Path, *args: object, **options: object) -> None:
        make(path, *args, **options)  # type: ignore[arg-type]
        if path == folder and not removed:
            path.rmdir()
            removed.append(path)

    monkeypatch.setattr(Path, "mkdir", made)
    return removed
