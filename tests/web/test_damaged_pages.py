"""Damaged files in the home folder: every page still answers, none with status 500."""

import random
from pathlib import Path

import pytest

from rehearse.calling.scenario import packaged_text
from tests.keeping.sample import kept
from tests.mutations import bytes_mutated, lines_mutated, structure_mutated
from tests.rehearsing.test_damaged_inputs import SHEET
from tests.web.conftest import serving
from tests.web.test_security import Visitor

MUTATIONS = 40
pytestmark = pytest.mark.timeout(600)


def test_no_page_breaks(tmp_path: Path) -> None:
    broken, whole = kept(tmp_path), kept(tmp_path, "2026-11-28T13:00:00")
    for name, text in {
        "sheets/northwind.toml": SHEET, "scenarios/aunt.toml": packaged_text("busy").encode(),
        "phrasings.json": b'{"greeting: Hello.": 2}',
        "first-evening.json": b'{"done": ["hear"], "skipped": []}',
    }.items():  # fmt: skip
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(text)
    chance = random.Random(21)
    files = [broken.path / "rehearsal.json", broken.path / "events.jsonl",
             tmp_path / "sheets" / "northwind.toml", tmp_path / "scenarios" / "aunt.toml",
             tmp_path / "phrasings.json", tmp_path / "first-evening.json"]  # fmt: skip
    before = {path: path.read_bytes() for path in files}
    about = f"/rehearsals/{broken.id}"
    asked = [
        "/", "/?q=keller", "/trends", "/rehearsals.csv", about, f"{about}/delete",
        f"{about}/sound", f"/compare?id={broken.id}&id={whole.id}", "/sheets",
        "/sheets/northwind", "/sheets/northwind/card", "/scenarios",
        *(f"{about}/export?as={kind}&notes=1" for kind in ("html", "txt", "json", "srt", "vtt")),
    ]  # fmt: skip
    with serving(tmp_path) as server:
        visitor = Visitor(server)
        visitor.enter(server)
        # A draft with the words of a way, and with fewer answers than questions, is no damage.
        assert visitor.ask("/sheets/northwind").status == 200
        for number in range(MUTATIONS):
            for path, data in before.items():
                kinds = [bytes_mutated, lines_mutated]
                kinds += [structure_mutated] if path.suffix == ".json" else []
                path.write_bytes(chance.choice(kinds)(data, chance))
            for page in asked:
                answer = visitor.ask(page)
                assert answer.status < 500, (number, page)
            assert visitor.ask(f"/rehearsals/{whole.id}").status == 200, number
