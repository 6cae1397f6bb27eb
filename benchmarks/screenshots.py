"""`python -m benchmarks.screenshots`: every page, as a contact sheet.

Starts the program on homes with no, one and many rehearsals (copies of real ones: of calls held
from recordings, or of those in --rehearsals), opens each page in Chromium at 1280 and 390 px, light
and dark, holds a typed call and a typed drill, types ways, scores a class, and writes
build/screenshots/contact-sheet.png. The pages that people print lie beside it as PDF. `--docs`
writes the pictures of docs/images too.
"""

from __future__ import annotations

import argparse
import contextlib
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import jinja2
import markupsafe
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.picture_homes import ROOT, Server, class_page, homes, serving, states
from rehearse.web.site import HERE, STATIC, STYLES

CHROMIUM = "/usr/bin/chromium"
LOOKS = [(1280, 800, "light"), (1280, 800, "dark"), (390, 844, "light"), (390, 844, "dark")]
ON_PAPER = ("result-a", "result-b", "result-c", "progress-many", "compare", "call-card")
WAYS = (
    "I would cut onboarding from six weeks to four so that revenue starts sooner",
    "I managed a team of five for ten years",
    "I don't know",
)


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
        for name, home in homes(Path(folder), options.rehearsals).items():
            with serving(home) as server, camera.looking_at(server) as page:
                for state, path, press in states(name, home):
                    camera.take(page, state, server.base + path, press)
                if name == "many":
                    _ways(camera, page, server.base)
                    _a_drill(camera, page, server.base)
                    _a_call(camera, page, server.base)
        with contextlib.closing(browser.new_page()) as page:
            camera.take(page, "class", class_page(Path(folder)).as_uri())
            camera.print(page, "class")
        camera.components()
        camera.contact_sheet()
        if options.docs:
            camera.for_the_docs(ROOT / "docs" / "images")
        browser.close()
    print(f"{len(camera.taken)} pictures, and all of them: {options.out / 'contact-sheet.png'}")


def _ways(camera: Camera, page: Page, base: str) -> None:
    """A sheet whose ways are judged: one counts, one is about the past, one is none."""
    page.goto(f"{base}/new-sheet")
    fields = page.get_by_label("In one sentence: I would")
    for number, way in enumerate(WAYS):
        fields.nth(number).fill(way)
    page.get_by_text("Nobody knows this at once.").wait_for(timeout=120_000)
    camera.take(page, "ways", whole=True)


def _a_drill(camera: Camera, page: Page, base: str) -> None:
    page.goto(f"{base}/drill/question")
    page.get_by_text("Type it").click()
    page.get_by_label("What you say").fill("When do you decide?")
    page.get_by_role("button", name="Try it").click()
    page.get_by_role("heading", name="Round 1").wait_for(timeout=120_000)
    camera.take(page, "drill-not-yet", whole=True)


def _a_call(camera: Camera, page: Page, base: str) -> None:
    """By voice, which this machine may not have; then typed: ringing, talking, leaving, after."""

    def until(state: str) -> None:
        page.locator(f"[data-state={state}]").wait_for(timeout=120_000)

    page.goto(f"{base}/")
    page.get_by_text("More: hold to talk").click()
    page.get_by_role("radio", name=re.compile("Typed")).check()
    page.get_by_role("checkbox", name=re.compile("No sound")).check()
    page.get_by_role("button", name="Call now").click()
    page.get_by_text("Ringing").wait_for(timeout=120_000)
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

    def take(
        self, page: Page, name: str, address: str = "", press: str = "", *, whole: bool = False
    ) -> None:
        """In every look; without an address, of the page as it is. `whole`: not only its top."""
        if address:
            page.goto(address)
        if press:
            page.get_by_text(press).first.click()
        for width, height, scheme in LOOKS:
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.evaluate("scrollTo(0, 0)")  # else what sticks to the top covers the middle
            path = self._out / f"{name}-{width}-{scheme}.png"
            page.screenshot(path=path, full_page=whole or bool(address))
            self.taken.append(path)
        if name in ON_PAPER:
            self.print(page, name)

    def print(self, page: Page, name: str) -> None:
        """As the browser prints it with backgrounds, which shows what it should not have."""
        page.emulate_media(media="print", color_scheme="dark")
        page.pdf(path=self._out / f"{name}.pdf", format="A4", print_background=True)
        page.emulate_media(media="screen")

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
                ("fault", "Asked where you stand (costs points)", "yes", "-10", False),
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
            ("rehearsal", "result-b-1280-light", 1280, 800),
            ("compare", "compare-1280-light", 1280, 800),
            ("progress", "progress-many-1280-light", 1280, 800),
            ("call", "call-typed-390-light", 390, 844),
            ("phone", "result-a-390-light", 390, 844),
            ("components", "components-1280-light", 1280, 2400),
        ):
            page = self._browser.new_page(viewport={"width": width, "height": height})
            frame = self._out / "frame.html"
            frame.write_text(f'<body style="margin:0"><img src="{picture}.png">')
            page.goto(frame.as_uri())
            page.screenshot(path=folder / f"{name}.png")
            page.close()


if __name__ == "__main__":
    main()
