"""What cannot be a way is declined kindly, and nothing else is."""

import pytest

from rehearse.preparing.call_sheet import CallSheet
from rehearse.preparing.draft_way import draft_sentence
from rehearse.preparing.not_a_way import (
    declined,
    declined_phone,
    declined_question,
    is_no_answer,
    is_unknown,
    is_yes,
)
from rehearse.preparing.way_sentence import way_of, way_sentence
from rehearse.preparing.way_slot import WaySlot, with_slots
from rehearse.report.call_card import call_card


@pytest.mark.parametrize("words", ["", "?", "...", "3", " - "])
def test_no_words_ask_for_a_small_answer(words: str) -> None:
    found = declined(words)
    assert found is not None
    assert found.rule == "no_words"


@pytest.mark.parametrize(
    "words",
    ["I don't know", "i dont know yet", "No idea", "not sure", "tbd", "I would help", "n/a"],
)
def test_not_knowing_yet_is_where_everybody_starts(words: str) -> None:
    found = declined(words)
    assert found is not None
    assert found.rule in ("dont_know", "only_effort")
    assert "?" in found.text


@pytest.mark.parametrize(
    "words",
    ["work hard", "I'd work really hard for you", "Be a team player", "do my best", "add value",
     "bring my energy", "I'm motivated", "help the team", "go the extra mile"],
)  # fmt: skip
def test_effort_alone_is_expected_of_everybody(words: str) -> None:
    found = declined(words)
    assert found is not None
    assert found.rule == "only_effort"


@pytest.mark.parametrize(
    "words", ["dunno", "skip", "Dunno, skip", "I really don't know", "can't think of anything"]
)
def test_an_answer_that_is_none_is_left_out(words: str) -> None:
    assert is_no_answer(words)
    assert draft_sentence([words, "", "", "sorted returns", words]) == "I would sort returns"


@pytest.mark.parametrize(
    "words",
    ["no", "No thanks.", "nah", "no, not that one", "I would not do that", "I'd rather not",
     "I don't like it", "that's not me", "drop it", "not that", "leave it out", "n"],
)  # fmt: skip
def test_declining_is_no_way(words: str) -> None:
    assert declined(words) is not None
    assert is_no_answer(words)
    sheet = with_slots(CallSheet(company="Northwind"), [WaySlot(words)])
    assert call_card(sheet) is None


@pytest.mark.parametrize("words", ["yes", "Ok.", "take it", "y", "yes please", "that's right"])
def test_agreeing_alone_is_no_way_either(words: str) -> None:
    assert is_yes(words)
    assert declined(words) is not None


@pytest.mark.parametrize(
    "words",
    ["drop the paper forms", "keep the late shift informed", "take calls at noon",
     "no longer print the lists", "please every regular with a card", "remove it from the list"],
)  # fmt: skip
def test_a_way_may_begin_like_a_yes_or_no(words: str) -> None:
    assert not is_yes(words)
    assert not is_no_answer(words)


def test_what_is_said_after_a_no_is_the_way() -> None:
    assert way_of("No, I'd call them the day before") == way_of("call them the day before")
    assert way_of("Well, second, I would sort the post") == way_of("sort the post")


@pytest.mark.parametrize(
    "words", ["fewer empty slots", "Happier customers", "no more double bookings", "Better reviews"]
)
def test_an_outcome_without_an_action_lacks_what_the_person_would_do(words: str) -> None:
    found = declined(words)
    assert found is not None
    assert "What would you do so that it happens?" in found.text


@pytest.mark.parametrize("words", ["?", "I don't know", "n/a", "No idea", "-"])
def test_a_name_can_be_unknown(words: str) -> None:
    assert is_unknown(words)


@pytest.mark.parametrize("words", ["Next", "Pass & Sons", "0171 123", "Later Ltd", "Help"])
def test_a_name_can_be_an_odd_word(words: str) -> None:
    assert not is_unknown(words)


