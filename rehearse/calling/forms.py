"""Form: what kind of answer a question wants."""

from __future__ import annotations

import enum


class Form(enum.StrEnum):
    """What kind of answer a question wants, whatever its subject."""

    WHETHER = "whether"
    EITHER = "either"
    MAY = "may"
    HOW_MANY = "how_many"
    HOW_LONG = "how_long"
    HOW_IS = "how_is"
    HOW = "how"
    WHEN = "when"
    WHERE = "where"
    WHO = "who"
    WHY = "why"
    WHAT = "what"
