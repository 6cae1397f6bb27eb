"""A loudspeaker beside the microphone: the manager's own voice does not stop them, others do."""

import numpy as np
import pytest

from rehearse.calling.call import Call
from rehearse.calling.events import Event, ManagerSaid, ManagerStopped
from rehearse.calling.live_listener import LiveListener
from rehearse.calling.manager import Manager
from rehearse.calling.own_echo import (
    ECHO_BLOCKS,
    LIKENESS_BLOCKS,
    OWN_ECHO,
    PROOF_BLOCKS,
    SOFTEST_DBFS,
    CancellationProof,
    Echo,
    is_own_echo,
    likeness,
)
from rehearse.calling.parts import Parts, Tones
from rehearse.calling.scenario import find_scenario
from rehearse.calling.turn_taking import Patience
from rehearse.calling.understood import Understood
from rehearse.engines.audio.audio_file import read_audio
from rehearse.preparing.call_sheet import CallSheet
from rehearse.sound import BLOCK_SAMPLES, Samples, level_dbfs, sample_count
from tests.calling.test_call_turns import QUIET, HangUpAt, Kept, Line, Loudness, Script, Voice
from tests.program import FIXTURES

MANAGER = read_audio(FIXTURES / "a_strong__piper-joe.flac")
CANDIDATE = read_audio(FIXTURES / "d_question_only__kokoro-jm_kumo.flac")


class SpeakingManager(Voice):
    def speak(self, text: str) -> Samples:
        return MANAGER[: sample_count(5.0)]


class RoomLine(Line):
    """The manager comes back `echo_s` later at `gain`; the candidate speaks from `speaks_at_s`."""

    def __init__(
        self, gain: float, echo_s: float, speaks_at_s: float | None, candidate: Samples = CANDIDATE
    ) -> None:
        super().__init__([], latency_s=0.0)
        self._air = np.zeros(sample_count(60.0), np.float32)
        self._gain, self._echo = gain, sample_count(echo_s)
        if speaks_at_s is not None:
            at = sample_count(speaks_at_s)
            self._air[at : at + len(candidate)] += candidate

    def play(self, samples: Samples) -> None:
        at = self.at + self._echo
        self._air[at : at + len(samples)] += np.float32(self._gain) * samples

    def read(self) -> Samples:
        self.at += BLOCK_SAMPLES
        return self._air[self.at - BLOCK_SAMPLES : self.at]


def greeted(line: RoomLine, echo: Echo) -> list[Event]:
    events: list[Event] = []
    listener = LiveListener(Script("Hello"), Loudness(), waits=True)
    parts = Parts(
        line, SpeakingManager(), Loudness(), listener, Kept(), HangUpAt(line, 5.2),
        Tones(QUIET, QUIET, QUIET, QUIET), lambda _: Understood(spoke=True), echo=echo,
    )  # fmt: skip
    Call(
        parts, Manager(find_scenario("friendly"), CallSheet(), 1), Patience(), events.append
    ).hold()
    listener.close()
    return events


@pytest.mark.parametrize("echo_s", [0.05, 0.15, 0.3])
def test_an_echo_that_is_not_cancelled_does_not_stop_the_manager(echo_s: float) -> None:
    events = greeted(RoomLine(0.5, echo_s, None), Echo.CANCELLED)
    assert not [event for event in events if isinstance(event, ManagerStopped)]


def test_what_is_left_of_an_echo_is_too_soft_to_stop_the_manager() -> None:
    line = RoomLine(0.0, 0.0, 0.5, candidate=0.05 * CANDIDATE)
    events = greeted(line, Echo.CANCELLED)
    assert not [event for event in events if isinstance(event, ManagerStopped)]


def test_where_cancellation_has_not_proved_itself_nobody_stops_the_manager() -> None:
    for line in (RoomLine(0.5, 0.15, 3.0), RoomLine(0.0, 0.15, 0.3)):
        events = greeted(line, Echo.CANCELLED)
        first = next((event.at_s for event in events if isinstance(event, ManagerStopped)), 9.0)
        assert first > 1.4, "48 blocks of the manager come first"


@pytest.mark.parametrize("gain", [0.0, 0.02])
def test_a_voice_beside_the_echo_stops_the_manager(gain: float) -> None:
    line = RoomLine(gain, 0.05, 3.0)
    events = greeted(line, Echo.CANCELLED)
    assert [event for event in events if isinstance(event, ManagerStopped)]
    assert len(line.stopped_at_s) == 1
    assert any(isinstance(event, ManagerSaid) for event in events)


def test_a_copy_is_alike_at_any_delay_and_level_and_another_voice_is_not() -> None:
    played = MANAGER[: sample_count(1.2)]
    for delay in (0, 1_000, 12_000):
        end = len(played) - delay
        heard = 0.01 * played[end - LIKENESS_BLOCKS * BLOCK_SAMPLES : end]
        assert likeness(heard, played) > 2 * OWN_ECHO
    for at_s in np.arange(0.5, 8.0, 0.5):
        other = CANDIDATE[sample_count(at_s) :][: LIKENESS_BLOCKS * BLOCK_SAMPLES]
        assert likeness(other, played) < OWN_ECHO
    assert likeness(np.zeros(100, np.float32), played) == 0.0
    assert likeness(played, played[:100]) == 0.0


LOUD_DBFS, SILENT_DBFS = -17.0, -70.0


