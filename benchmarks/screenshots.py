"""`python -m benchmarks.screenshots`: every page, as a contact sheet.

Starts the program on homes with no, one and many rehearsals (copies of real ones: of two calls held
from recordings, or of those in --rehearsals), opens each page in Chromium at 1280 and 390 px, light
and dark, holds a typed call, and writes build/screenshots/contact-sheet.png. `--docs` writes the
pictures of docs/images too.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import jinja2
import markupsafe
from playwright.sync_api import Browser, Page, sync_playwright

from rehearse.web.site import HERE, STATIC, STYLES

ROOT = Path(__file__).parents[1]
FIXTURES = ROOT / "audio_fixtures"
CHROMIUM = "/usr/bin/chromium"
LOOKS = [(1280, 800, "light"), (1280, 800, "dark"), (390, 844, "light"), (390, 844, "dark")]
MANY = 60
SHEET = """manager = "Dana Keller"
company = "Northwind"
job = "Operations lead"
business = "getting customers onboarded faster"
question = "How do you expect this job to add to your results this year?"
[[ways]]
action = "cut the time to onboard a warehouse customer"
touches = "revenue starts sooner"
[[ways]]
action = "sort complaints by what they cost"
touches = "refunds"
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.screenshots")
    parser.add_argument("--rehearsals", type=Path, metavar="FOLDER", help="A rehearsals folder.")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "screenshots")
    parser.add_argument("--docs", action="store_true", help="Write docs/images as well.")
    options = parser.parse_args()
    shutil.rmtree(options.out, ignore_errors=True)
    options.out.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        camera = Camera(browser, options.out)
        homes = _homes(Path(folder), options.rehearsals)
        for name, home in homes.items():
            with _serving(home) as server, camera.looking_at(server) as page:
                for state, path, press in _states(name, home):
                    camera.take(page, state, server.base + path, press)
                if name == "many":
                    _a_call(camera, page, server.base)
        camera.components()
        camera.contact_sheet()
        if options.docs:
            camera.for_the_docs(ROOT / "docs" / "images")
        browser.close()
    print(f"{len(camera.taken)} pictures, and all of them: {options.out / 'contact-sheet.png'}")


def _homes(folder: Path, given: Path | None) -> dict[str, Path]:
    homes = {name: folder / name for name in ("empty", "one", "many")}
    for home in homes.values():
        (home / "sheets").mkdir(parents=True)
        (home / "rehearsals").mkdir()
    real = given or _held(folder / "real")
    for name in ("one", "many"):
        (homes[name] / "sheets" / "northwind.toml").write_text(SHEET)
    originals = sorted(path for path in real.iterdir() if (path / "rehearsal.json").is_file())
    _copy(originals[-1], homes["one"], datetime.datetime(2026, 11, 20, 18, 30))
    for number in range(MANY):
        at = datetime.datetime(2026, 9, 1, 18, 30) + datetime.timedelta(days=number)
        _copy(originals[number % len(originals)], homes["many"], at)
    broken = homes["many"] / "rehearsals" / "20261201-183000"
    shutil.copytree(homes["many"] / "rehearsals" / "20260901-183000", broken)
    kept = json.loads((broken / "rehearsal.json").read_text())
    gone = dict.fromkeys(("transcript", "scorecard", "delivery", "coaching", "sheet_match"))
    (broken / "rehearsal.json").write_text(json.dumps(kept | gone | {"id": broken.name}))
    return homes


