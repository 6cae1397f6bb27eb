"""Evening so far: steps saved, and steps that rehearsals prove."""

from __future__ import annotations

from collections.abc import Sequence

from rehearse.keeping.store import Store
from rehearse.keeping.summary import Summary
from rehearse.preparing.first_evening import FirstEvening, FirstEveningFile, done_by_calls


def evening_so_far(store: Store, summaries: Sequence[Summary] | None = None) -> FirstEvening:
    """Where the person stands. `summaries`: those of `store`, None to read them if needed."""
    known = FirstEveningFile(store.home).load()
    if known.next_step is None:
        return known
    held = store.summaries() if summaries is None else summaries
    return known.with_done(done_by_calls(one.scenario for one in held if one.score is not None))
