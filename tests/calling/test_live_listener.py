"""LiveListener: what is transcribed and when; nothing is lost or left running."""

import threading
import time
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from rehearse.calling.live_listener import MOST_WAITING, LiveListener
from rehearse.sound import BLOCK_SAMPLES, Samples, seconds
from rehearse.transcript import Word

BLOCKS_PER_S = 1 / seconds(BLOCK_SAMPLES)


class Loudness:
    """A detector that takes everything but silence for voice."""

    def accept(self, block: Samples) -> float:
        return float(block.any())

    def reset(self) -> None:
        pass


class Numbers:
    """A transcriber of blocks that contain one number each: one word per number, in order."""

    name = "numbers"

    def __init__(self) -> None:
        self.contexts: list[str] = []
        self.lengths: list[int] = []
        self.may_go_on = threading.Event()
        self.may_go_on.set()

    def transcribe(
        self, samples: Samples, *, offset_s: float = 0.0, before: str = ""
    ) -> tuple[Word, ...]:
        self.may_go_on.wait(10)
        self.contexts.append(before)
        self.lengths.append(len(samples))
        words: list[Word] = []
        for index, value in enumerate(samples[::BLOCK_SAMPLES].round().astype(int).tolist()):
            if value and (not words or words[-1].text != str(value)):
                words.append(Word(str(value), offset_s + index / BLOCKS_PER_S))
        return tuple(words)


def talk(*stretches: tuple[float, float]) -> Iterator[Samples]:
    """Blocks of (seconds, number); number 0 is silence."""
    for length_s, number in stretches:
        for _ in range(round(length_s * BLOCKS_PER_S)):
            yield np.full(BLOCK_SAMPLES, number, dtype=np.float32)


@pytest.fixture
def numbers() -> Numbers:
    return Numbers()


@pytest.fixture
def listener(numbers: Numbers) -> Iterator[LiveListener]:
    listener = LiveListener(numbers, Loudness(), waits=True)
    yield listener
    numbers.may_go_on.set()
    listener.close()
    assert not [t for t in threading.enumerate() if t.name.startswith("live-words")]


def texts(words: tuple[Word, ...] | None) -> list[str] | None:
    return None if words is None else [word.text for word in words]


def test_all_words_in_order_with_their_times_on_the_clock_of_the_call(
    listener: LiveListener,
) -> None:
    listener.begin(100.0)
    for block in talk((11, 1), (1, 0), (11, 2), (1, 0), (3, 3)):
        listener.hear(block)
    words = listener.finish()
    assert texts(words) == ["1", "2", "3"]
    assert [word.start_s for word in words] == pytest.approx([100, 112, 124], abs=0.1)


def test_each_segment_is_given_the_words_before_it(
    listener: LiveListener, numbers: Numbers
) -> None:
    listener.begin(0.0)
    for block in talk((11, 1), (1, 0), (11, 2), (1, 0), (3, 3)):
        listener.hear(block)
    listener.finish()
    assert numbers.contexts == ["", "1", "1 2"]


def test_words_transcribed_in_a_pause_are_not_transcribed_again_at_the_end(
    listener: LiveListener, numbers: Numbers
) -> None:
    listener.begin(0.0)
    for block in talk((4, 1), (0.2, 0)):
        listener.hear(block)
    assert listener.so_far() is None
    for block in talk((0.3, 0)):
        listener.hear(block)
    assert texts(listener.so_far()) == ["1"]
    assert texts(listener.finish()) == ["1"]
    assert len(numbers.lengths) == 1


def test_speech_that_continues_after_a_pause_is_transcribed_completely(
    listener: LiveListener,
) -> None:
    listener.begin(0.0)
    for block in talk((4, 1), (0.5, 0), (2, 2)):
        listener.hear(block)
    assert listener.so_far() is None
    assert texts(listener.finish()) == ["1", "2"]


def test_a_slow_recogniser_is_late_but_gets_the_same_words(numbers: Numbers) -> None:
    listener = LiveListener(numbers, Loudness())
    numbers.may_go_on.clear()
    listener.begin(0.0)
    for block in talk((11, 1), (1, 0), (11, 2), (0.5, 0)):
        listener.hear(block)
    assert listener.so_far() is None
    numbers.may_go_on.set()
    assert texts(listener.finish()) == ["1", "2"]
    listener.close()


