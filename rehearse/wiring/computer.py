"""Computer: where things are kept, and what is installed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rehearse.report.machine_report import Machine

if TYPE_CHECKING:
    from rehearse.engines.licences.parts import Part


def default_home() -> Path:
    """Where rehearsals are kept unless --home or REHEARSE_HOME says otherwise."""
    import platformdirs

    return platformdirs.user_data_path("rehearse", appauthor=False)


def this_machine() -> Machine:
    """System, versions and number of sound devices, without names."""
    from rehearse.engines import this_machine as machine

    return machine.this_machine()


def licensed_parts() -> list[Part]:
    """What the program is made of, with licences."""
    from rehearse.engines.licences.parts import parts

    return parts()


def write_shortcut(home: Path | None, icon: Path) -> list[Path]:
    """An icon that opens the pages. Raises RehearseError."""
    from rehearse.engines import shortcut

    return shortcut.write_shortcut(home, icon)
