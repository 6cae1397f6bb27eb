"""A broken-off call is pieced together from its events."""

from typing import Any

from rehearse import wiring
from rehearse.rehearsing.recover import pieced_together
from rehearse.sound import silence
from rehearse.transcript import Transcript, Word

STOPPED = {"event": "ManagerStopped", "at_s": 3.0}
SAID = {"event": "ManagerSaid", "at_s": 1.0, "end_s": 5.0, "text": "Hello, this is Dana Keller."}


class Nothing:
    """Stands for the transcriber: no turn of the candidate is among the events."""

    name = "nothing"

    def transcribe(
        self, samples: object, *, offset_s: float = 0.0, before: str = ""
    ) -> tuple[Word, ...]:
        raise AssertionError


def recovered(*events: dict[str, Any]) -> Transcript:
    return pieced_together(list(events), silence(6.0), Nothing(), wiring.sound_tools())


def test_an_interrupted_line_is_kept_as_far_as_it_was_heard() -> None:
    [line] = recovered(SAID, STOPPED).utterances
    assert (line.text, line.end_s) == ("Hello, this –", 3.0)


def test_a_log_that_lost_the_interrupted_line_is_recovered_all_the_same() -> None:
    assert recovered(STOPPED).utterances == ()