def test_a_full_queue_makes_the_call_wait_and_loses_nothing(numbers: Numbers) -> None:
    listener = LiveListener(numbers, Loudness())
    numbers.may_go_on.clear()
    listener.begin(0.0)
    released = threading.Timer(0.3, numbers.may_go_on.set)
    released.start()
    count = MOST_WAITING + 4
    for number in range(1, count + 1):
        for block in talk((11, number), (1, 0)):
            listener.hear(block)
    assert numbers.may_go_on.is_set()
    assert texts(listener.finish()) == [str(number) for number in range(1, count + 1)]
    released.join()
    listener.close()


class Preparer:
    """A drafter that prepares until it must stop, and leaves the words to `numbers`."""

    def __init__(self, numbers: Numbers) -> None:
        self.numbers = numbers
        self.prepared_s: list[float] = []
        self.at_it = threading.Event()
        self.patient = False

    def prepare(self, samples: Samples, *, before: str, go_on: Callable[[], bool]) -> None:
        self.prepared_s.append(seconds(len(samples)))
        self.at_it.set()
        while self.patient and go_on():
            time.sleep(0.001)

    def conclude(
        self, samples: Samples, *, offset_s: float = 0.0, before: str = ""
    ) -> tuple[Word, ...]:
        return self.numbers.transcribe(samples, offset_s=offset_s, before=before)


def test_speech_is_prepared_while_it_continues(numbers: Numbers) -> None:
    preparer = Preparer(numbers)
    listener = LiveListener(numbers, Loudness(), preparer)
    listener.begin(0.0)
    for block in talk((7, 1)):
        listener.hear(block)
        time.sleep(0.001)  # else the worker has no time
    assert texts(listener.finish()) == ["1"]
    assert preparer.prepared_s == pytest.approx([2, 4, 6], abs=0.5)
    assert len(numbers.lengths) == 1
    listener.close()


def test_preparation_stops_when_words_are_needed(numbers: Numbers) -> None:
    preparer = Preparer(numbers)
    preparer.patient = True
    listener = LiveListener(numbers, Loudness(), preparer)
    listener.begin(0.0)
    for block in talk((4, 1)):
        listener.hear(block)
    assert preparer.at_it.wait(10)
    assert texts(listener.finish()) == ["1"]
    listener.close()


def test_speech_that_continues_after_a_pause_is_not_transcribed_twice(numbers: Numbers) -> None:
    preparer = Preparer(numbers)
    preparer.patient = True
    listener = LiveListener(numbers, Loudness(), preparer)
    listener.begin(0.0)
    for block in talk((1, 1), (0.5, 0)):
        listener.hear(block)
    assert preparer.at_it.wait(10)
    for block in talk((1, 2)):
        listener.hear(block)
    assert texts(listener.finish()) == ["1", "2"]
    assert len(numbers.lengths) == 1
    listener.close()


def test_turns_do_not_mix(listener: LiveListener) -> None:
    for number in (1, 2):
        listener.begin(0.0)
        for block in talk((11, number), (1, 0), (1, number)):
            listener.hear(block)
        assert set(texts(listener.finish()) or []) == {str(number)}


def test_silence_has_no_words_and_costs_nothing(listener: LiveListener, numbers: Numbers) -> None:
    listener.begin(0.0)
    for block in talk((60, 0)):
        listener.hear(block)
    assert listener.so_far() == ()
    assert listener.finish() == ()
    assert numbers.lengths == []


def test_an_error_of_the_recogniser_is_raised_when_the_turn_ends() -> None:
    class Broken(Numbers):
        def transcribe(self, *args: object, **kwargs: object) -> tuple[Word, ...]:
            raise RuntimeError("broken")

    listener = LiveListener(Broken(), Loudness())
    listener.begin(0.0)
    for block in talk((4, 1), (0.5, 0)):
        listener.hear(block)
    with pytest.raises(RuntimeError, match="broken"):
        listener.finish()
    listener.close()


def test_memory_does_not_grow_with_the_turn(listener: LiveListener) -> None:
    listener.begin(0.0)
    for _ in range(30):
        for block in talk((9, 1), (1, 0)):
            listener.hear(block)
    assert len(listener._blocks) < 60 * BLOCKS_PER_S