def _held(home: Path) -> Path:
    (home / "sheets").mkdir(parents=True)
    (home / "sheets" / "northwind.toml").write_text(SHEET)
    for clip in ("silent__room", "b_weak__piper-joe", "a_strong__piper-joe"):
        recording = FIXTURES / f"{clip}.flac"
        subprocess.run(
            _command(home, "call", "--candidate", str(recording), "--no-sound", "--seed", "2"),
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
    return home / "rehearsals"


def _copy(original: Path, home: Path, at: datetime.datetime) -> None:
    folder = home / "rehearsals" / f"{at:%Y%m%d-%H%M%S}"
    shutil.copytree(original, folder)
    kept = json.loads((folder / "rehearsal.json").read_text())
    changed = {"id": folder.name, "started_at": at.isoformat()}
    (folder / "rehearsal.json").write_text(json.dumps(kept | changed))


def _states(name: str, home: Path) -> Iterator[tuple[str, str, str]]:
    """Name, address, and what is pressed first (the text of a summary, "" for nothing)."""
    yield f"home-{name}", "/", ""
    yield f"progress-{name}", "/trends", ""
    if name == "empty":
        yield "sheets-empty", "/sheets", ""
        return
    ids = sorted(path.name for path in (home / "rehearsals").iterdir())
    if name == "one":
        yield "result-first", f"/rehearsals/{ids[-1]}", ""
        return
    yield "home-more", "/", "More: hold to talk"
    yield "home-find", "/?verdict=both", ""
    yield "home-last-page", "/?page=2", ""
    for number, label in enumerate(("a", "b", "c")):
        yield f"result-{label}", f"/rehearsals/{ids[-2 - number]}", ""
    yield "result-open", f"/rehearsals/{ids[-2]}", "Your words, and the points"
    yield "result-broken-off", f"/rehearsals/{ids[-1]}", ""
    yield "compare", f"/compare?id={ids[-3]}&id={ids[-2]}", ""
    for path in ("sheets", "sheets/northwind", "new-sheet", "drill", "drill/question", "check"):
        yield path.replace("/", "-"), f"/{path}", ""
    yield "help", "/help", ""
    yield "quit", "/quit", ""
    yield "delete", f"/rehearsals/{ids[-2]}/delete", ""
    yield "error", "/nowhere", ""


def _a_call(camera: Camera, page: Page, base: str) -> None:
    """By voice, which this machine may not have; then typed: ringing, talking, leaving, after."""

    def until(state: str) -> None:
        page.locator(f"[data-state={state}]").wait_for(timeout=120_000)

    page.goto(f"{base}/")
    page.get_by_text("More: hold to talk").click()
    page.get_by_role("radio", name=re.compile("Typed")).check()
    page.get_by_role("checkbox", name=re.compile("No sound")).check()
    page.get_by_role("button", name="Call now").click()
    until("ringing")
    camera.take(page, "call-ringing")
    for said in (
        "Hello, this is Alex. Thank you for picking up.",
        "If you hired me, I would cut the time to onboard a warehouse customer by two weeks.",
    ):
        until("yours")
        page.get_by_label("What you say").fill(said)
        page.get_by_role("button", name="Send").click()
        until("theirs")
    until("yours")
    camera.take(page, "call-typed")
    page.get_by_role("link", name="Home").click()
    camera.take(page, "call-leaving")
    page.get_by_role("button", name="Stay in the call").click()
    page.evaluate("document.querySelector('[data-key=\"hang up\"]').click()")
    until("over")
    camera.take(page, "call-over")


class Camera:
    """Takes pictures and remembers them."""

    def __init__(self, browser: Browser, out: Path) -> None:
        self._browser = browser
        self._out = out
        self.taken: list[Path] = []

    @contextlib.contextmanager
    def looking_at(self, server: Server) -> Iterator[Page]:
        context = self._browser.new_context(reduced_motion="reduce")
        page = context.new_page()
        page.goto(server.address())
        yield page
        context.close()

    def take(self, page: Page, name: str, address: str = "", press: str = "") -> None:
        """In every look; without an address, of the page as it is."""
        if address:
            page.goto(address)
        if press:
            page.get_by_text(press).first.click()
        for width, height, scheme in LOOKS:
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            path = self._out / f"{name}-{width}-{scheme}.png"
            page.screenshot(path=path, full_page=bool(address))
            self.taken.append(path)

    def components(self) -> None:
        """Every component of docs/design.md, light beside dark."""
        loader = jinja2.FileSystemLoader([HERE / "templates", Path(__file__).parent])
        environment = jinja2.Environment(loader=loader, autoescape=True)
        environment.filters["seconds"] = lambda value: f"{value:.2f}"
        quote = SimpleNamespace(text="I would cut the returns", clock="0:31", start_s=31, end_s=33)
        criteria = [
            SimpleNamespace(key="k", state=state, name=name, result=result, points=points,
                            doubtful=doubtful, quotes=[quote] if state == "good" else [])
            for state, name, result, points, doubtful in (
                ("good", "Ways you would add to their success", "1 of 3", "10 of 30", False),
                ("good", "Said that your role at that level matters", "yes", "10 of 10", True),
                ("none", "Asked how they expect the job to contribute", "no", "0 of 30", False),
                ("bad", "Asked where you stand (costs points)", "yes", "-10", False),
            )
        ]  # fmt: skip
        icons = re.findall(r'id="i-([\w-]+)"', (HERE / "templates" / "icons.html").read_text())
        style = "\n".join((STATIC / sheet).read_text() for sheet in STYLES if sheet != "print.css")
        text = environment.get_template("components.html").render(
            style=markupsafe.Markup(style), quote=quote, criteria=criteria, icons=icons
        )
        page = self._browser.new_page()
        page.set_content(text)
        for width, height, scheme in LOOKS[:2]:
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
            path = self._out / f"components-{width}-{scheme}.png"
            page.screenshot(path=path, full_page=True)
            self.taken.append(path)
        page.close()

    def contact_sheet(self) -> None:
        """All pictures on one, a page's looks in a row."""
        rows: dict[str, list[Path]] = {}
        for path in self.taken:
            rows.setdefault(path.stem.rsplit("-", 2)[0], []).append(path)
        figures = "".join(
            f"<section><h2>{name}</h2>"
            + "".join(f'<img src="{path.name}" width="{380 if "-1280-" in path.name else 150}">'
                      for path in paths)
            + "</section>"
            for name, paths in rows.items()
        )  # fmt: skip
        style = (
            "body{margin:16px;background:#777;color:#fff;font:16px sans-serif}"
            "section{display:inline-block;vertical-align:top;margin:0 24px 24px 0}"
            "img{vertical-align:top;margin-right:8px;max-height:900px;object-fit:cover;"
            "object-position:top}h2{margin:4px 0;font-size:16px}"
        )
        html = self._out / "contact-sheet.html"
        html.write_text(f"<!doctype html><style>{style}</style>{figures}", encoding="utf-8")
        page = self._browser.new_page(viewport={"width": 2280, "height": 1200})
        page.goto(html.as_uri())
        page.screenshot(path=self._out / "contact-sheet.png", full_page=True)
        page.close()

    def for_the_docs(self, folder: Path) -> None:
        """The pictures that README.md and docs/*.md show: the top of a page."""
        for name, picture, width, height in (
            ("home", "home-many-1280-light", 1280, 800),
            ("rehearsal", "result-a-1280-light", 1280, 800),
            ("compare", "compare-1280-light", 1280, 800),
            ("progress", "progress-many-1280-light", 1280, 800),
            ("call", "call-typed-390-light", 390, 844),
            ("phone", "result-c-390-light", 390, 844),
            ("components", "components-1280-light", 1280, 2400),
        ):
            page = self._browser.new_page(viewport={"width": width, "height": height})
            frame = self._out / "frame.html"
            frame.write_text(f'<body style="margin:0"><img src="{picture}.png">')
            page.goto(frame.as_uri())
            page.screenshot(path=folder / f"{name}.png")
            page.close()


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
def _serving(home: Path) -> Iterator[Server]:
    process = subprocess.Popen(
        _command(home, "review", "--no-browser"),
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


def _command(home: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "rehearse", "--home", str(home), *arguments]


if __name__ == "__main__":
    main()
