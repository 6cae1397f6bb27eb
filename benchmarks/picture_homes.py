"""Picture homes: what the pages show in pictures."""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
FIXTURES = ROOT / "audio_fixtures"
MANY = 60
SHEET = """manager = "Dana Keller"
company = "Northwind"
job = "Operations lead"
phone = "030 123 45 67"
business = "getting customers onboarded faster"
question = "How do you expect this job to add to your results this year?"
[[ways]]
action = "cut the time to onboard a warehouse customer"
touches = "so that revenue starts sooner"
[[ways]]
action = "sort complaints by what they cost"
touches = "refunds"
"""
HELD = (
    ("silent__room", "friendly"),
    ("b_weak__piper-joe", "friendly"),
    ("d_question_only__piper-joe", "friendly"),
    ("c_contribution_only__piper-joe", "busy"),
    ("a_strong__piper-joe", "friendly"),
    ("a_strong__piper-joe", "busy"),
)
"""The calls of the history: the recording, and who answers."""
LEARNING = (0, 1, 1, 2, 1, 2, 3, 2, 3, 4, 2, 3, 5, 4, 2, 5, 3, 4, 5, 4)
"""Which of HELD the history consists of, each three times: somebody who gets better."""
LAST = (3, 0, 2, 4)
"""The newest calls; the pages of the last three are looked at."""


def homes(folder: Path, given: Path | None) -> dict[str, Path]:
    """Homes with no, one and many rehearsals: copies of real ones, or of those in `given`."""
    made = {name: folder / name for name in ("empty", "one", "many")}
    for home in made.values():
        (home / "sheets").mkdir(parents=True)
        (home / "rehearsals").mkdir()
    real = given or _held(folder / "real")
    for name in ("one", "many"):
        (made[name] / "sheets" / "northwind.toml").write_text(SHEET)
    originals = sorted(path for path in real.iterdir() if (path / "rehearsal.json").is_file())
    _copy(originals[-2:][0], made["one"], datetime.datetime(2026, 11, 20, 18, 30), 1)
    for number in range(MANY):
        at = datetime.datetime(2026, 9, 1, 18, 30) + datetime.timedelta(days=number)
        _copy(_original(originals, number), made["many"], at, number + 1)
    broken = made["many"] / "rehearsals" / "20261201-183000"
    shutil.copytree(made["many"] / "rehearsals" / "20260901-183000", broken)
    kept = json.loads((broken / "rehearsal.json").read_text())
    gone = dict.fromkeys(("transcript", "scorecard", "delivery", "coaching", "sheet_match"))
    began = datetime.datetime(2026, 12, 1, 18, 30).isoformat()
    changed = {"id": broken.name, "started_at": began, "number": MANY + 1}
    (broken / "rehearsal.json").write_text(json.dumps(kept | gone | changed))
    return made


def _original(originals: list[Path], number: int) -> Path:
    """The rehearsal of which number `number` of the history is a copy."""
    left = MANY - 1 - number
    earlier = LEARNING[number * len(LEARNING) // MANY]
    chosen = LAST[-1 - left] if left < len(LAST) else earlier
    return originals[chosen % len(originals)]


def _held(home: Path) -> Path:
    (home / "sheets").mkdir(parents=True)
    (home / "sheets" / "northwind.toml").write_text(SHEET)
    for clip, scenario in HELD:
        recording = FIXTURES / f"{clip}.flac"
        subprocess.run(
            command(home, "call", "--candidate", str(recording), "--no-sound", "--seed", "2",
                    "--scenario", scenario),
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
    return home / "rehearsals"


def _copy(original: Path, home: Path, at: datetime.datetime, number: int) -> None:
    folder = home / "rehearsals" / f"{at:%Y%m%d-%H%M%S}"
    shutil.copytree(original, folder)
    kept = json.loads((folder / "rehearsal.json").read_text())
    changed = {"id": folder.name, "started_at": at.isoformat(), "number": number}
    (folder / "rehearsal.json").write_text(json.dumps(kept | changed))


def states(name: str, home: Path) -> Iterator[tuple[str, str, str]]:
    """Name, address, and what is pressed first (the text of a summary, "" for nothing)."""
    yield f"home-{name}", "/", ""
    yield f"progress-{name}", "/trends", ""
    if name == "empty":
        yield "sheets-empty", "/sheets", ""
        yield "first-evening-good", "/first-evening/good", ""
        yield "voice-check", "/voice-check", ""
        yield "handset", "/handset", ""
        return
    ids = sorted(path.name for path in (home / "rehearsals").iterdir())
    if name == "one":
        yield "result-first", f"/rehearsals/{ids[-1]}", ""
        return
    yield "home-more", "/", "More: hold to talk"
    yield "home-find", "/?verdict=both", ""
    yield "home-none-found", "/?q=nobody", ""
    yield "home-last-page", "/?page=2", ""
    for number, label in enumerate(("a", "b", "c")):
        yield f"result-{label}", f"/rehearsals/{ids[-2 - number]}", ""
    yield "result-open", f"/rehearsals/{ids[-2]}", "Your words, and the points"
    yield "result-broken-off", f"/rehearsals/{ids[-1]}", ""
    yield "compare", f"/compare?id={ids[-3]}&id={ids[-2]}", ""
    for path in ("sheets", "sheets/northwind", "new-sheet", "drill", "drill/question", "check"):
        yield path.replace("/", "-"), f"/{path}", ""
    yield "call-card", "/sheets/northwind/card", ""
    yield "examples", "/examples?q=nurse", ""
    yield "scenarios", "/scenarios", ""
    yield "about", "/about", ""
    yield "help", "/help", ""
    yield "quit", "/quit", ""
    yield "delete", f"/rehearsals/{ids[-2]}/delete", ""
    yield "delete-sheet", "/sheets/northwind/delete", ""
    yield "error", "/nowhere", ""


class Server:
    """A running `rehearse review`."""

    def __init__(self, home: Path) -> None:
        self._contact = json.loads((home / "review.json").read_text())
        self.base = f"http://127.0.0.1:{self._contact['port']}"

    def address(self) -> str:
        request = urllib.request.Request(
            f"{self.base}/another",
            method="POST",
            headers={"Authorization": f"Bearer {self._contact['key']}"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return str(answer.read().decode())


@contextlib.contextmanager
def serving(home: Path) -> Iterator[Server]:
    """The program, on `home`."""
    process = subprocess.Popen(
        command(home, "review", "--no-browser"),
        env={**os.environ, "PYTHONUNBUFFERED": "1"}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        while "Ctrl-C" not in (line := process.stdout.readline()):
            if not line:
                raise SystemExit("The program did not start.")
        yield Server(home)
    finally:
        process.terminate()
        process.wait(timeout=60)


def class_page(folder: Path) -> Path:
    """The page of a class made of the recordings of this repository."""
    made = folder / "class"
    subprocess.run(
        command(folder / "class-home", "class", str(FIXTURES), "--to", str(made)),
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    return next(path for path in made.glob("*.html"))


def command(home: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "rehearse", "--home", str(home), *arguments]
