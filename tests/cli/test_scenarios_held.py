"""A whole call in every scenario, from files, with real voice and transcription."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import soundfile

from rehearse.engines.audio.audio_file import read_audio
from rehearse.engines.voices.pyttsx3_voice import Pyttsx3Voice
from rehearse.sound import SAMPLE_RATE_HZ, silence
from tests.program import FIXTURES, rehearse

pytestmark = pytest.mark.slow

STRONG = FIXTURES / "a_strong__piper-joe.flac"
WEAK = FIXTURES / "b_weak__piper-joe.flac"
WAYS = FIXTURES / "c_contribution_only__piper-joe.flac"
QUESTION = FIXTURES / "d_question_only__piper-joe.flac"
SILENT = FIXTURES / "silent__room.flac"
ASK = "As the manager, how do you expect this job to contribute to the business?"


@dataclass(frozen=True)
class Held:
    """A call as it is stored."""

    events: list[dict[str, str]]
    out: str
    home: Path

    @property
    def rules(self) -> list[str]:
        return [event["rule"] for event in self.events if event["event"] == "ManagerSaid"]

    def said_by(self, who: str) -> str:
        said = [e["text"] for e in self.events if e["event"] == "ManagerSaid" and e["who"] == who]
        return " ".join(said)

    @property
    def turn_ends(self) -> list[str]:
        return [event["reason"] for event in self.events if event["event"] == "TurnEnded"]

    @property
    def beeps(self) -> int:
        return sum(event["event"] == "Beeped" for event in self.events)


def clip(folder: Path, name: str, *parts: Path | str) -> Path:
    """Recordings and spoken sentences, one after the other, as one turn."""
    voice = Pyttsx3Voice(folder / "voice-cache", voice="en-gb", rate_wpm=150)
    sounds = []
    for part in parts:
        sounds.append(read_audio(part) if isinstance(part, Path) else voice.speak(part))
        sounds.append(silence(0.4))
    path = folder / f"{name}.wav"
    soundfile.write(path, np.concatenate(sounds), SAMPLE_RATE_HZ)
    return path


def hold(home: Path, scenario: str, clips: Sequence[Path | str], *options: str) -> Held:
    home.mkdir(exist_ok=True)
    files = [
        part if isinstance(part, Path) else clip(home, f"turn{number}", part)
        for number, part in enumerate(clips)
    ]
    outcome = rehearse(
        home, "call", "--candidate", *files, "--scenario", scenario, "--seed", "1", *options
    )
    assert outcome.status == 0, outcome.err
    [journal] = home.glob("rehearsals/*/events.jsonl")
    events = [json.loads(line) for line in journal.read_text().splitlines()]
    return Held(events, outcome.out, home)


def in_order(rules: list[str], *parts: str) -> bool:
    remaining = iter(rules)
    return all(any(part in rule for rule in remaining) for part in parts)


def test_friendly_offers_an_opening_answers_and_explains_why(tmp_path: Path) -> None:
    held = hold(tmp_path, "friendly", [WAYS, ASK])
    assert in_order(held.rules, "call begins", "not asked yet", "question was asked")
    assert "Ask, then stop: you asked, and let the manager answer." in held.out
    why = rehearse(tmp_path, "show", "--why")
    assert "because: the critical question was not asked yet: leaves the opening" in why.out
    kept = json.loads(rehearse(tmp_path, "show", "--json").out)
    assert kept["ask_then_stop"] == "stopped"


def test_credentials_status_and_vague_talk_each_get_their_answer(tmp_path: Path) -> None:
    recital = (
        "I have eleven years of experience. I managed a team of eight people. "
        "I won the employee of the year award twice."
    )
    status = "So I was wondering, am I still being considered for the position?"
    vague = (
        "I am a very hard worker, and I would add a lot of value to your company "
        "and make a real difference with my energy."
    )
    held = hold(tmp_path, "friendly", [recital, status, vague])
    assert in_order(held.rules, "recited credentials", "where they stand", "nothing specific")


def test_the_manager_asks_about_silence_and_hangs_up(tmp_path: Path) -> None:
    held = hold(tmp_path, "friendly", [SILENT])
    assert held.rules.count("nothing was said for long") == 2
    assert held.rules[-1] == "nothing more was said"


def test_a_voice_without_words_is_barely_heard(tmp_path: Path) -> None:
    mumble = tmp_path / "mumble.wav"
    voice = Pyttsx3Voice(tmp_path / "voice-cache")
    soundfile.write(mumble, voice.speak("uh"), SAMPLE_RATE_HZ)
    held = hold(tmp_path, "friendly", [mumble])
    assert held.rules[1] == "there was a voice, but no words could be made out"


def test_busy_cuts_in_after_one_minute(tmp_path: Path) -> None:
    long = clip(tmp_path, "long", WAYS, WEAK, WAYS)
    held = hold(tmp_path, "busy", [long, QUESTION])
    assert held.turn_ends[0] == "cut off"
    assert in_order(held.rules, "call begins", "took too long")
    began = next(float(e["at_s"]) for e in held.events if e["event"] == "TurnBegan")
    ended = next(float(e["at_s"]) for e in held.events if e["event"] == "TurnEnded")
    assert ended - began == pytest.approx(60, abs=0.1)


def test_busy_hangs_up_on_a_caller_who_keeps_talking(tmp_path: Path) -> None:
    long = clip(tmp_path, "long", WEAK, WEAK, WEAK, WEAK)
    held = hold(tmp_path, "busy", [long])
    assert in_order(held.rules, "took too long", "time is over")
    assert held.events[-1]["by"] == "manager"


def test_sceptical_pushes_back_with_the_words_just_said(tmp_path: Path) -> None:
    way = "I would call your best customers every Monday to bring down late orders."
    held = hold(tmp_path, "sceptical", [way, ASK])
    assert in_order(held.rules, "pushes back", "question was asked")
    assert "our best customer" in held.said_by("manager")


def test_distracted_talks_to_somebody_else_and_asks_to_repeat(tmp_path: Path) -> None:
    held = hold(tmp_path, "distracted", [ASK, ASK])
    assert in_order(held.rules, "somebody else", "somebody else", "question was asked")
    assert len([rule for rule in held.rules if "somebody else" in rule]) == 2, "never twice running"


def test_gatekeeper_asks_who_and_why_and_connects_the_call(tmp_path: Path) -> None:
    held = hold(
        tmp_path,
        "gatekeeper",
        ["Hello, this is Sam Rivera.", "It is about the planner position.", ASK],
    )
    assert in_order(held.rules, "call begins", "why they call", "puts the call through", "asked")
    assert held.said_by("assistant")
    assert "Assistant:" in held.out
    assert held.said_by("manager")


@pytest.mark.parametrize(
    ("message", "end"), [(STRONG, "cut off"), (QUESTION, "silence")], ids=["too long", "in time"]
)
def test_voicemail_records_one_message_between_two_beeps(
    tmp_path: Path, message: Path, end: str
) -> None:
    held = hold(tmp_path, "voicemail", [message])
    assert held.turn_ends == [end]
    assert held.beeps == 2
    assert held.out.count("(beep)") == 2
    assert in_order(held.rules, "call begins", "message is over")


def test_redirect_sends_away_twice_and_then_answers(tmp_path: Path) -> None:
    held = hold(tmp_path, "redirect", [WAYS, ASK, ASK])
    assert in_order(held.rules, "elsewhere", "elsewhere", "question was asked")


def test_a_seed_repeats_a_random_call_and_captions_can_be_off(tmp_path: Path) -> None:
    first = hold(tmp_path / "a", "random", [QUESTION], "--no-captions")
    second = hold(tmp_path / "b", "random", [QUESTION])
    assert first.events == second.events
    said = first.said_by("manager") or first.said_by("voicemail") or first.said_by("assistant")
    assert said.split(".")[0] not in first.out.split("hung up")[0]


SHEET = """\
manager = "Priya Shah"
company = "Halvorsen Freight"
job = "planner"
business = "the second depot"
question = "How do you expect this job to contribute?"

