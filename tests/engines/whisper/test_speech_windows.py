"""Speech windows from voice activity, drawn as text: `#` voiced, `-` weakly, `.` not."""

import numpy as np
import pytest

from rehearse.engines.whisper.speech_windows import next_window, speech_spans

VALUES = {"#": 0.9, "-": 0.4, ".": 0.1}


def drawn(text):
    return np.array([VALUES[frame] for frame in text], dtype=np.float32)


@pytest.mark.parametrize(
    ("frames", "stretches"),
    [
        ("", []),
        ("..........", []),
        ("..####....", [(2, 6)]),
        ("..######", [(2, 8)]),
        ("##--##..####", [(0, 6), (8, 12)]),
        ("..#.##.###..", []),  # noise: no stretch of it has four voiced frames
        ("..###--..####", [(9, 13)]),
    ],
)
def test_voice_must_last_long_enough_to_be_speech(frames, stretches):
    assert speech_spans(drawn(frames)) == stretches


def windows(frames, longest):
    found, first = [], 0
    while (window := next_window(drawn(frames), longest, first)) is not None:
        found.append(frames[window[0] : window[1]])
        first = window[1]
    return found


@pytest.mark.parametrize(
    ("frames", "expected"),
    [
        ("............", []),
        ("..####..####..", ["####..####"]),
        ("####.####...####.####", ["####.####", "####.####"]),  # the longest silence
        ("####...#####.####", ["####...#####", "####"]),  # the first half is too early for it
        ("#########-##########", ["#########", "-##########"]),  # no silence: the weakest voice
        ("#####" * 6, ["######", "######", "######", "############"]),
    ],
)
def test_windows_contain_all_speech_and_are_cut_at_the_best_place(frames, expected):
    found = windows(frames, longest=12)
    assert found == expected
    assert "".join(found).count("#") == frames.count("#")
