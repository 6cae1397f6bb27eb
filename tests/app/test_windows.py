"""The Windows installer's script, as far as it can be checked without Inno Setup."""

import re
from pathlib import Path

from app.windows import SCRIPT, command

ROOT = Path(__file__).parent.parent.parent


def test_every_name_that_the_script_uses_is_defined_on_the_command_line() -> None:
    used = set(re.findall(r"\{#(\w+)\}", SCRIPT.read_text(encoding="utf-8")))
    line = command("iscc", Path("dist/rehearse"), Path("dist"), "rehearse-setup")
    defined = {part[2:].partition("=")[0] for part in line if part.startswith("/D")}
    assert used == defined


def test_it_starts_the_program_that_the_recipe_builds_and_waits_for_its_mutex() -> None:
    script = SCRIPT.read_text(encoding="utf-8")
    assert set(re.findall(r"(\w+)\.exe", script)) == {"rehearse"}
    assert 'name="rehearse"' in (ROOT / "app" / "rehearse.spec").read_text(encoding="utf-8")
    mutex = re.search(r"^AppMutex=(\S+)$", script, re.MULTILINE)
    assert mutex is not None
    assert f'"{mutex[1]}"' in (ROOT / "app" / "entry.py").read_text(encoding="utf-8")