[[ways]]
action = "bring down the number of late deliveries"
touches = "operating costs"

[[ways]]
action = "teach everybody Spanish"
touches = "customers from Mexico"
"""


def test_a_typed_call_with_a_sheet_is_scored_and_scored_again(tmp_path: Path) -> None:
    (tmp_path / "sheets").mkdir()
    (tmp_path / "sheets" / "mine.toml").write_text(SHEET)
    typed = (
        "I have thought about what this job does for your costs. I would bring down the number of "
        "late deliveries with a daily list of exceptions.\n"
        "As the manager, how do you expect this job to contribute to the business?\n"
    )
    outcome = rehearse(tmp_path, "call", "--typed", "--no-sound", "--seed", "2", stdin=typed)
    assert outcome.status == 0, outcome.err
    assert "Call sheet: mine." in outcome.out
    assert "Priya Shah" in outcome.out
    kept = json.loads(rehearse(tmp_path, "show", "--json").out)
    said, dropped = kept["call_sheet"]["planned"]
    assert "late deliveries" in said["said"]["quote"]
    assert dropped["said"] is None
    assert "[x] said" in outcome.out
    assert "[ ] dropped" in outcome.out
    again = rehearse(tmp_path, "score", kept["id"])
    assert again.status == 0, again.err
    rescored = json.loads(rehearse(tmp_path, "show", "--json").out)
    assert rescored["score"] == kept["score"]
    assert rescored["transcript"] == kept["transcript"]