@pytest.mark.parametrize(
    "words",
    ["fewer empty slots, because I would call the waiting list",
     "work hard on the returns so that refunds go out", "help the night nurses with handover",
     "I know how to cut your scrap: label the bins", "test every pump before it ships",
     "something like a weekly list for the drivers", "no order leaves without a second look"],
)  # fmt: skip
def test_whatever_may_be_a_way_is_left_to_the_scorer(words: str) -> None:
    assert declined(words) is None


def test_a_question_mark_is_no_question_but_a_plain_one_is() -> None:
    assert declined_question("?") is not None
    assert declined_question("not sure yet") is not None
    assert declined_question("Help the team: how would this job do that?") is None


@pytest.mark.parametrize(
    "words",
    ["Helen Marsh", "ask Dana", "reception", "I would bake the second tray at 8 instead of 17"],
)
def test_a_name_is_no_number_to_dial(words: str) -> None:
    assert declined_phone(words) is not None


@pytest.mark.parametrize("words", ["0171 123", "ask for Dana, 0123 456-78", "extension 12"])
def test_a_number_may_have_words_beside_it(words: str) -> None:
    assert declined_phone(words) is None


@pytest.mark.parametrize(
    "words",
    ["We lose customers because glasses are late", "The remakes cost a lot",
     "Pairs wait for grinding", "customers ring to ask where glasses are",
     "customers wait for finished glasses", "Your drivers stand idle on Mondays",
     "new starters are slow on the till", "late orders cost you the regulars"],
)  # fmt: skip
def test_how_things_are_there_is_a_start_and_no_way(words: str) -> None:
    found = declined(words)
    assert found is not None
    assert found.rule == "only_states"
    assert "What would you do about it?" in found.text
    assert not way_sentence(way_of(words)).startswith("I would")


@pytest.mark.parametrize(
    "words",
    ["so that customers notice back orders", "So the refunds arrive the same week",
     "in order to save time", "which saves you ten hours", "I would so that nobody waits",
     "I would ... so that returns no longer wait", "because the drivers stand idle"],
)  # fmt: skip
def test_what_it_is_good_for_is_half_a_way(words: str) -> None:
    found = declined(words)
    assert found is not None
    assert "What would you do" in found.text


@pytest.mark.parametrize(
    "words",
    ["so that nobody waits, I would text them a time", "because drivers wait, I'd text them",
     "so we call them the day before", "solve the delays at the dock"],
)  # fmt: skip
def test_what_comes_before_its_reason_or_after_it_is_a_way(words: str) -> None:
    assert declined(words) is None


@pytest.mark.parametrize(
    "words", ["kept a list on the wall with dates for every order", "introduced barcode scanning"]
)
def test_what_was_done_elsewhere_is_asked_for_as_a_plan(words: str) -> None:
    found = declined(words)
    assert found is not None
    assert found.rule == "only_past"
    assert not way_sentence(way_of(words)).startswith("I would")


@pytest.mark.parametrize(
    "words",
    ["check the centring before I grind", "The returns: I'd sort them by reason", "need a second "
     "look at every remake", "process returns on the day", "discuss prices with the carriers",
     "Would it help if I called them the day before?", "a rota that matches the busy hours",
     "we could text every patient on Friday", "a weekly list so that no driver waits",
     "feed the stock list into the till"],
)  # fmt: skip
def test_what_somebody_would_do_is_not_declined(words: str) -> None:
    assert declined(words) is None


@pytest.mark.parametrize(
    "said",
    ["nah mate", "rubbish", "No thank you, I'd never say that.", "I wouldn't say it like that"],
)
def test_a_refusal_of_a_draft_is_no_way(said: str) -> None:
    assert declined(said) is not None


@pytest.mark.parametrize("said", ["I would never let a customer wait.", "No, I'd ring them first."])
def test_a_way_that_begins_like_a_refusal_stays_one(said: str) -> None:
    assert declined(said) is None
