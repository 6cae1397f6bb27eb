"""Scenario: the manager's character and lines."""

from __future__ import annotations

import enum
import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

from rehearse.errors import RehearseError
from rehearse.preparing.toml_file import Section, TomlFile, is_file, read_bytes

DEFAULT_SCENARIO = "friendly"
RANDOM = "random"
"""In place of a scenario's name: any that comes with the program."""


class Moment(enum.StrEnum):
    """The moments of a call for which a scenario has lines; docs/scenarios.md tells when."""

    GREETING = "greeting"
    GO_AHEAD = "go_ahead"
    STILL_THERE = "still_there"
    BARELY_HEAR = "barely_hear"
    OPENING = "opening"
    VAGUE = "vague"
    CREDENTIALS = "credentials"
    STATUS = "status"
    OTHER_QUESTION = "other_question"
    ANSWER = "answer"
    RETURN_QUESTION = "return_question"
    FOLLOW_UP = "follow_up"
    IMPATIENT = "impatient"
    GOODBYE = "goodbye"

    PUSH_BACK = "push_back"
    PUSH_BACK_PLAIN = "push_back_plain"
    ASIDE = "aside"
    REPEAT = "repeat"
    REDIRECT = "redirect"
    ASSISTANT_GREETING = "assistant_greeting"
    ASSISTANT_WHO = "assistant_who"
    ASSISTANT_WHY = "assistant_why"
    ASSISTANT_THROUGH = "assistant_through"
    ASSISTANT_OTHER = "assistant_other"

    HELLO = "hello"
    GOOD_TIME = "good_time"
    MY_NAME = "my_name"
    IM_HERE = "im_here"
    SAY_AGAIN = "say_again"
    SMALL_TALK = "small_talk"
    ABOUT_ME = "about_me"
    WELCOME = "welcome"
    NO_WORRIES = "no_worries"
    PAY = "pay"
    HOURS = "hours"
    START_DATE = "start_date"
    LOCATION = "location"
    NEXT_STEP = "next_step"
    OTHER_OFFER = "other_offer"
    ABOUT_BUSINESS = "about_business"
    ABOUT_JOB = "about_job"
    EXAMPLE = "example"
    CHOICE = "choice"
    DONT_KNOW = "dont_know"
    NOT_FOLLOWING = "not_following"
    GO_ON = "go_on"
    KNOWS_NOW = "knows_now"
    PICKS_UP = "picks_up"
    CONVINCED = "convinced"
    BACK_START = "back_start"
    BACK_PLAN = "back_plan"
    BACK_QUESTION = "back_question"
    BACK_END = "back_end"
    ANSWER_LEAD = "answer_lead"
    AS_SAID = "as_said"
    ANSWER_AGAIN = "answer_again"
    RETURN_IDEA = "return_idea"
    WHICH_FIRST = "which_first"
    WHAT_NEED = "what_need"
    WHAT_COST = "what_cost"
    WHO_AGAINST = "who_against"
    HOW_KNOW = "how_know"
    WELL_HANDLED = "well_handled"

    VOICEMAIL_GREETING = "voicemail_greeting"
    VOICEMAIL_END = "voicemail_end"


OF_EVERY_TALK = tuple(Moment)[: tuple(Moment).index(Moment.PUSH_BACK)]
OF_VOICEMAIL = (Moment.VOICEMAIL_GREETING, Moment.VOICEMAIL_END)
OF_SOME_TALKS = tuple(m for m in Moment if m not in (*OF_EVERY_TALK, *OF_VOICEMAIL))
TOGETHER = (
    {Moment.PUSH_BACK, Moment.PUSH_BACK_PLAIN},
    {Moment.ASIDE, Moment.REPEAT},
    {m for m in Moment if m.startswith("assistant_") and m != Moment.ASSISTANT_OTHER},
)
"""Moments of which a scenario has all or none."""
SAID_WITH_CONTRIBUTION = frozenset({Moment.PUSH_BACK, Moment.PICKS_UP})
"""Moments whose phrasings all quote the candidate, by {contribution} or {offer}."""
QUOTES = frozenset({"contribution", "offer"})
MANNERS = ("warm", "brisk", "doubtful", "scattered", "reserved")
"""How a manager speaks where the scenario has no lines of its own."""

