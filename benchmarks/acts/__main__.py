"""`python -m benchmarks.acts`: figures for each dialogue act.

On the sayings of the held-out writers and of the others as written, and on every third of the
held-out ones as transcribed by tiny.en.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter

from benchmarks.acts.sayings import TRANSCRIBED, Saying, sayings, written
from rehearse import wiring
from rehearse.calling.acts import Act
from rehearse.calling.understood import understood
from rehearse.transcript import Speaker, Utterance, words_of_text


def recognised(rows: list[Saying]) -> tuple[list[set[str]], float]:
    """The acts of each, and milliseconds a turn."""
    tagger, classifier = wiring.load_tagger(), wiring.load_act_classifier()
    found = []
    spent_s = 0.0
    for row in rows:
        utterances = [Utterance(Speaker.CANDIDATE, words_of_text(row.text))]
        if row.line:
            utterances.insert(0, Utterance(Speaker.MANAGER, words_of_text(row.line)))
        clauses = tagger.tag(utterances)
        begun = time.perf_counter()
        turn = understood(utterances, clauses, classifier)
        spent_s += time.perf_counter() - begun
        found.append({str(act) for act in turn.acts})
    return found, 1000 * spent_s / max(1, len(rows))


def report(name: str, rows: list[Saying], *, mixed: bool) -> None:
    found, each_ms = recognised(rows)
    print(f"{name}: {len(rows)} turns, {each_ms:.0f} ms a turn beyond the tagger\n")
    print("| act | turns | precision | recall | F1 |")
    print("|---|---|---|---|---|")
    scores = []
    for act in Act:
        wanted = [act in row.acts for row in rows]
        got = [act in acts for acts in found]
        hits = sum(w and g for w, g in zip(wanted, got, strict=True))
        precision, recall = hits / max(1, sum(got)), hits / max(1, sum(wanted))
        f1 = 2 * hits / max(1, sum(got) + sum(wanted))
        scores.append(f1)
        print(f"| {act} | {sum(wanted)} | {precision:.2f} | {recall:.2f} | {f1:.2f} |")
    print(f"| **macro** | | | | **{sum(scores) / len(scores):.3f}** |\n")
    if mixed:
        confusions: Counter[tuple[str, str]] = Counter()
        for row, acts in zip(rows, found, strict=True):
            for missed in row.acts - acts:
                confusions.update((missed, other) for other in (acts - row.acts) or {"(missed)"})
        print("| said | taken for | times |\n|---|---|---|")
        for (said, taken), times in confusions.most_common(25):
            print(f"| {said} | {taken} | {times} |")
        print()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-confusions", action="store_true")
    wanted = parser.parse_args()
    report("Held out", written(held_out=True), mixed=not wanted.no_confusions)
    report("Looked at before", written(held_out=False), mixed=not wanted.no_confusions)
    if TRANSCRIBED.exists():
        transcribed = list(sayings([TRANSCRIBED]))
        report("Held out, as transcribed by tiny.en", transcribed, mixed=not wanted.no_confusions)


if __name__ == "__main__":
    main()
