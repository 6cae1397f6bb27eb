"""The line through a page: one clock, silence for what is lost, and every trouble a sentence."""

import json
import struct
import threading
from dataclasses import dataclass, field

import numpy as np
import pytest

from rehearse.calling.line import LineDown, NoLine
from rehearse.engines.browser.browser_line import BrowserLine, Ending
from rehearse.engines.browser.messages import PLAY, STOP, recorded_message
from rehearse.engines.browser.troubles import PROBLEMS
from rehearse.sound import BLOCK_SAMPLES, sample_count, seconds

FRAME = 320


@dataclass
class Page:
    """The other end, as static/phone_line.js and its worklet behave."""

    line: BrowserLine
    clock: str = "1"
    frame: int = 1_000
    received: int = 0
    messages: list[bytes | Ending] = field(default_factory=list)

    def send(self, message: bytes | Ending) -> None:
        self.messages.append(message)
        if isinstance(message, bytes) and message[0] == PLAY:
            self.received += 1

    def connect(self) -> None:
        self.line.attach(self.send)
        self.tell(
            type="hello", clock=self.clock, received=self.received, device="Headset",
            latency_s=0.03, processing=["echo cancellation"],
        )  # fmt: skip

    def tell(self, **message: object) -> None:
        self.line.receive(self.send, json.dumps(message))

    def record(self, frames: int = 1, value: int = 100) -> None:
        for _ in range(frames):
            sound = np.full(FRAME, value, np.int16)
            self.line.receive(self.send, recorded_message(self.frame, sound))
            self.frame += FRAME

    def lose(self, frames: int) -> None:
        self.frame += frames * FRAME

    def played(self) -> list[tuple[int, int, int]]:
        """(number of the first sample, of how many, whether a sound begins) each."""
        return [
            (at, count, flags)
            for message in self.messages
            if isinstance(message, bytes)
            for kind, flags, count, at in [struct.unpack_from("<BBHI", message)]
            if kind == PLAY
        ]


@pytest.fixture
def page() -> Page:
    page = Page(BrowserLine())
    page.connect()
    return page


def read(line: BrowserLine, blocks: int) -> np.ndarray:
    return np.concatenate([line.read() for _ in range(blocks)])


def test_frames_of_the_page_become_blocks_of_the_call(page: Page) -> None:
    page.record(8)
    assert page.line.behind()
    sound = read(page.line, 5)
    assert len(sound) == 5 * BLOCK_SAMPLES
    assert set((sound * 32768).round()) == {100}
    assert not page.line.behind()
    assert page.line.name == "Headset"
    assert page.line.processing == ("echo cancellation",)


def test_what_is_lost_is_silence_and_is_counted(page: Page) -> None:
    page.record(4)
    page.lose(4)
    page.record(8)
    sound = read(page.line, 10)
    assert np.count_nonzero(sound == 0) == 4 * FRAME
    assert not sound[4 * FRAME : 8 * FRAME].any()
    assert page.line.lost_s() == seconds(4 * FRAME)
    assert page.line.lost_s() == 0.0


def test_what_comes_twice_is_there_once(page: Page) -> None:
    page.record(4)
    page.frame -= 3 * FRAME
    page.record(3, value=200)
    page.record(4, value=300)
    sound = (read(page.line, 5) * 32768).round()
    assert set(sound[: 4 * FRAME]) == {100}
    assert set(sound[4 * FRAME :]) == {300}
    assert page.line.lost_s() == 0.0


def test_the_managers_sound_has_its_place_on_the_pages_clock(page: Page) -> None:
    start = page.frame
    page.record(8)
    read(page.line, 5)
    lead = sample_count(page.line.latency_s - 0.03)
    page.line.play(np.ones(5000, np.float32))
    place = start + 5 * BLOCK_SAMPLES + lead
    assert page.played() == [(place, 4096, 1), (place + 4096, 904, 0)]
    page.line.play(np.ones(100, np.float32))
    assert page.played()[2] == (place + 5000, 100, 1), "one after the other"


def test_a_page_that_gets_sound_too_late_is_given_more_time(page: Page) -> None:
    before_s = page.line.latency_s
    page.tell(type="late", samples=sample_count(0.05))
    assert page.line.latency_s == pytest.approx(before_s + 0.06)
    for _ in range(50):
        page.tell(type="late", samples=sample_count(0.05))
    assert page.line.latency_s < 0.6