ALWAYS_FILLED = frozenset({"manager"})
FILLED_BY_SHEET = frozenset({"company", "job", "business"})
"""Placeholders that are empty without a call sheet: a phrasing that has one is left out then."""


class Kind(enum.StrEnum):
    TALK = "talk"
    VOICEMAIL = "voicemail"


@dataclass(frozen=True)
class VoiceStyle:
    """How a character sounds, whatever engine speaks. `rate_wpm` in words per minute; `pitch` is a
    factor, 1.0 as the voice is."""

    rate_wpm: int = 165
    pitch: float = 1.0


@dataclass(frozen=True)
class Clock:
    """Seconds of call time. None: no limit.

    `cut_in_s` and `goodbye_s` count from the end of the greeting: at the first the manager cuts
    in, at the second hangs up. `message_s` is the length of a voicemail message from the beep on.
    `wait_s`: silence the manager bears after an answer, leaving the word to the candidate.
    """

    cut_in_s: float | None = None
    goodbye_s: float | None = None
    message_s: float = 45.0
    wait_s: float = 10.0


@dataclass(frozen=True)
class Scenario:
    """`lines` maps moments to their phrasings. `at_most` says how often a moment may come in one
    call where that differs from the usual. `title` and `about` tell a person what to expect."""

    name: str
    title: str
    lines: Mapping[str, tuple[str, ...]]
    about: str = ""
    manner: str | None = None
    """One of MANNERS: whose lines the bank adds. None: warm, and the answers are the scenario's."""
    kind: Kind = Kind.TALK
    at_most: Mapping[str, int] = field(default_factory=dict)
    clock: Clock = Clock()
    voice: VoiceStyle = VoiceStyle()
    assistant_voice: VoiceStyle = VoiceStyle()


def parse_scenario(text: bytes | str, source: str) -> Scenario:
    """Read a scenario from TOML `text`. Raises RehearseError, naming `source` and every problem."""
    file = TomlFile(text, "scenario", source)
    top = file.top
    scenario = Scenario(
        name=top.text("name", required=True),
        title=top.text("title", required=True),
        about=top.text("about"),
        manner=_manner(top),
        kind=_kind(top),
        lines=_lines(top.section("lines", required=True), _kind(top)),
        at_most=_at_most(top.section("at_most")),
        clock=_clock(top.section("clock")),
        voice=_voice(top.section("voice")),
        assistant_voice=_voice(top.section("assistant_voice")),
    )
    if not all(c.isalnum() or c in "-_" for c in scenario.name):
        top.problem("name may hold only letters, digits, - and _", "name")
    top.no_more_keys()
    file.raise_problems(
        "Correct these lines; 'rehearse scenario new FILE' writes one that is right."
    )
    return scenario


def packaged_names() -> list[str]:
    """The names of the scenarios that come with the program."""
    files = resources.files("rehearse.calling").joinpath("scenarios").iterdir()
    return sorted(f.name.removesuffix(".toml") for f in files if f.name.endswith(".toml"))


def packaged_text(name: str) -> str:
    """The file of a scenario that comes with the program. Raises RehearseError: unknown name."""
    if name not in packaged_names():
        raise RehearseError(
            f"There is no scenario called {name!r}.",
            f"Choose one of {', '.join(packaged_names())}, random, or a file of your own.",
        )
    file = resources.files("rehearse.calling").joinpath("scenarios", f"{name}.toml")
    return file.read_text(encoding="utf-8")


def packaged_scenario(name: str) -> Scenario:
    """A scenario that comes with the program. Raises RehearseError for an unknown name."""
    return parse_scenario(packaged_text(name), f"{name}.toml")


def find_scenario(wanted: str) -> Scenario:
    """A scenario by name, or by the path of a file. Raises RehearseError."""
    if wanted in packaged_names() or not (wanted.endswith(".toml") or is_file(wanted)):
        return packaged_scenario(wanted)
    return parse_scenario(read_bytes(Path(wanted)), wanted)


def placeholders(phrasing: str) -> frozenset[str]:
    """The names in braces. Raises ValueError for braces that hold none."""
    parts = list(string.Formatter().parse(phrasing))
    names = {name for _, name, _, _ in parts if name is not None}
    if "" in names or any(spec or conversion for _, _, spec, conversion in parts):
        raise ValueError
    return frozenset(names)


