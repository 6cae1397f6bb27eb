"""Rescore: a rehearsal scored again after a correction."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass

from rehearse.delivery.turn_sound import SoundMeasurer
from rehearse.errors import RehearseError
from rehearse.keeping.corrections import corrected, without_wordless
from rehearse.keeping.rehearsal import Rehearsal
from rehearse.keeping.rehearsal_folder import RehearsalFolder
from rehearse.keeping.store import Store
from rehearse.recording import CANDIDATE_CHANNEL
from rehearse.rehearsing.assess import appraised, earlier_than, measure_turns
from rehearse.rehearsing.recover import with_wordless_turns
from rehearse.rehearsing.sound_tools import SoundTools
from rehearse.scoring.clauses import ClauseTagger
from rehearse.scoring.scorecard import score_transcript
from rehearse.scoring.sheet_match import Embedder, match_sheet


@dataclass(frozen=True)
class Rescorer:
    """Scores corrected words again. Measures delivery again only if it was measured before."""

    tagger: ClauseTagger
    load_embedder: Callable[[], Embedder]
    measurer: SoundMeasurer
    store: Store
    tools: SoundTools

    def correct(self, folder: RehearsalFolder, turn: int, text: str) -> Rehearsal:
        """Correct a turn and score the rehearsal again; the recognised transcript is kept.
        `turn` also counts turns in which no word was recognised.

        If the text restores the recognised transcript, nothing counts as corrected any more.
        Raises RehearseError.
        """
        with folder.scoring():
            rehearsal = with_wordless_turns(folder.load(), folder.events())
            if rehearsal.transcript is None:
                raise RehearseError(
                    "There is no transcript to correct.",
                    f"Score it first: rehearse score {folder.id}",
                )
            recognised = rehearsal.recognised or rehearsal.transcript
            transcript = corrected(rehearsal.transcript, turn, text)
            as_recognised = all(
                now.text == before.text
                for now, before in zip(transcript.utterances, recognised.utterances, strict=True)
            )
            rehearsal = dataclasses.replace(
                rehearsal,
                transcript=without_wordless(recognised) if as_recognised else transcript,
                recognised=None if as_recognised else recognised,
            )
            return self.score(folder, rehearsal)

    def undo_correction(self, folder: RehearsalFolder) -> Rehearsal:
        """Restore the recognised transcript and score it again."""
        with folder.scoring():
            rehearsal = folder.load()
            if rehearsal.recognised is None:
                return rehearsal
            return self.score(
                folder,
                dataclasses.replace(
                    rehearsal, transcript=without_wordless(rehearsal.recognised), recognised=None
                ),
            )

    def score(self, folder: RehearsalFolder, rehearsal: Rehearsal) -> Rehearsal:
        """Score the words of `rehearsal` and save it. Its caller holds `folder.scoring()`."""
        transcript = rehearsal.transcript
        assert transcript is not None
        unmeasured = rehearsal.scorecard is not None and rehearsal.scorecard.too_little
        scorecard = score_transcript(transcript, self.tagger, languages=self.tools.languages)
        match = None
        if rehearsal.sheet.ways and scorecard.can_be_compared:
            match = match_sheet(rehearsal.sheet, scorecard, self.load_embedder())
        versions = dataclasses.replace(
            rehearsal.versions, tagger=scorecard.tagger, rubric=scorecard.rubric_version
        )
        rehearsal = dataclasses.replace(
            rehearsal, versions=versions, scorecard=scorecard, sheet_match=match
        )
        turns = None
        if rehearsal.delivery is not None or unmeasured:
            samples = self.tools.read(folder.recording, channel=CANDIDATE_CHANNEL)
            turns = measure_turns(transcript, samples, self.measurer)
        rehearsal = appraised(rehearsal, turns, earlier_than(self.store, folder.id))
        return folder.save_result(rehearsal)
