"""Smoke test: the archive, unpacked and used like an installed program.

    python -m app.smoke ARCHIVE [--root FOLDER] [--only CHECK ...]

With `--root` (Linux, as root) the app runs inside that root file system, which contains no Python,
and without a network. `python -m app.bare_root FOLDER` makes one. A .deb is installed there, and
removed. Without it the app runs with an empty environment. The browser is always this machine's.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from app.bare_root import enter, remove_package, unpack
from app.browse import hold_a_call
from app.build import megabytes
from app.programs import Program, bundled, installed
from app.speak import on_a_sound_card, on_the_page
from app.visit import Visitor
from app.windows import remove

ROOT = Path(__file__).parent.parent
FIXTURES = ROOT / "audio_fixtures"
FORMATS = ("wav", "mp3", "m4a", "ogg", "webm")
CHECKS = (
    "version", "page", "browser", "spoken", "ringing", "licences", "call", "drill", "score",
    "whole_class", "recovery",
)  # fmt: skip
ON_REQUEST = ("sound_card",)
"""Needs PortAudio and PulseAudio, which a root without Python does not have."""
CALL = ("call", "--no-sound", "--no-sheet", "--seed", "7", "--candidate")
IN_TIME_S = {"to the page": 3.0, "to ringing": 6.0}
"""What a person waits for at most, on two cores (issue 24)."""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("archive", type=Path)
    options.add_argument("--root", type=Path)
    options.add_argument("--only", nargs="*", default=CHECKS, choices=CHECKS + ON_REQUEST)
    chosen = options.parse_args()
    if chosen.root is not None and not os.environ.get("REHEARSE_SMOKE_INSIDE"):
        enter([sys.executable, "-m", "app.smoke", *sys.argv[1:]])
    with tempfile.TemporaryDirectory(prefix="rehearse-smoke-") as scratch:
        place = Path(chosen.root or scratch).absolute() / "smoke"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        try:
            program = unpack(chosen.archive, place, chosen.root)
            print(f"{megabytes(chosen.archive):6.0f} MB  {chosen.archive.name}")
            print(f"{megabytes(_all_of(program)):6.0f} MB  unpacked", flush=True)
            app = bundled(program, place / "home", chosen.root)
            here = installed(Path(scratch, "home"))
            smoke = Smoke(app, here, _talks(place / "talks"))
            failed = smoke.run(chosen.only)
            if chosen.archive.suffix == ".deb":
                remove_package(chosen.root)
                assert list(app.home.glob("rehearsals/*")), "the rehearsals went with the package"
                print("removed; the rehearsals are kept")
            if chosen.archive.suffix == ".exe":
                remove(program)
        finally:
            shutil.rmtree(place, ignore_errors=True)
    sys.exit(f"{failed} failed" if failed else None)


class Smoke:
    """What somebody does with the app `app`; `here` is the program installed on this machine."""

    def __init__(self, app: Program, here: Program, talks: Path) -> None:
        self.app, self.here, self.talks = app, here, talks

    def run(self, checks: Iterable[str]) -> int:
        """Print each check with its time. Returns how many failed."""
        failed = 0
        for check in checks:
            began_s = time.monotonic()
            try:
                said = getattr(self, check)()
            except AssertionError as problem:
                failed, said = failed + 1, f"FAILED: {problem}"
            print(f"{time.monotonic() - began_s:6.1f} s  {check}: {said}", flush=True)
        return failed

    def version(self) -> str:
        return self.app.run("--version").strip()

    def page(self) -> str:
        """The page opens, says what it is made of, shows that a second one exists, and quits."""
        began_s = time.monotonic()
        with self.app.start("review", "--no-browser") as process:
            visitor = Visitor(_address(process))
            home = visitor.get("/")
            to_page_s = time.monotonic() - began_s
            assert "Quit rehearse" in home
            for path, words in (("/about", "GNU General Public"), ("/check", "microphone")):
                assert words in visitor.get(path), path
            again = self.app.run("review", "--no-browser")
            assert "Ctrl-C" not in again, "a second server was started"
            visitor.quit()
            assert process.wait(timeout=60) == 0
        return _within("to the page", to_page_s)

    def browser(self) -> str:
        """A typed call on the page, in Chromium."""
        with self.app.start("review", "--no-browser") as process:
            try:
                verdict = hold_a_call(_address(process))
            finally:
                process.terminate()
        assert "Critical question: covered" in verdict, verdict
        return "a typed call and its result in Chromium"

    def spoken(self) -> str:
        """A spoken call on the page, through Chromium's microphone, in an app that was opened as by
        a double-click; where it would find a browser, that is left out."""
        began_s = time.monotonic()
        with self.app.start(*([] if self.app.root else ["review", "--no-browser"])) as process:
            try:
                address = _address(process)
                opened_s = time.monotonic() - began_s
                ringing_s, captions, verdict = on_the_page(address, self._question)
            finally:
                process.terminate()
        assert "words transcribed" in captions, captions
        assert "Critical question: covered" in verdict, verdict
        self._question_is_kept()
        ringing = _within("to ringing", opened_s + ringing_s)
        return f"heard and scored, {ringing} without the person's clicks"

    def sound_card(self) -> str:
        """A spoken call in a terminal, over this system's PortAudio."""
        printed = on_a_sound_card(self.app, self._question)
        assert re.search(r"Critical question: +COVERED", printed), printed
        self._question_is_kept()
        return "heard and scored, the manager audible"

    @property
    def _question(self) -> Path:
        return self.talks / "spoken.wav"

    def _question_is_kept(self) -> None:
        kept = json.loads(self.app.run("show", "--json"))
        words = " ".join(_heard_and_scored(kept)["words"])
        assert "contribute to the business" in words, words

    def ringing(self) -> str:
        """The demo call, from its start to the ring; it is held to its end."""
        began_s = time.monotonic()
        ringing_s = None
        with self.app.start("demo") as process:
            assert process.stdout is not None
            printed = ""
            for line in process.stdout:
                printed += line
                if ringing_s is None and "Ringing" in line:
                    ringing_s = time.monotonic() - began_s
            assert process.wait() == 0, printed
        assert ringing_s is not None, printed
        assert len(re.findall(r": +COVERED", printed)) == 2, printed
        return _within("to ringing", ringing_s)

    def licences(self) -> str:
        printed = self.app.run("about", "--licences")
        for words in ("GNU GENERAL PUBLIC LICENSE", "PYTHON SOFTWARE FOUNDATION", "Microsoft Corp"):
            assert words in printed, words
        return f"{len(printed) // 1000} kB of texts"

    def call(self) -> str:
        talk = self.talks.parent / "strong.wav"
        shown = [
            json.loads((program.run(*CALL, program.path(talk)), program.run("show", "--json"))[1])
            for program in (self.app, self.here)
        ]
        mine, theirs = map(_heard_and_scored, shown)
        assert mine == theirs, (mine, theirs)
        return f"{mine['score']} points, words and score as in the installed program"

    def drill(self) -> str:
        talk = self.app.path(self.talks / "d_question_only__piper-joe.flac")
        printed = self.app.run("drill", "question", "--no-sound", "--candidate", talk)
        assert "Round 1." in printed, printed
        return "one round"

    def score(self) -> str:
        files = sorted(self.talks.iterdir())
        mine, theirs = (
            [
                {**json.loads(line), "file": ""}
                for line in program.run("score", "--json", *map(program.path, files)).splitlines()
            ]
            for program in (self.app, self.here)
        )
        assert len(mine) == len(files)
        assert mine == theirs
        return f"{len(files)} files, the same as in the installed program"

    def whole_class(self) -> str:
        folder = self.app.path(self.talks)
        to = self.app.path(self.talks.parent / "class")
        printed = self.app.run("class", folder, "--to", to, "--jobs", "2", "--no-fluency")
        rows = (self.talks.parent / "class" / "results.jsonl").read_text().splitlines()
        assert len(rows) == len(list(self.talks.iterdir())), printed
        return f"{len(rows)} people, in two processes"

    def recovery(self) -> str:
        """A call that is killed is listed, and can be scored."""
        talk = self.app.path(self.talks / "a_strong__piper-joe.flac")
        with self.app.start(*CALL, talk) as process:
            assert process.stdout is not None
            for line in process.stdout:
                if "You:" in line:
                    break
            time.sleep(2.0)
            process.kill()
            process.wait()
        newest = sorted((self.app.home / "rehearsals").iterdir())[-1]
        assert newest.name in self.app.run("list")
        again = self.app.run("score", newest.name)
        assert "Business contribution:" in again, again  # a greeting alone has no score
        return "killed in mid-call, listed and scored"


