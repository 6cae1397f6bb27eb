"""Whether the program's doubt tells wrong words from right ones."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rehearse.engines.whisper.library import import_whisper
from rehearse.scoring.recognition import DOUBTFUL, chances_for_marks
from rehearse.transcript import Word


def with_chances(words: Sequence[Word], text: str) -> list[tuple[float, bool]]:
    """(chance that it is right as the marks tell it, whether it is) of each recognised word."""
    chances = chances_for_marks(words)
    return [(chances[at] or 0.0, is_right) for at, is_right in judged(words, text).items()]


def judged(words: Sequence[Word], text: str) -> dict[int, bool]:
    """Whether each word is right, by its place; without those that the normaliser drops.

    Both sides are normalised word by word: over several words Whisper's normaliser joins numbers
    and takes "to" for 2, which would make right words wrong."""
    import jiwer

    import_whisper()
    from whisper.normalizers import EnglishTextNormalizer

    normalise = EnglishTextNormalizer()
    said = [part for word in text.split() for part in normalise(word).split()]
    parts: list[str] = []
    owner: list[int] = []
    for at, word in enumerate(words):
        for part in normalise(word.text).split():
            parts.append(part)
            owner.append(at)
    if not parts:
        return {}
    [alignment] = jiwer.process_words(" ".join(said), " ".join(parts)).alignments
    right = {
        at
        for chunk in alignment
        if chunk.type == "equal"
        for at in range(chunk.hyp_start_idx, chunk.hyp_end_idx)
    }
    wrong = {owner[at] for at in range(len(parts)) if at not in right}
    return {at: at not in wrong for at in sorted(set(owner))}


def area_under_the_curve(pairs: Sequence[tuple[float, bool]]) -> float:
    """The chance that a right word has more than a wrong one."""
    order = np.argsort(np.argsort([chance for chance, _ in pairs])) + 1
    right = np.array([is_right for _, is_right in pairs])
    many, few = int(right.sum()), int((~right).sum())
    if not many or not few:
        return float("nan")
    return float((order[right].sum() - many * (many + 1) / 2) / (many * few))


def calibration_error(pairs: Sequence[tuple[float, bool]]) -> float:
    """Mean distance of the chance reported from the share that was right, over ten equal bins."""
    chances = np.array([chance for chance, _ in pairs])
    right = np.array([is_right for _, is_right in pairs], dtype=float)
    bins = np.minimum(9, (chances * 10).astype(int))
    return float(
        sum(
            abs(chances[bins == one].mean() - right[bins == one].mean()) * (bins == one).mean()
            for one in set(bins.tolist())
        )
    )


def marked(pairs: Sequence[tuple[float, bool]], below: float = DOUBTFUL) -> tuple[float, float]:
    """(share of wrong words marked as doubtful, share of right words marked)."""
    wrong = [chance < below for chance, is_right in pairs if not is_right]
    right = [chance < below for chance, is_right in pairs if is_right]
    return float(np.mean(wrong or [0])), float(np.mean(right or [0]))
