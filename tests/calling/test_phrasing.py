"""The script's lines in other words: in time and as a whole, or not at all."""

import contextlib
import dataclasses
from collections.abc import Iterator, Sequence
from concurrent.futures import Future

import pytest

from rehearse.calling import phrasing as module
from rehearse.calling.manager import ManagerLine, Who
from rehearse.calling.phrase_request import Message, scene_of
from rehearse.calling.phrasing import LATE_IN_A_ROW, PhraserFailed, Phrasing
from rehearse.calling.scenario import packaged_scenario
from rehearse.preparing.call_sheet import CallSheet, Way
from rehearse.transcript import Speaker, Utterance, words_of_text

SHEET = CallSheet(
    company="Halvorsen Freight", job="planner", business="the new depot", phone="555 0199",
    ways=(Way("plan the slots", "trucks"),),
)  # fmt: skip
CALL = (
    Utterance(Speaker.MANAGER, words_of_text("Dana Keller.")),
    Utterance(Speaker.CANDIDATE, words_of_text("Hi, this is Maria. Is this a bad time?")),
)
LINES = (ManagerLine("No, it's fine.", "it was asked"), ManagerLine("Go ahead.", "thread"))


class English:
    def language(self, text: str) -> str:
        return "en"


class Model:
    """A Phraser whose replies the test gives."""

    name = "model"

    def __init__(self) -> None:
        self.asked: list[tuple[Sequence[Message], Future[str]]] = []

    def begin(self, messages: Sequence[Message]) -> Future[str]:
        self.asked.append((messages, Future()))
        return self.asked[-1][1]

    def writes(self, text: str) -> None:
        self.asked[-1][1].set_result(text)


@contextlib.contextmanager
def phrasing(model: Model, rendered: list[str] | None = None) -> Iterator[Phrasing]:
    scene = scene_of(packaged_scenario("friendly"), SHEET, "Dana Keller")
    render = (rendered if rendered is not None else []).append
    with contextlib.closing(Phrasing(model, scene, English(), render)) as one:
        yield one


def test_the_reply_is_one_line_with_its_sound_and_the_scripts_lines() -> None:
    model, rendered = Model(), []
    with phrasing(model, rendered) as one:
        one.begin(LINES, CALL)
        model.writes("No, Maria, I have a minute.")
        lines, why_not = one.phrased(LINES, CALL)
    assert why_not == ""
    [line] = lines
    assert line.text == "No, Maria, I have a minute."
    assert line.scripted == ("No, it's fine.", "Go ahead.")
    assert line.rule == "thread"
    assert rendered == [line.text]


def test_what_was_begun_in_a_pause_is_not_begun_again() -> None:
    model = Model()
    with phrasing(model) as one:
        one.begin(LINES, CALL)
        one.begin(LINES, CALL)
        model.writes("No, Maria, I have a minute.")
        one.phrased(LINES, CALL)
    assert len(model.asked) == 1


def test_more_words_make_a_new_request_and_break_off_the_old_one() -> None:
    model = Model()
    more = (CALL[0], Utterance(Speaker.CANDIDATE, words_of_text("Is this a bad time? I can wait.")))
    with phrasing(model) as one:
        one.begin(LINES, CALL)
        one.begin(LINES, more)
        assert [written.cancelled() for _, written in model.asked] == [True, False]


def test_late_words_are_dropped_and_after_a_while_not_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "WAIT_S", 0.05)
    model = Model()
    with phrasing(model) as one:
        for _ in range(LATE_IN_A_ROW):
            lines, why_not = one.phrased(LINES, CALL)
            assert lines == LINES
            assert "not ready in time" in why_not
            assert model.asked[-1][1].cancelled()
        monkeypatch.setattr(module, "WAIT_S", 3600)
        assert one.phrased(LINES, CALL)[0] == LINES


@pytest.mark.parametrize("error", [PhraserFailed("the server broke off"), None])
def test_what_fails_or_is_rejected_is_the_scripts_with_a_reason(error: Exception | None) -> None:
    model = Model()
    with phrasing(model) as one:
        one.begin(LINES, CALL)
        if error is not None:
            model.asked[-1][1].set_exception(error)
        else:
            model.writes("*smiles* No, Maria.")
        lines, why_not = one.phrased(LINES, CALL)
    assert lines == LINES
    assert why_not in ("the server broke off",
                       "the model wrote a stage direction or something in brackets")  # fmt: skip


def test_nobody_else_is_phrased_and_nothing_without_a_caller() -> None:
    model = Model()
    assistant = tuple(dataclasses.replace(line, who=Who.ASSISTANT) for line in LINES)
    with phrasing(model) as one:
        assert one.phrased(assistant, CALL) == (assistant, "")
        assert one.phrased(LINES, CALL[:1]) == (LINES, "")
    assert model.asked == []


def test_the_model_is_told_what_the_manager_knows_and_no_more() -> None:
    model = Model()
    with phrasing(model) as one:
        one.begin(LINES, CALL)
    setting, talk = (message.content for message in model.asked[0][0])
    assert setting.startswith("You are Dana Keller, a hiring manager at Halvorsen Freight")
    assert "warm" in setting
    assert "planner" in setting
    assert "the new depot" in setting
    assert "Caller: Hi, this is Maria. Is this a bad time?" in talk
    assert "No, it's fine. Go ahead." in talk
    assert "555" not in setting + talk
    assert "plan the slots" not in setting + talk
