"""`python -m benchmarks.setting_up`: from a clone to the first call.

What `make demo` does, part by part, in a folder that is removed afterwards. It downloads
about 470 MB.
"""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import talks

LARGEST = 8
"""This many wheels are named."""
QUESTION = talks.ROOT / "audio_fixtures" / "d_question_only__piper-joe.flac"


def main() -> None:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    print(f"{talks.machine()}\n\n| part | CPU s | elapsed s |\n|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="rehearse-setting-up-") as folder:
        wheels, environment = Path(folder, "wheels"), Path(folder, "venv")
        lock = str(talks.ROOT / "requirements.lock")
        python = str(environment / "bin" / "python")
        pip = [python, "-m", "pip", "--disable-pip-version-check", "-q"]
        _part("a virtual environment", [sys.executable, "-m", "venv", str(environment)])
        _part(
            "download",
            [*pip, "download", "--no-cache-dir", "--no-deps", "-d", str(wheels), "-r", lock],
        )
        _part(
            "unpack",
            [*pip, "install", "--no-compile", "--no-deps", "--no-index", "-f", str(wheels),
             "-r", lock],
        )  # fmt: skip
        call = [python, "-m", "rehearse", "--home", folder, "call", "--no-sound", "--seed", "1",
                "--candidate", str(QUESTION)]  # fmt: skip
        _part("the first call, until it rings", call, until="Ringing")
        _part("a later call, until it rings", call, until="Ringing")
        _part("a later call, all of it, as fast as possible", call)
        _part("all packages to bytecode (no longer done)", [python, "-m", "compileall", "-qq",
              str(environment / "lib")])  # fmt: skip
        _sizes(wheels)


def _part(name: str, work: list[str], until: str = "") -> None:
    """Run it, or stop it once its output has `until`."""
    began_s, used_s = time.monotonic(), _children_s()
    with subprocess.Popen(
        work, cwd=talks.ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as running:  # fmt: skip
        assert running.stdout is not None
        for line in running.stdout:
            if until and until in line:
                running.kill()
                break
    elapsed_s = time.monotonic() - began_s
    print(f"| {name} | {_children_s() - used_s:.1f} | {elapsed_s:.1f} |", flush=True)


def _children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _sizes(wheels: Path) -> None:
    sizes = {path.name: path.stat().st_size / 1e6 for path in wheels.iterdir()}
    largest = sorted(sizes, key=lambda name: -sizes[name])[:LARGEST]
    print(f"\n| wheel ({len(sizes)} together: {sum(sizes.values()):.0f} MB) | MB |\n|---|---|")
    for name in largest:
        print(f"| {re.split('-[0-9]', name)[0]} | {sizes[name]:.0f} |")


if __name__ == "__main__":
    main()
