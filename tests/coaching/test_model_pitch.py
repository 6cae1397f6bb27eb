"""The model pitch: the sheet in the structure of the advice, and nothing that is not on it."""

from rehearse.coaching.model_pitch import model_pitch
from rehearse.preparing.call_sheet import CallSheet, Draft, Way


def test_it_is_the_sheet_in_the_structure_of_the_advice() -> None:
    sheet = CallSheet(
        manager="Dana Keller",
        company="Northline",
        job="Warehouse Planner",
        ways=(Way("Cut the onboarding time", "Revenue"), Way("I'd automate the matching", "")),
        question="How do you see this job helping Northline?",
    )
    assert model_pitch(sheet) == (
        "Hello Dana Keller. Thank you for picking up; you said I could call.",
        "I've been thinking about how the job of Warehouse Planner contributes to Northline's "
        "business. It's just one job, but every job affects the bottom line.",
        "I know your business only from outside, but if you hired me, I believe I could add to "
        "your success in two ways.",
        "First, I would cut the onboarding time; that touches revenue.",
        "Second, I'd automate the matching.",
        "How do you see this job helping Northline?",
        "It's important to me to know what role I'd play at that level.",
    )


def test_a_way_that_is_missing_is_not_announced() -> None:
    one = CallSheet(
        ways=(Way("sort the returns", "so that refunds go out the same week"),),
        drafts=(Draft("I don't know"),),
    )
    said = " ".join(model_pitch(one))
    assert "I would sort the returns so that refunds go out the same week." in said
    assert "First" not in said
    assert "ways" not in said
    assert "I don't know" not in said
    assert "hired me" not in " ".join(model_pitch(CallSheet()))