def block(dbfs: float) -> Samples:
    return np.full(BLOCK_SAMPLES, 10 ** (dbfs / 20), np.float32)


def hear(
    proof: CancellationProof, heard_dbfs: list[float], *, played: float = LOUD_DBFS, **kind: bool
) -> None:
    for level in heard_dbfs:
        proof.hear(block(level), block(played), **kind)


def proved() -> CancellationProof:
    proof = CancellationProof()
    hear(proof, [SILENT_DBFS] * (ECHO_BLOCKS + PROOF_BLOCKS + 4))
    assert proof.works
    return proof


def test_cancellation_that_has_settled_is_proved_in_a_second_and_a_half() -> None:
    proof = CancellationProof()
    hear(proof, [SILENT_DBFS] * (ECHO_BLOCKS + PROOF_BLOCKS + 3))
    assert not proof.works
    hear(proof, [SILENT_DBFS])
    assert proof.works


def test_the_managers_short_pauses_prove_as_much_as_their_words() -> None:
    proof = CancellationProof()
    for _ in range((ECHO_BLOCKS + PROOF_BLOCKS) // 8 + 1):
        hear(proof, [SILENT_DBFS] * 4)
        hear(proof, [SILENT_DBFS] * 4, played=-66.0)
    assert proof.works


def test_a_first_second_in_which_it_settles_does_not_count_for_long() -> None:
    proof = CancellationProof()
    hear(proof, [-25.0] * (ECHO_BLOCKS + 30))
    hear(proof, [SILENT_DBFS] * 30)
    assert not proof.works
    hear(proof, [SILENT_DBFS] * 4)
    assert proof.works, "a second of silence is enough, however it began"


def test_cancellation_that_fails_or_loses_its_place_is_not_proved() -> None:
    failing = CancellationProof()
    hear(failing, [-24.0, -60.0, -60.0, -60.0, -60.0, -60.0] * 40)
    assert not failing.works, "one block in six is an echo"
    proof = proved()
    hear(proof, [-24.0] * 8)
    assert not proof.works


def test_an_echo_in_the_managers_pauses_is_one() -> None:
    proof = CancellationProof()
    for _ in range(20):
        hear(proof, [SILENT_DBFS] * 6)
        hear(proof, [-24.0] * 6, played=-66.0)
    assert not proof.works


def test_lines_shorter_than_an_echo_takes_prove_nothing() -> None:
    proof = CancellationProof()
    for _ in range(20):
        proof.begin_line()
        hear(proof, [SILENT_DBFS] * ECHO_BLOCKS)
    assert not proof.works


def test_an_interruption_takes_nothing_from_a_proof_however_long_it_goes_unnoticed() -> None:
    proof = proved()
    hear(proof, [-40.0, -30.0, -25.0])  # before the detector finds a voice
    hear(proof, [-25.0] * 200, interrupts=True)
    assert proof.works


def test_an_interruption_in_pieces_takes_nothing_from_a_proof() -> None:
    proof = proved()
    for _ in range(10):
        hear(proof, [-25.0] * 2, interrupts=True)
        hear(proof, [SOFTEST_DBFS - 1.0] * 3)
        hear(proof, [-30.0] * 2, voiced=False)
    assert proof.works


def test_remains_of_a_lines_first_sounds_take_nothing_from_a_proof() -> None:
    proof = proved()
    proof.begin_line()
    hear(proof, [SILENT_DBFS] * ECHO_BLOCKS)
    hear(proof, [-39.0, -38.5, -39.0, -45.0, -39.5])
    hear(proof, [-34.0, -33.0, -31.0, -34.0], voiced=False)
    hear(proof, [SILENT_DBFS] * 10)
    assert proof.works


def test_an_interruption_before_the_proof_delays_it() -> None:
    proof = CancellationProof()
    hear(proof, [SILENT_DBFS] * (ECHO_BLOCKS + 10))
    hear(proof, [-25.0] * 30, interrupts=True)
    hear(proof, [SILENT_DBFS] * 10)
    assert not proof.works
    hear(proof, [SILENT_DBFS] * PROOF_BLOCKS)
    assert proof.works


def test_half_cancelled_remains_are_the_managers_own_too() -> None:
    played = MANAGER[: sample_count(2.0)]
    echo = played[-6 * BLOCK_SAMPLES - 3_000 : -3_000]
    noise = np.random.default_rng(1).standard_normal(len(echo)).astype(np.float32)
    remains = 0.3 * echo + 0.3 * np.abs(echo) * noise
    quiet = [np.full(BLOCK_SAMPLES, 1e-5, np.float32)] * 6
    recent = [*quiet, *remains.reshape(6, BLOCK_SAMPLES)]
    assert likeness(np.concatenate(recent), played) < OWN_ECHO, "not as like as a copy"
    assert is_own_echo(recent, played)


def test_six_loud_blocks_of_another_voice_are_not_the_managers() -> None:
    played = MANAGER[: sample_count(1.2)]
    quiet = [np.full(BLOCK_SAMPLES, 1e-5, np.float32)] * 6
    for at_s in np.arange(0.5, 8.0, 0.25):
        voice = CANDIDATE[sample_count(at_s) :][: 6 * BLOCK_SAMPLES].reshape(6, BLOCK_SAMPLES)
        assert is_own_echo([*quiet, *voice], played) == (level_dbfs(voice[-1]) < SOFTEST_DBFS)
