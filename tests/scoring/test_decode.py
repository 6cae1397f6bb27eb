"""From the model's outputs to clauses: boundaries, labels, ways, letters."""

import dataclasses

import numpy as np
import pytest

from rehearse.scoring.clauses import Label, Letter
from rehearse.scoring.decode import LABELS, NEW_WAY, OUTPUTS, STARTS, Thresholds, clauses_of
from rehearse.transcript import Word, words_of_text

NO, YES = -6.0, 6.0
UNCALIBRATED = dataclasses.replace(
    Thresholds(), scale=(1.0,) * len(LABELS), shift=(0.0,) * len(LABELS), lone=(0.0,) * len(LABELS)
)


def spoken(*clauses: tuple[str, dict[int, float]]) -> tuple[tuple[Word, ...], np.ndarray]:
    """Words, and logits that start a clause at each piece and have `settings` for all its words."""
    words: list[Word] = []
    rows: list[np.ndarray] = []
    for text, settings in clauses:
        for place, word in enumerate(words_of_text(text)):
            row = np.full(OUTPUTS, NO, np.float32)
            for output, value in settings.items():
                row[output] = value
            row[STARTS] = NO if place else YES
            if place and NEW_WAY in settings:
                row[NEW_WAY] = NO
            words.append(word)
            rows.append(row)
    return tuple(words), np.array(rows, np.float32)


def index(label: Label) -> int:
    return LABELS.index(label)


WAY = index(Label.WAY)
LETTER_A, LETTER_B = len(LABELS), len(LABELS) + 1


def test_cuts_labels_and_letters() -> None:
    words, logits = spoken(
        ("Hello, this is Ann.", {LETTER_A + 2: YES}),
        ("I have led nine teams.", {index(Label.PAST): YES, LETTER_B: YES}),
        ("What should this job do for sales?", {index(Label.ASK): YES, LETTER_A: YES}),
    )
    clauses = clauses_of([words], logits, Thresholds())
    assert [clause.text for clause in clauses] == [
        "Hello, this is Ann.",
        "I have led nine teams.",
        "What should this job do for sales?",
    ]
    assert [set(clause.labels) for clause in clauses] == [set(), {Label.PAST}, {Label.ASK}]
    assert [clause.letter for clause in clauses] == [Letter.NEITHER, Letter.B, Letter.A]
    assert all(set(clause.probabilities) == set(Label) for clause in clauses)


def test_a_way_of_two_clauses_counts_once() -> None:
    words, logits = spoken(
        ("I'd call the late payers first,", {WAY: YES, NEW_WAY: YES}),
        ("so the cash is in by Friday.", {WAY: YES, NEW_WAY: NO}),
        ("And I'd stop the free deliveries.", {WAY: YES, NEW_WAY: YES}),
    )
    assert [clause.way for clause in clauses_of([words], logits, Thresholds())] == [1, 1, 2]


def test_turns_are_never_joined_in_a_clause() -> None:
    words, logits = spoken(("I would start with the returns desk", {}))
    logits[1:, STARTS] = NO
    clauses = clauses_of([words[:3], words[3:]], logits, Thresholds())
    assert [clause.text for clause in clauses] == ["I would start", "with the returns desk"]


def test_every_word_is_in_exactly_one_clause() -> None:
    rng = np.random.default_rng(1)
    words = words_of_text(" ".join(f"w{i}" for i in range(200)))
    logits = rng.normal(0, 4, (200, OUTPUTS)).astype(np.float32)
    clauses = clauses_of([words[:90], words[90:]], logits, Thresholds())
    assert [word for clause in clauses for word in clause.words] == list(words)


@pytest.mark.parametrize("nudge", [-1e-5, 0.0, 1e-5])
def test_rounding_errors_do_not_decide(nudge: float) -> None:
    words, logits = spoken(("a b c d", {index(Label.ASK): nudge}))
    (clause,) = clauses_of([words], logits, UNCALIBRATED)
    assert clause.labels == {Label.ASK}


def test_no_words_no_clauses() -> None:
    assert clauses_of([], np.zeros((0, OUTPUTS), np.float32), Thresholds()) == ()


def test_a_doubtful_label_counts_only_beside_another_one() -> None:
    doubtful = {index(Label.ASK): 0.5}
    thresholds = dataclasses.replace(UNCALIBRATED, lone=(0.7,) * len(LABELS))
    alone = spoken(("Hello, this is Ann.", {}), ("What would you save with it?", doubtful))
    beside = spoken(
        ("I know this job moves your margins.", {index(Label.LINK): YES}),
        ("What would you save with it?", doubtful),
    )
    lone, supported = (clauses_of([words], rows, thresholds)[-1] for words, rows in (alone, beside))
    assert lone.labels == set()
    assert supported.labels == {Label.ASK}


def test_what_is_said_in_a_later_turn_does_not_support_a_doubtful_label() -> None:
    question, asked = spoken(("What would you save with it?", {index(Label.ASK): 0.5}))
    link, known = spoken(("I know this job moves your margins.", {index(Label.LINK): YES}))
    thresholds = dataclasses.replace(UNCALIBRATED, lone=(0.7,) * len(LABELS))
    before = clauses_of([question, link], np.concatenate([asked, known]), thresholds)
    after = clauses_of([link, question], np.concatenate([known, asked]), thresholds)
    assert [set(clause.labels) for clause in before] == [set(), {Label.LINK}]
    assert [set(clause.labels) for clause in after] == [{Label.LINK}, {Label.ASK}]


def test_who_asks_where_they_stand_is_on_this_call() -> None:
    words, logits = spoken(
        ("Am I still in the running?", {index(Label.STATUS): YES}),
        ("What would you save with it?", {index(Label.ASK): 0.5}),
    )
    clauses = clauses_of(
        [words], logits, dataclasses.replace(UNCALIBRATED, lone=(0.7,) * len(LABELS))
    )
    assert [set(clause.labels) for clause in clauses] == [{Label.STATUS}, {Label.ASK}]


def test_probabilities_are_calibrated_ones() -> None:
    words, logits = spoken(("What should it do for sales?", {index(Label.ASK): 2.0}))
    thresholds = dataclasses.replace(UNCALIBRATED, scale=(0.5,) * 8, shift=(-1.0,) * 8)
    (clause,) = clauses_of([words], logits, thresholds)
    assert clause.probabilities[Label.ASK] == 0.5