def _all_of(program: Path) -> Path:
    return next((path for path in program.parents if path.suffix == ".app"), program.parent)


def _within(what: str, taken_s: float) -> str:
    wanted_s = IN_TIME_S[what]
    late = "" if taken_s <= wanted_s else f" (more than the {wanted_s:.0f} s wanted)"
    return f"{taken_s:.1f} s {what}{late}"


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("http://"):
            return line.strip()
    raise AssertionError("the server did not print its address")


def _heard_and_scored(shown: dict[str, Any]) -> dict[str, Any]:
    """What must not depend on how the program was installed; the manager's voice may."""
    return {
        "score": shown["score"],
        "verdicts": shown["verdicts"],
        "met": {name: one.get("met", one.get("count")) for name, one in shown["criteria"].items()},
        "words": [turn["text"] for turn in shown["transcript"] if turn["who"] == "candidate"],
    }


def _talks(folder: Path) -> Path:
    """Two fixtures, one of them in each format, and a typed talk."""
    from rehearse.engines.audio.audio_file import read_audio
    from tests.engines.audio.damaged_files import encode, resampled

    folder.mkdir(parents=True)
    for name in (
        "a_strong__piper-joe.flac", "b_weak__piper-joe.txt", "d_question_only__piper-joe.flac"
    ):  # fmt: skip
        shutil.copy(FIXTURES / name, folder)
    strong = resampled(read_audio(FIXTURES / "a_strong__piper-joe.flac"), 48000)
    encode(folder.parent / "strong.wav", strong, rate_hz=48000)
    samples = resampled(read_audio(FIXTURES / "d_question_only__piper-joe.flac"), 48000)
    for extension in FORMATS:
        encode(folder / f"spoken.{extension}", samples, rate_hz=48000)
    return folder


if __name__ == "__main__":
    main()
