"""Files that a person writes, or may have damaged: each is used, or refused with a sentence."""

from __future__ import annotations

import contextlib
import json
import os
import random
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from rehearse.calling.scenario import packaged_text, parse_scenario
from rehearse.engines.documents.job_ad_file import job_ad_text
from rehearse.errors import RehearseError
from rehearse.keeping.chosen_model import ChosenModel, choose_model, chosen_model
from rehearse.keeping.class_results import ClassResult, ClassResults
from rehearse.keeping.evening_so_far import evening_so_far
from rehearse.keeping.phrasings import Phrasings
from rehearse.keeping.store import Store
from rehearse.preparing.call_sheet import parse_call_sheet, sheet_toml
from rehearse.preparing.first_evening import FirstEvening, FirstEveningFile
from rehearse.preparing.job_ad import findings
from rehearse.preparing.saved_sheets import Sheets
from rehearse.rehearsing.class_plan import plan_of_csv
from rehearse.rehearsing.labelled import talks_of_table
from rehearse.rehearsing.own_scenarios import (
    keep_own_scenario,
    own_scenario_path,
    own_scenarios,
)
from rehearse.report.call_card import call_card, card_text
from rehearse.report.result_json import rehearsal_result
from rehearse.scoring.rubric import Criterion
from tests.keeping.sample import sample
from tests.mutations import bytes_mutated, lines_mutated, structure_mutated

MUTATIONS = 150
SHEET = b"""\
manager = "Dana Keller"
company = "Northwind"
job = "Operations lead"
business = "getting customers onboarded faster"
question = "How do you expect this job to add to your results?"
phone = "030 1234"
[[ways]]
action = "cut the time to onboard a customer"
touches = "revenue starts sooner"
[[drafts]]
words = "I would sort complaints"
answers = ["returns", "", "I don't know"]
[[real_calls]]
day = "Monday"
reached = "the manager"
said = "call again"
next = "call on Friday"
"""
TABLE = b"""\
person,file,sheet
Ann,ann.txt,northwind
Bo,bo.txt,
"Cy, jr.",cy.txt,sheets/northwind.toml
"""
ADS = Path(__file__).parents[1] / "preparing" / "ads"
Look = Callable[[Path], object]


def look_at_sheet(home: Path) -> None:
    sheets = Sheets(home)
    for name in sheets.names():
        sheet = sheets.load(name)
        sheets.ad(name)
        assert parse_call_sheet(sheet_toml(sheet), name) == sheet
        if card := call_card(sheet):
            card_text(card, 40).encode(errors="strict")
        sheets.duplicate(name)


def look_at_scenarios(home: Path) -> None:
    for path in home.glob("scenarios/*.toml"):
        own_scenarios(home)
        parse_scenario(path.read_bytes(), path.name)


def look_at_labels(home: Path) -> None:
    list(talks_of_table(home / "labels.csv"))


def results_line() -> bytes:
    line = rehearsal_result(sample(), Path("call.wav")) | {"file": "ann.txt", "person": "Ann"}
    return (json.dumps(line) + '\n{"file": "b.wav", "error": "It is empty."}\n').encode()


LABELS = (
    "file,who,comment," + ",".join(one.value for one in Criterion) + ",verdict_critical_question\n"
    "ann.txt,coach,fine,yes,2,no,yes,x,,n,y,covered\n"
).encode()
CASES: dict[str, tuple[str, bytes, Look]] = {
    "sheet": ("sheets/northwind.toml", SHEET, look_at_sheet),
    "scenario": ("scenarios/aunt.toml", packaged_text("sceptical").encode(), look_at_scenarios),
    "table of a class": (
        "table.csv", TABLE, lambda home: plan_of_csv(home / "table.csv", Sheets(home).load)
    ),
    "labels of a class": ("labels.csv", LABELS, look_at_labels),
    "results of a class": ("results.jsonl", results_line(), look_at_labels),
    "kept result of a class": (
        "class/ab/abc.json", msgspec.json.encode(ClassResult(sample(), ("It is damaged.",))),
        lambda home: ClassResults(home).load("abc"),
    ),
    "phrasings": (
        "phrasings.json", b'{"greeting: Hello.": 2, "goodbye: Bye.": 1}',
        lambda home: Phrasings(home).counts(),
    ),
    "first evening": (
        "first-evening.json", b'{"done": ["hear", "ways"], "skipped": ["question"]}',
        lambda home: evening_so_far(Store(home)),
    ),
    "speech model": (
        "speech-model.json",
        b'{"name": "tiny.en", "checked_on": "2026-11-28", "understood": 30, "words": 33}',
        chosen_model,
    ),
}  # fmt: skip


