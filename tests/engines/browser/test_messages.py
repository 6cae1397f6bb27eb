"""What a page sends is read, or refused; nothing else happens."""

import contextlib
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.engines.browser.browser_line import BrowserLine, Ending
from rehearse.engines.browser.messages import (
    BadMessage,
    Hello,
    Late,
    Problem,
    Recorded,
    as_samples,
    play_message,
    read_message,
    recorded_message,
)
from rehearse.sound import BLOCK_SAMPLES

HELLO = (
    '{"type": "hello", "clock": "1", "received": 0, "device": "Headset", "latency_s": 0.02, '
    '"processing": ["echo cancellation"]}'
)


@given(st.integers(0, 2**32 - 1), st.lists(st.integers(-32768, 32767), min_size=1, max_size=400))
def test_sound_comes_out_as_it_went_in(first: int, values: list[int]) -> None:
    read = read_message(recorded_message(first, np.array(values, dtype=np.int16)))
    assert isinstance(read, Recorded)
    assert read.first == first
    assert read.samples.tolist() == values
    assert np.abs(as_samples(read.samples)).max() <= 1


def test_what_the_page_says() -> None:
    assert read_message(HELLO) == Hello("1", 0, "Headset", 0.02, ["echo cancellation"])
    assert read_message('{"type": "late", "samples": 12}') == Late(12)
    assert read_message('{"type": "problem", "what": "refused"}') == Problem("refused")


def test_sound_to_play_is_clipped_not_wrapped() -> None:
    message = play_message(7, np.array([2.0, -2.0], dtype=np.float32), begins=True)
    assert np.frombuffer(message, dtype="<i2", offset=8).tolist() == [32767, -32767]


@pytest.mark.parametrize(
    "odd",
    [
        b"",
        b"\x01",
        recorded_message(0, np.zeros(10, np.int16))[:-1],
        recorded_message(0, np.zeros(5000, np.int16)),
        b"\x02\x00\x01\x00\x00\x00\x00\x00\x00\x00",
        "",
        "{}",
        '{"type": "hello"}',
        '{"type": "problem", "what": "anything"}',
        HELLO[:-1] + ', "more": 1}',
        '{"type": "late", "samples": ' + "9" * 3000 + "}",
    ],
)
def test_anything_else_is_refused(odd: bytes | str) -> None:
    with pytest.raises(BadMessage):
        read_message(odd)


def test_ten_thousand_damaged_messages_change_nothing_for_the_call() -> None:
    """No other exception, no growth, and the good sound between them arrives."""
    chance = random.Random(23)
    line = BrowserLine()
    sent: list[bytes | Ending] = []
    line.attach(sent.append)
    line.receive(sent.append, HELLO)
    good = recorded_message(0, np.zeros(320, np.int16))
    first, refused, blocks = 0, 0, 0
    for _ in range(10_000):
        damaged = _damage(chance, good)
        try:
            read_message(damaged)
        except BadMessage:
            refused += 1
            with pytest.raises(BadMessage):
                line.receive(sent.append, damaged)
        line.receive(sent.append, recorded_message(first, np.ones(320, np.int16)))
        first += 320
        while line.behind():
            assert len(line.read()) == BLOCK_SAMPLES
            blocks += 1
    assert refused > 5_000
    assert blocks == first // BLOCK_SAMPLES
    assert line.lost_s() == 0.0
    assert sent == []


def test_well_formed_nonsense_leaves_a_line_that_works() -> None:
    """Wild sample numbers, late by a year, a latency of a month, a second greeting."""
    chance = random.Random(7)
    line = BrowserLine()
    sent: list[bytes | Ending] = []
    first = refused = 0
    for attempt in range(10_000):
        if attempt % 1_000 == 0:
            line.attach(sent.append)
        number = chance.choice([-(10**9), -1, 0, 1, 10**9, 10**15])
        nonsense = chance.choice(
            [
                recorded_message(chance.randrange(2**32), np.ones(320, np.int16)),
                f'{{"type": "late", "samples": {number}}}',
                HELLO.replace("0.02", f"{number}.5").replace("0,", f"{number},"),
                '{"type": "solved"}',
            ]
        )
        try:
            line.receive(sent.append, nonsense)
        except BadMessage:
            refused += 1
        with contextlib.suppress(BadMessage):
            line.receive(sent.append, recorded_message(first, np.ones(320, np.int16)))
        first += 320
        if chance.random() < 0.1:
            line.play(np.ones(1000, np.float32))
        while line.behind():
            assert len(line.read()) == BLOCK_SAMPLES
        assert 0 <= line.latency_s < 2
    assert refused > 1_000
    assert len(sent) < 12_000


def _damage(chance: random.Random, good: bytes) -> bytes:
    way = chance.randrange(4)
    if way == 0:
        return chance.randbytes(chance.randrange(200))
    if way == 1:
        return good[: chance.randrange(len(good))]
    if way == 2:
        return good + chance.randbytes(chance.randrange(1, 50))
    return bytes([chance.randrange(2, 256)]) + good[1:]
