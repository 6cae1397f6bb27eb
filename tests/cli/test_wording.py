"""What a new user reads in the terminal, at any width."""

from pathlib import Path

import pytest

from rehearse import wiring
from rehearse.calling.scenario import DEFAULT_SCENARIO, packaged_names, packaged_scenario
from rehearse.cli.output import fitted
from rehearse.preparing.call_sheet import CallSheet, Way
from rehearse.preparing.saved_sheets import Sheets
from tests.keeping.sample import kept
from tests.program import rehearse

pytestmark = pytest.mark.slow

PITCH = (
    "Hello, this is Sam. I would cut the waiting time of your drivers at the gate. I would also "
    "answer your customers' complaints within a day. Thank you. Goodbye."
)
GERMAN = "Guten Tag, ich würde die Wartezeiten Ihrer Fahrer verkürzen. Was erwarten Sie von mir?"


def test_a_typed_pitch_fits_forty_columns_and_has_a_heading(tmp_path: Path) -> None:
    outcome = rehearse(tmp_path, "score", "-", stdin=PITCH, env={"COLUMNS": "40"})
    assert outcome.status == 0, outcome.err
    lines = outcome.out.splitlines()
    assert lines[0] == "Text from standard input"
    assert all(len(line) <= 40 or " " not in line.strip() for line in lines), outcome.out
    assert "How it reads" in outcome.out
    assert "You named two of the three ways." in outcome.out


@pytest.mark.parametrize("width", [40, 60, 200])
@pytest.mark.parametrize("arguments", [("list",), ("show",), ("prep", "--card"), ("show", "no")])
def test_the_output_fits_the_columns(
    tmp_path: Path, width: int, arguments: tuple[str, ...]
) -> None:
    kept(tmp_path)
    Sheets(tmp_path).save("north", CallSheet(manager="Dana Keller", ways=(Way(PITCH, PITCH),)))
    outcome = rehearse(tmp_path, *arguments, env={"COLUMNS": str(width), "NO_COLOR": "1"})
    lines = outcome.all.splitlines()
    assert all(len(line) <= width or " " not in line.strip() for line in lines), outcome.all
    assert "\x1b" not in outcome.all


def test_a_terminal_that_knows_few_signs_gets_plain_ones(tmp_path: Path) -> None:
    Sheets(tmp_path).save("north", CallSheet(ways=(Way("cut the returns", "their costs"),)))
    outcome = rehearse(tmp_path, "prep", "--card", env={"PYTHONIOENCODING": "latin-1"})
    assert outcome.out.startswith("-----")
    assert "     > Their costs" in outcome.out or "     > their costs" in outcome.out


def test_another_language_gets_a_kind_sentence_and_nothing_else(tmp_path: Path) -> None:
    outcome = rehearse(tmp_path, "score", "-", stdin=GERMAN)
    assert outcome.status == 0, outcome.err
    assert "This does not seem to be English." in outcome.out
    assert "Try it in English" in outcome.out
    for unkind in ("MISSING", "To do better", "Practise", "[ ]", "Score"):
        assert unkind not in outcome.out


@pytest.mark.parametrize("wrong", [("cal",), ("call", "--nonsense"), ("score",), ("drill", "x")])
def test_a_mistyped_command_exits_with_two(tmp_path: Path, wrong: tuple[str, ...]) -> None:
    outcome = rehearse(tmp_path, *wrong)
    assert outcome.status == 2
    assert "Error: " in outcome.err


def test_a_command_that_fails_exits_with_one(tmp_path: Path) -> None:
    assert rehearse(tmp_path, "show", "nothing").status == 1


@pytest.mark.parametrize("name", packaged_names())
def test_a_voice_speaks_at_the_rate_that_the_list_of_voices_names(
    tmp_path: Path, name: str
) -> None:
    style = packaged_scenario(name).voice
    voice = wiring.load_voice(tmp_path, style=style)
    voice.close()
    assert f", {style.rate_wpm} words per minute" in voice.name


def test_the_check_plays_the_voice_of_an_ordinary_call(tmp_path: Path) -> None:
    voice = wiring.preflight_parts(tmp_path, None, None, None).load_voice()
    voice.close()
    assert f"{packaged_scenario(DEFAULT_SCENARIO).voice.rate_wpm} words per minute" in voice.name
    assert wiring.load_voice(tmp_path).name == voice.name


def test_an_error_is_wrapped_under_its_first_word() -> None:
    assert fitted("rehearse: No rehearsal has it.\n          Look at the list.", 25, 10) == (
        "rehearse: No rehearsal\n        has it.\n          Look at the\n        list."
    )


@pytest.mark.slow
def test_a_typed_call_never_speaks_of_sound(tmp_path: Path) -> None:
    outcome = rehearse(
        tmp_path, "call", "--typed", "--no-sound", "--seed", "2", stdin=f"Hello.\n{PITCH}\n",
        env={"COLUMNS": "40"},
    )  # fmt: skip
    assert outcome.status == 0, outcome.err
    assert "You: (type now)" in outcome.out
    assert "words typed" in outcome.out
    for word in ("speak now", "transcribed", "How it sounded", "[####", "No speech"):
        assert word not in outcome.out
    lines = outcome.out.splitlines()
    assert all(len(line) <= 40 or " " not in line.strip() for line in lines), outcome.out
