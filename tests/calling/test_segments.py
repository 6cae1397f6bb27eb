"""Segments: where a turn is cut, in call time."""

import itertools

from rehearse.calling.segments import BLOCKS_PER_S, LONGEST_S, PAUSE_BLOCKS, Segment, Segmenter


def cuts(pattern: list[tuple[float, float]]) -> tuple[list[Segment], list[Segment], Segment | None]:
    """(paused, closed, tail) after spans of (seconds, probability of voice)."""
    segmenter = Segmenter()
    paused, closed = [], []
    for length_s, probability in pattern:
        for _ in range(round(length_s * BLOCKS_PER_S)):
            segmenter.accept(probability)
            paused += [segmenter.paused] if segmenter.paused else []
            closed += [segmenter.closed] if segmenter.closed else []
    return paused, closed, segmenter.tail()


def blocks(length_s: float) -> int:
    return round(length_s * BLOCKS_PER_S)


def test_a_pause_reports_the_open_segment_and_leaves_a_short_one_open() -> None:
    paused, closed, tail = cuts([(5, 0.9), (1, 0.0), (1, 0.9)])
    assert paused == [Segment(0, blocks(5) + PAUSE_BLOCKS)]
    assert closed == []
    assert tail == Segment(0, blocks(5) + blocks(1) + blocks(1))


def test_a_segment_closed_at_a_pause_is_the_one_reported_in_it() -> None:
    paused, closed, tail = cuts([(11, 0.9), (1, 0.0)])
    assert closed == paused == [Segment(0, blocks(11) + PAUSE_BLOCKS)]
    assert tail is None


def test_the_longer_a_segment_the_shorter_the_pause_that_closes_it() -> None:
    assert cuts([(11, 0.9), (0.7, 0.0), (1, 0.9)])[1] == []
    assert len(cuts([(19, 0.9), (0.7, 0.0), (1, 0.9)])[1]) == 1
    assert len(cuts([(24, 0.9), (0.45, 0.0), (1, 0.9)])[1]) == 1


def test_speech_without_a_pause_is_cut_where_voice_is_least_likely() -> None:
    paused, closed, tail = cuts([(20, 0.9), (0.1, 0.3), (20, 0.9)])
    assert paused == []
    assert [(s.first, abs(s.end - blocks(20)) <= 3) for s in closed] == [(0, True)]
    assert tail is not None
    assert tail.first == closed[0].end


def test_nothing_is_left_out_or_used_twice() -> None:
    pattern = [(3, 0.9), (0.4, 0.1), (7, 0.8), (0.7, 0.0), (40, 0.9), (0.2, 0.2), (5, 0.9)]
    _, closed, tail = cuts(pattern)
    segments = [*closed, *([tail] if tail else [])]
    assert segments[0].first == 0
    assert all(a.end == b.first for a, b in itertools.pairwise(segments))
    assert segments[-1].end == sum(blocks(length_s) for length_s, _ in pattern)
    assert all((s.end - s.first) / BLOCKS_PER_S <= LONGEST_S + 0.1 for s in segments)


def test_silence_is_discarded() -> None:
    segmenter = Segmenter()
    for _ in range(10_000):
        segmenter.accept(0.0)
    assert segmenter.tail() is None
    assert segmenter.first >= 10_000 - 32
