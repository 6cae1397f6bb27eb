"""The manager answers the critical question if and only if the scorecard credits it."""

import pytest

from benchmarks.acts.credited import held
from tests.calling import dialogues


@pytest.mark.slow
def test_what_is_answered_is_credited_and_what_is_credited_is_answered() -> None:
    calls = list(held(24, dialogues.tagger(), dialogues.acts(), dialogues.matters()))
    assert all(call.credited == call.answered for call in calls)
    assert {call.answered for call in calls} == {True, False}
