"""`rehearse shortcut` writes an entry that the desktop's own tools accept and that starts it."""

import configparser
import shlex
from pathlib import Path

from rehearse.engines.shortcut import desktop_entry


def test_the_entry_starts_the_pages_without_a_terminal() -> None:
    text = desktop_entry(["/opt/venv/bin/python", "-m", "rehearse", "review"], Path("/x/icon.svg"))
    parsed = configparser.ConfigParser(interpolation=None)
    parsed.optionxform = str  # type: ignore[assignment,method-assign]
    parsed.read_string(text)
    entry = dict(parsed["Desktop Entry"])
    assert entry["Terminal"] == "false"
    assert entry["Icon"] == "/x/icon.svg"
    assert shlex.split(entry["Exec"]) == ["/opt/venv/bin/python", "-m", "rehearse", "review"]


def test_odd_characters_in_a_folder_stay_what_they_are() -> None:
    """By the Desktop Entry Specification: reserved ones are escaped in quotes, and that escaped."""
    text = desktop_entry(["python", "--home", 'my $50 "home" 100%'], Path("/x/icon.svg"))
    assert 'Exec="python" "--home" "my \\\\$50 \\\\"home\\\\" 100%%"' in text