def _kind(top: Section) -> Kind:
    kind = top.text("kind", Kind.TALK)
    if kind not in tuple(Kind):
        top.problem(f"kind must be one of: {', '.join(Kind)}", "kind")
        return Kind.TALK
    return Kind(kind)


def _manner(top: Section) -> str | None:
    manner = top.text("manner") or None
    if manner is not None and manner not in MANNERS:
        top.problem(f"manner must be one of: {', '.join(MANNERS)}", "manner")
    return manner


def _lines(section: Section, kind: Kind) -> dict[str, tuple[str, ...]]:
    needed = OF_EVERY_TALK if kind is Kind.TALK else OF_VOICEMAIL
    allowed = (*OF_EVERY_TALK, *OF_SOME_TALKS) if kind is Kind.TALK else OF_VOICEMAIL
    lines = {}
    for moment in allowed:
        is_needed = moment in needed or any(
            moment in group and any(other in section for other in group) for group in TOGETHER
        )
        if phrasings := section.texts(moment, required=is_needed):
            lines[moment.value] = phrasings
            _check_placeholders(section, moment, phrasings)
    misplaced = tuple(m for m in Moment if m not in allowed and m in section)
    for moment in misplaced:
        other = Kind.VOICEMAIL if kind is Kind.TALK else Kind.TALK
        section.problem(f"lines.{moment} belongs to a scenario of kind {other.value!r}", moment)
    section.no_more_keys(misplaced)
    return lines


def _check_placeholders(section: Section, moment: Moment, phrasings: tuple[str, ...]) -> None:
    quoting = moment in SAID_WITH_CONTRIBUTION
    allowed = ALWAYS_FILLED | FILLED_BY_SHEET | (QUOTES if quoting else set())
    works_without_sheet = False
    for index, phrasing in enumerate(phrasings):
        try:
            names = placeholders(phrasing)
        except ValueError:
            section.problem(
                f"lines.{moment} has braces that hold no placeholder; known: {_braced(allowed)}",
                moment, index,
            )  # fmt: skip
            return
        for name in sorted(names - allowed):
            section.problem(
                f"lines.{moment}: nothing fills the placeholder {{{name[:40]}}}; "
                f"known here: {_braced(allowed)}",
                moment, index,
            )  # fmt: skip
        if quoting and not names & QUOTES:
            section.problem(f"lines.{moment} must quote {{contribution}}", moment, index)
        works_without_sheet = works_without_sheet or not names & FILLED_BY_SHEET
    if not works_without_sheet:
        section.problem(
            f"lines.{moment} needs a phrasing that works without a call sheet, so without "
            f"{_braced(FILLED_BY_SHEET)}",
            moment,
        )


def _braced(names: frozenset[str] | set[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))


def _at_most(section: Section) -> dict[str, int]:
    found = {}
    for moment in Moment:
        number = section.number(moment, None, 0, 5)
        if number is not None and number != int(number):
            section.problem(f"at_most.{moment} must be a whole number", moment)
        elif number is not None:
            found[moment.value] = int(number)
    section.no_more_keys()
    return found


def _clock(section: Section) -> Clock:
    usual = Clock()
    clock = Clock(
        cut_in_s=section.number("cut_in_s", None, 10, 3600),
        goodbye_s=section.number("goodbye_s", None, 10, 3600),
        message_s=section.number("message_s", usual.message_s, 5, 600) or usual.message_s,
        wait_s=section.number("wait_s", usual.wait_s, 1, 60) or usual.wait_s,
    )
    if clock.cut_in_s and clock.goodbye_s and clock.goodbye_s <= clock.cut_in_s:
        section.problem("clock.goodbye_s must be later than clock.cut_in_s", "goodbye_s")
    section.no_more_keys()
    return clock


def _voice(section: Section) -> VoiceStyle:
    usual = VoiceStyle()
    style = VoiceStyle(
        rate_wpm=round(section.number("rate_wpm", usual.rate_wpm, 80, 300) or usual.rate_wpm),
        pitch=section.number("pitch", usual.pitch, 0.7, 1.4) or usual.pitch,
    )
    section.no_more_keys()
    return style
