"""A rehearsal as a call leaves it, made by the real scorer without any sound."""

from __future__ import annotations

import functools
from datetime import datetime
from pathlib import Path

from rehearse import wiring
from rehearse.calling.events import (
    CandidateSaid,
    HungUp,
    ManagerSaid,
    TurnBegan,
    TurnEnd,
    TurnEnded,
)
from rehearse.keeping.rehearsal import Rehearsal, Versions
from rehearse.keeping.rehearsal_folder import RehearsalFolder
from rehearse.keeping.store import Store
from rehearse.preparing.call_sheet import CallSheet
from rehearse.rehearsing.assess import appraised
from rehearse.scoring.scorecard import score_transcript
from rehearse.transcript import Speaker, Transcript, UnclearPassage, Utterance, Word, words_of_text

PITCH = (
    "I've been thinking about how this job contributes to your business. First, I would cut your "
    "returns backlog, so that customers get their money sooner. Um, how do you expect this job to "
    "contribute to the business?"
)


def spoken(text: str, start_s: float) -> tuple[Word, ...]:
    return tuple(
        Word(part, start_s + 0.4 * place, start_s + 0.4 * place + 0.3, 0.9)
        for place, part in enumerate(text.split())
    )


@functools.cache
def sample() -> Rehearsal:
    said = spoken(PITCH, 6.0)
    transcript = Transcript(
        (
            Utterance(Speaker.MANAGER, words_of_text("Hello, Dana Keller."), 2.0, 4.0),
            Utterance(Speaker.CANDIDATE, said, 5.0, 25.0),
        )
    ).with_unclear([UnclearPassage(24.0, 24.5)])
    rehearsal = Rehearsal(
        id="20261128-120000",
        started_at="2026-11-28T12:00:00+01:00",
        scenario="friendly",
        seed=1,
        sheet=CallSheet(company="Northwind", manager="Dana Keller"),
        versions=Versions("0.1.0"),
        duration_s=30.0,
        hung_up_by="manager",
        transcript=transcript,
        recognised=transcript,
        scorecard=score_transcript(transcript, wiring.load_tagger()),
        title="The first one",
        number=1,
    )
    return appraised(rehearsal, ())


def kept(home: Path, at: str = "2026-11-28T12:00:00", **changes: object) -> RehearsalFolder:
    """A folder in `home` with the sample, changed."""
    import dataclasses

    store = Store(home)
    folder = store.new(datetime.fromisoformat(at))
    rehearsal = dataclasses.replace(sample(), id=folder.id, started_at=at, **changes)  # type: ignore[arg-type]
    folder.save(rehearsal)
    journal = folder.journal()
    for event in (
        ManagerSaid(2.0, 4.0, "Hello, Dana Keller.", "greeting"),
        TurnBegan(5.0),
        TurnEnded(25.0, TurnEnd.SILENCE),
        CandidateSaid(5.0, 25.0, spoken(PITCH, 6.0)),
        HungUp(30.0, "manager"),
    ):
        journal(event)
    journal.close()
    folder.recording.write_bytes(b"RIFF")
    return folder