def look_at_ad(data: bytes, name: str) -> None:
    findings(job_ad_text(data, name))


def used_or_refused(look: Callable[..., object], *arguments: object) -> None:
    """Any other exception would be a traceback, or a page with status 500."""
    with contextlib.suppress(RehearseError):
        look(*arguments)


@pytest.mark.parametrize("name", CASES)
def test_a_damaged_file_is_used_or_refused(tmp_path: Path, name: str) -> None:
    place, whole, look = CASES[name]
    for other, data in {
        "sheets/northwind.toml": SHEET, "labels.csv": LABELS, "results.jsonl": results_line(),
        place: whole,
    }.items():  # fmt: skip
        (tmp_path / other).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / other).write_bytes(data)
    look(tmp_path)
    kinds = [bytes_mutated, lines_mutated]
    if whole.startswith(b"{") and b"\n{" not in whole:
        kinds.append(structure_mutated)
    chance = random.Random(18)
    for number in range(MUTATIONS):
        mutated = kinds[number % len(kinds)](whole, chance)
        (tmp_path / place).write_bytes(mutated)
        try:
            used_or_refused(look, tmp_path)
        except Exception as error:
            raise AssertionError(f"mutation {number}: {mutated[:2000]!r}") from error
        for copy in tmp_path.glob("sheets/northwind-*"):
            copy.unlink()


@pytest.mark.parametrize("name", [path.name for path in sorted(ADS.iterdir())])
def test_a_damaged_job_ad_is_read_or_refused(name: str) -> None:
    whole, chance = (ADS / name).read_bytes(), random.Random(19)
    for number in range(30):
        mutated = (bytes_mutated if number % 2 else lines_mutated)(whole, chance)
        try:
            used_or_refused(look_at_ad, mutated, name)
        except Exception as error:
            raise AssertionError(f"mutation {number}") from error


@pytest.mark.skipif(os.name == "nt", reason="links of POSIX")
def test_links_in_the_home_lead_nowhere(tmp_path: Path) -> None:
    home, outside = tmp_path / "home", tmp_path / "outside"
    sheets = Sheets(home)
    sheets.save("mine", parse_call_sheet(SHEET, "mine"))
    for place, whole, _ in CASES.values():
        secret = outside / place
        secret.parent.mkdir(parents=True, exist_ok=True)
        secret.write_bytes(whole)
        (home / place).parent.mkdir(parents=True, exist_ok=True)
        (home / place).symlink_to(secret)
    ad = outside / "ad.txt"
    ad.write_text("a secret")
    (home / "sheets" / "mine.txt").symlink_to(ad)
    (home / "sheets" / "mine.new").symlink_to(ad)

    assert sheets.names() == ["mine"]
    assert sheets.ad("mine") == ""
    assert own_scenarios(home) == ()
    assert own_scenario_path(home, "own:aunt") is None
    assert Phrasings(home).counts() == {}
    assert FirstEveningFile(home).load() == FirstEvening()
    with pytest.raises(RehearseError):
        chosen_model(home)
    before = {path: path.read_bytes() for path in outside.rglob("*") if path.is_file()}
    sheets.save("mine", parse_call_sheet(SHEET, "mine"))
    sheets.keep_ad("mine", "We are hiring.")
    keep_own_scenario(home, "aunt.toml", packaged_text("busy").encode())
    FirstEveningFile(home).save(FirstEvening())
    choose_model(home, ChosenModel("tiny.en", "2026-11-28", 30, 33))
    assert sheets.ad("mine") == "We are hiring.\n"
    assert before == {path: path.read_bytes() for path in outside.rglob("*") if path.is_file()}
