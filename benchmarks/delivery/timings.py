"""The "briefly!" clock compared with times measured by hand."""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.delivery.sound import VERSIONS
from rehearse.delivery.delivery import delivery
from rehearse.scoring.clauses import ClauseTagger
from rehearse.scoring.scorecard import score_transcript
from rehearse.sound import Samples
from rehearse.transcript import Speaker, Transcriber, Transcript, Utterance

BY_HAND_S: dict[str, tuple[float, float | None, float | None]] = {
    "a_strong__piper-joe": (0.06, 20.81, 43.60),
    "a_strong__kokoro-jm_kumo": (0.08, 24.52, 52.93),
    "c_contribution_only__piper-joe": (0.05, 7.91, None),
    "c_contribution_only__kokoro-jm_kumo": (0.08, 9.33, None),
    "d_question_only__piper-joe": (0.05, None, 3.62),
    "d_question_only__kokoro-jm_kumo": (0.08, None, 4.39),
    "e_hesitant__piper-joe": (0.05, 12.45, 34.92),
    "e_hesitant__kokoro-jm_kumo": (0.04, 11.73, 32.80),
}
"""Seconds on the clip's clock, read off its level in steps of 10 ms: where the first word begins,
the first way ("First, I would", "by bringing", "So, um, I think I could"), the question ("As the
manager, how")."""


def timings(clips: Mapping[str, Samples], transcriber: Transcriber, tagger: ClauseTagger) -> None:
    """Prints the table. `clips`: those of BY_HAND_S, by name."""
    print("\nSeconds from the first word, found minus measured by hand; not found: -")
    print(f"{'talk':<36} {'':<18}" + "".join(f"{version:>13}" for version in VERSIONS))
    for name, (first_s, way_s, question_s) in BY_HAND_S.items():
        rows: dict[str, list[str]] = {"to the first way": [], "to the question": []}
        for version in VERSIONS.values():
            words = transcriber.transcribe(version(clips[name]))
            transcript = Transcript((Utterance(Speaker.CANDIDATE, words),))
            found = delivery(transcript, (), score_transcript(transcript, tagger))
            for row, at_s, by_hand_s in zip(
                rows, (found.first_way_s, found.question_s), (way_s, question_s), strict=True
            ):
                known = by_hand_s is not None and at_s is not None
                rows[row].append(f"{at_s - by_hand_s + first_s:+.2f}" if known else "-")
        for (row, cells), by_hand_s in zip(rows.items(), (way_s, question_s), strict=True):
            if by_hand_s is not None:
                print(
                    f"{name:<36} {row:<18}" + "".join(f"{cell:>13}" for cell in cells), flush=True
                )