def test_the_manager_falls_silent_at_once(page: Page) -> None:
    page.record(2)
    page.line.play(np.ones(5000, np.float32))
    page.line.stop_playing()
    assert page.messages[-1][0] == STOP  # type: ignore[index]


def test_a_page_that_is_loaded_again_gets_the_rest_of_the_sentence(page: Page) -> None:
    page.record(8)
    page.line.play(np.ones(sample_count(2.0), np.float32))
    page.record(16)
    read(page.line, 15)
    page.line.detach(page.send)
    with pytest.raises(LineDown, match="closed"):
        page.line.read()
    assert not page.line.restored()

    again = Page(page.line, clock="2", frame=50)
    again.connect()
    again.record(4)
    assert page.line.restored()
    lead = sample_count(page.line.latency_s - 0.03)
    heard = 15 * BLOCK_SAMPLES - (8 * FRAME - BLOCK_SAMPLES + lead)
    rest = sum(count for _, count, _ in again.played())
    assert rest == sample_count(2.0) - heard
    at, _, begins = again.played()[0]
    assert begins
    assert at > 50
    assert page.line.lost_s() == 0.0
    assert len(page.line.read()) == BLOCK_SAMPLES


def test_a_broken_connection_loses_nothing(page: Page) -> None:
    page.record(2)
    page.line.play(np.ones(5000, np.float32))
    page.line.detach(page.send)
    page.line.play(np.ones(5000, np.float32))
    heard_before = page.played()
    page.connect()  # the same page, which has kept what it recorded meanwhile
    page.record(100)
    sound = read(page.line, 62)
    assert set((sound * 32768).round()) == {100}
    assert page.line.lost_s() == 0.0
    new = page.played()[len(heard_before) :]
    assert [count for _, count, _ in new] == [4096, 904], "only what the page did not have"


def test_the_newest_page_has_the_call(page: Page) -> None:
    other = Page(page.line, clock="2")
    other.connect()
    assert page.messages[-1] is Ending.MOVED
    page.record(8)  # of no use any more
    assert not page.line.behind()
    page.line.close()
    assert other.messages[-1] is Ending.OVER


@pytest.mark.parametrize("what", PROBLEMS)
def test_every_trouble_of_a_page_is_a_sentence_and_the_call_waits(what: str, page: Page) -> None:
    page.tell(type="problem", what=what)
    with pytest.raises(LineDown, match=PROBLEMS[what][0].rstrip(".")):  # type: ignore[index]
        page.line.read()
    assert not page.line.restored()
    page.record(8, value=0)  # its clock goes on, the call's does not
    assert not page.line.restored()
    page.tell(type="solved")
    page.record(2)
    assert page.line.restored()
    assert page.line.read().all()
    assert page.line.lost_s() == 0.0


def test_a_microphone_that_is_refused_is_no_line() -> None:
    line = BrowserLine()
    page = Page(line)
    page.connect()
    page.tell(type="problem", what="refused")
    with pytest.raises(NoLine, match="does not let rehearse use the microphone"):
        line.await_page(10.0, lambda: False)


def test_nobody_waits_for_a_page_after_hanging_up() -> None:
    with pytest.raises(NoLine, match="before the phone rang"):
        BrowserLine().await_page(10.0, lambda: True)


def test_the_call_begins_with_the_newest_sound() -> None:
    line = BrowserLine()
    page = Page(line)
    page.connect()
    page.record(50, value=7)
    line.await_page(10.0, lambda: False)
    assert not line.behind()
    page.record(2, value=9)
    assert set((line.read() * 32768).round()) == {9}


def test_a_microphone_that_gives_nothing_but_zeros_is_muted(page: Page) -> None:
    page.record(200, value=0)
    with pytest.raises(LineDown, match="nothing but silence"):
        read(page.line, 120)


def test_who_types_needs_no_microphone() -> None:
    line = BrowserLine(listens=False)
    page = Page(line)
    page.connect()
    page.record(200, value=0)
    assert not read(line, 120).any()


def test_a_round_waits_for_a_page_that_is_away_for_a_moment() -> None:
    line = BrowserLine(away_s=10.0)
    page = Page(line)
    page.connect()
    page.record(2)
    line.read()
    line.detach(page.send)
    back = Page(line, clock="2")
    timer = threading.Timer(0.2, lambda: (back.connect(), back.record(4)))
    timer.start()
    assert len(line.read()) == BLOCK_SAMPLES
    timer.join()
