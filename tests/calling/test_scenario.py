"""Scenarios: the packaged ones are complete; problems in others are reported by line."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rehearse.calling.scenario import (
    FILLED_BY_SHEET,
    Kind,
    Moment,
    find_scenario,
    packaged_names,
    packaged_scenario,
    packaged_text,
    parse_scenario,
    placeholders,
)
from rehearse.cli import cli
from rehearse.errors import RehearseError

REQUIRED = {"friendly", "busy", "sceptical", "distracted", "gatekeeper", "voicemail", "redirect"}


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def problems(text: bytes | str) -> str:
    with pytest.raises(RehearseError) as caught:
        parse_scenario(text, "mine.toml")
    return caught.value.problem


def test_all_characters_are_there() -> None:
    assert set(packaged_names()) >= REQUIRED


@pytest.mark.parametrize("name", packaged_names())
def test_each_moment_has_several_phrasings_that_need_no_call_sheet(name: str) -> None:
    scenario = packaged_scenario(name)
    assert scenario.about
    for moment, phrasings in scenario.lines.items():
        assert len(set(phrasings)) == len(phrasings) >= 4, moment
        usable = [line for line in phrasings if not placeholders(line) & FILLED_BY_SHEET]
        assert len(usable) >= 4, moment


def test_different_characters_sound_different() -> None:
    styles = [packaged_scenario(name).voice for name in packaged_names() if name != "voicemail"]
    assert len(set(styles)) == len(styles)


def test_the_first_words_of_the_issue_are_said() -> None:
    def said(name: str, moment: Moment) -> str:
        return " ".join(packaged_scenario(name).lines[moment])

    assert "I've got one minute, go" in said("busy", Moment.GREETING)
    assert "You don't know our business" in said("sceptical", Moment.PUSH_BACK)
    assert "HR handles that" in said("redirect", Moment.REDIRECT)
    assert "haven't decided yet" in said("redirect", Moment.REDIRECT)
    for name in packaged_names():
        if packaged_scenario(name).kind is Kind.TALK:
            assert "Okay. Anything else?" in said(name, Moment.OPENING)
            assert "re you still there" in said(name, Moment.STILL_THERE)
            assert "I can barely hear you" in said(name, Moment.BARELY_HEAR)
            assert "xactly?" in said(name, Moment.VAGUE)
            assert "ould you do for us?" in said(name, Moment.CREDENTIALS)
            assert "o how would you go about that?" in said(name, Moment.RETURN_QUESTION)


BAD = """\
name = "my own"
titel = "A manager"
about = 5

[voice]
rate_wpm = "fast"
pitch = 9

[clock]
cut_in_s = 60
goodbye_s = 30

[lines]
greeting = ["Hello, {manger} speaking.", "Hi."]
go_ahead = "Go."
still_there = ["Still there?", 4, ""]
barely_hear = ["What {} is this?"]
opening = []
answer = ["It is about {business}."]
push_back = ["We tried that."]
voicemail_end = ["Bye."]
"""


def test_every_problem_is_reported_at_once_with_its_line() -> None:
    told = problems(BAD).splitlines()
    assert told[0].startswith("The scenario mine.toml has ")
    missing = [line for line in told if line.endswith("is missing")]
    assert "  line 1: title is missing" in missing
    assert "  line 13: lines.goodbye is missing" in missing
    assert "  line 13: lines.push_back_plain is missing" in missing
    assert [line for line in told[1:] if line not in missing] == [
        "  line 1: name may hold only letters, digits, - and _",
        "  line 2: unknown key titel; did you mean 'title'?",
        "  line 3: about must be text in quotes, not a number",
        "  line 6: voice.rate_wpm must be a number, not a text",
        "  line 7: voice.pitch must be from 0.7 to 1.4",
        "  line 11: clock.goodbye_s must be later than clock.cut_in_s",
        "  line 14: lines.greeting: nothing fills the placeholder {manger}; known here: "
        "{business}, {company}, {job}, {manager}",
        "  line 15: lines.go_ahead must be a list of texts, not a text",
        "  line 16: lines.still_there has an empty text",
        "  line 16: lines.still_there must hold texts in quotes, not a number",
        "  line 17: lines.barely_hear has braces that hold no placeholder; known: "
        "{business}, {company}, {job}, {manager}",
        "  line 18: lines.opening is empty",
        "  line 19: lines.answer needs a phrasing that works without a call sheet, so without "
        "{business}, {company}, {job}",
        "  line 20: lines.push_back must quote {contribution}",
        "  line 21: lines.voicemail_end belongs to a scenario of kind 'voicemail'",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('name = "x\ntitle = 3\n', "line 1: this is not TOML"),
        ("[" * 5000, "line 1: "),
        ("a = " + "[" * 50_000, "nested too deeply"),
        ('name = "x"\nlines = 3\n', "line 2: lines must be a section [lines], not a number"),
        ("", "title is missing"),
        (b'name = "x"\ntitle = "\xff"\n', "line 2: this is not UTF-8 text"),
        ('name = "x"\n[lines]\ngreeting = ["{manager!r}"]\n', "line 3: lines.greeting has braces"),
        ('name = "x"\n[lines]\ngreeting = ["{"]\n', "line 3: lines.greeting has braces"),
        ('[lines]\ngreeting = [\n "Hi.",\n "{x}"]\n', "line 4: lines.greeting: nothing"),
    ],
)  # fmt: skip
def test_a_damaged_file_is_reported_in_a_sentence(text: bytes | str, expected: str) -> None:
    assert expected in problems(text)


def test_a_file_that_is_too_big_is_not_read(tmp_path: Path) -> None:
    big = tmp_path / "big.toml"
    big.write_bytes(b"#" * 10_000_000)
    outcome = run("scenario", "check", big)
    assert isinstance(outcome.exception, RehearseError)
    assert "larger than 1 MB" in outcome.exception.problem


def test_any_cut_of_a_scenario_gives_problems_and_never_a_crash() -> None:
    text = packaged_text("gatekeeper")
    for end in range(0, len(text) - 10, 97):
        assert "mine.toml" in problems(text[:end])


def test_unknown_name_and_missing_file() -> None:
    with pytest.raises(RehearseError, match="no scenario called 'nice'"):
        find_scenario("nice")
    with pytest.raises(RehearseError, match=r"nice\.toml cannot be read"):
        find_scenario("nice.toml")


def test_a_newcomer_lists_shows_writes_and_checks(tmp_path: Path) -> None:
    assert "voicemail     Voicemail" in run("scenario", "list").output
    assert "I've got one minute, go" in run("scenario", "show", "busy").output
    mine = tmp_path / "my-boss.toml"
    assert run("scenario", "new", mine, "--like", "sceptical").exit_code == 0
    checked = run("scenario", "check", mine)
    assert "my-boss.toml is right" in checked.output
    assert find_scenario(str(mine)).name == "my-boss"
    assert run("scenario", "show", mine, "--toml").output.startswith('name = "my-boss"')
    again = run("scenario", "new", mine)
    assert isinstance(again.exception, RehearseError)
    assert "is there already" in again.exception.problem
