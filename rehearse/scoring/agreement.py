"""Agreement: how well two judges of the same talks agree."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist

from rehearse.scoring.rubric import Criterion

CONFIDENCE = 0.95
_Z = NormalDist().inv_cdf(0.5 + CONFIDENCE / 2)


@dataclass(frozen=True)
class Share:
    """A share (0..1) with its interval at CONFIDENCE. `of`: how many it was counted over."""

    value: float
    low: float
    high: float
    of: int


@dataclass(frozen=True)
class Labels:
    """One judge's labels for one talk; unjudged ones are None or missing.

    `criteria` holds whether each criterion is met, `ways` how many contributions there are,
    `verdicts` the verdicts by name.
    """

    criteria: Mapping[Criterion, bool]
    verdicts: Mapping[str, str]
    ways: int | None = None


@dataclass(frozen=True)
class Agreement:
    """Counts of the talks that both judged: met for `both`, for only one of them, for `neither`.

    Precision and recall take the second judge as the truth.
    """

    both: int
    first_only: int
    second_only: int
    neither: int

    @property
    def talks(self) -> int:
        return self.both + self.first_only + self.second_only + self.neither

    @property
    def precision(self) -> Share | None:
        """Of what the first judge says is met, the share that the second confirms."""
        return wilson(self.both, self.both + self.first_only)

    @property
    def recall(self) -> Share | None:
        """Of what the second judge says is met, the share that the first finds."""
        return wilson(self.both, self.both + self.second_only)

    @property
    def kappa(self) -> Share | None:
        """Cohen's kappa; None if one judge gives every talk the same answer."""
        return cohens_kappa(((self.both, self.first_only), (self.second_only, self.neither)))


def agreement(pairs: Iterable[tuple[bool, bool]]) -> Agreement:
    """Count (first, second) over talks."""
    counts = Counter(pairs)
    return Agreement(
        counts[True, True], counts[True, False], counts[False, True], counts[False, False]
    )


def wilson(hits: int, of: int) -> Share | None:
    """A share with Wilson's score interval (1927), which is valid for few talks too."""
    if not of:
        return None
    share, spread = hits / of, _Z * _Z / of
    middle = (share + spread / 2) / (1 + spread)
    half = _Z * math.sqrt(share * (1 - share) / of + spread / (4 * of)) / (1 + spread)
    return Share(share, max(0.0, middle - half), min(1.0, middle + half), of)


def cohens_kappa(table: Sequence[Sequence[int]]) -> Share | None:
    """Cohen's kappa of a square table (first's answers by second's), -1 to 1.

    The interval is by the large-sample standard error of Fleiss, Cohen and Everitt (1969), so with
    a few dozen talks it is rough. None for no talks, or if chance alone always agrees.
    """
    size = range(len(table))
    of = sum(map(sum, table))
    if not of:
        return None
    p = [[count / of for count in row] for row in table]
    rows = [sum(p[i]) for i in size]
    columns = [sum(p[i][j] for i in size) for j in size]
    observed = sum(p[i][i] for i in size)
    chance = sum(rows[i] * columns[i] for i in size)
    if chance >= 1:
        return None
    kappa = (observed - chance) / (1 - chance)
    on = sum(p[i][i] * (1 - (rows[i] + columns[i]) * (1 - kappa)) ** 2 for i in size)
    off = (1 - kappa) ** 2 * sum(
        p[i][j] * (columns[i] + rows[j]) ** 2 for i in size for j in size if i != j
    )
    variance = on + off - (kappa - chance * (1 - kappa)) ** 2
    half = _Z * math.sqrt(max(0.0, variance) / of) / (1 - chance)
    return Share(kappa, max(-1.0, kappa - half), min(1.0, kappa + half), of)
