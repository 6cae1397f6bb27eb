"""Delivery and coaching as plain text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rehearse.coaching.coach import Coaching
from rehearse.delivery.delivery import Delivery
from rehearse.delivery.fillers import FINDER_RECALL, Filler
from rehearse.delivery.norms import NORMS, norm_of
from rehearse.delivery.wordiness import Phrase
from rehearse.rehearsing.drill import Part
from rehearse.report.paragraph import WIDTH, paragraph, row
from rehearse.report.wording import number_of, time_column

SOUNDED = "How it sounded"
READS = "How it reads"
NOT_IN_TYPED_TEXT = "not measured in typed text"
_NAME = 18


def appraisal_text(
    delivery: Delivery | None, coaching: Coaching | None, width: int = WIDTH, *, typed: bool = False
) -> str:
    """How it sounded, if that was measured, and the coaching; "" if there is neither."""
    parts = []
    if delivery is not None and (delivery.words or not typed):
        parts.append(delivery_text(delivery, width, typed=typed))
    if coaching is not None and (coached := coaching_text(coaching, width)):
        parts.append(coached)
    return "\n\n".join(parts)


def drill_named(drill: str) -> str:
    """What the drill practises of the advice above it."""
    return "Practise it all in short" if drill == Part.ALL else "Practise just that"


def delivery_text(delivery: Delivery, width: int = WIDTH, *, typed: bool = False) -> str:
    """One line for each figure with its usual band; unknown figures are left out. `typed`: in
    words for typing, not for sound."""
    heading = f"{READS if typed else SOUNDED} (not part of the score; usual is what most people do)"
    lines = [paragraph(f"{heading}:", width=width)]
    for name, text in delivery_lines(delivery, typed=typed):
        lines.append(row(name, text, _NAME, width))
    return "\n".join(lines)


def coaching_text(coaching: Coaching, width: int = WIDTH) -> str:
    """What to do better, what went well, what changed."""
    parts = []
    if coaching.advice:
        lines = ["To do better, the first thing first:"]
        for number, advice in enumerate(coaching.advice, start=1):
            lines.append(paragraph(advice.text, f"  {number}. ", width))
            if advice.drill:
                # One line: the command gets longer where it is typed with a path.
                lines.append(f"     {drill_named(advice.drill)}: rehearse drill {advice.drill}")
        parts.append("\n".join(lines))
    if coaching.praise:
        lines = ["What went well:"]
        for praise in coaching.praise:
            lines.append(paragraph(praise.text, "  + ", width))
            if praise.quote:
                lead = time_column(praise.quote.start_s, 6)
                lines.append(paragraph(f'"{praise.quote.quote}"', lead, width))
        parts.append("\n".join(lines))
    if coaching.progress:
        lines = [paragraph(change, "  ", width) for change in coaching.progress]
        parts.append("\n".join(["Since the last calls:", *lines]))
    return "\n\n".join(parts)


def norm_lines(*, typed: bool = False) -> Iterator[tuple[str, str]]:
    """Each figure that has a band, and the source of the band. `typed`: those of typed text."""
    for norm in NORMS:
        if typed and norm.figure != "pitch_s":
            continue
        yield norm.name, f"{norm.band} {norm.unit}. {norm.reason} ({norm.source})"


def delivery_lines(d: Delivery, *, typed: bool = False) -> Iterator[tuple[str, str]]:
    """Name and figure, in words, of everything known. `typed`: in words for typing."""
    if d.words_per_minute is not None:
        low, high = _span([window.words_per_minute for window in d.pace])
        by_window = f", {low:.0f} to {high:.0f} over 10 s" if len(d.pace) > 1 else ""
        yield _figure("words_per_minute", f"{d.words_per_minute:.0f} words a minute{by_window}")
    if d.pauses is not None:
        inside = sum(bool(pause.inside_clause) for pause in d.pauses)
        longest = f", the longest {d.longest_pause_s:.1f} s" if d.pauses else ""
        yield _figure(
            "longest_pause_s",
            f"{len(d.pauses)} over 0.3 s ({inside} in mid-sentence){longest}",
            "Pauses",
        )
    if d.longest_breath_s is not None:
        yield ("In one breath", f"{d.longest_breath_s:.0f} s at the longest")
    if d.hesitations is not None:
        rate = d.hesitations_per_minute
        a_minute = "" if rate is None else f", {rate:.0f} a minute"
        found = f"at least {len(d.hesitations)}{a_minute} ({FINDER_RECALL:.0%} of them are found)"
        yield _figure("hesitations_per_minute", found)
    elif typed:
        yield ("Um and uh", NOT_IN_TYPED_TEXT)
    for name, phrases in (
        ("Filler phrases", d.lexical_fillers),
        ("Hedges", d.hedges),
        ("Small openers", d.openers),
        ("Written twice" if typed else "Said twice", d.repeats),
    ):
        if phrases:
            yield (name, _counted(phrases))
    if typed:
        yield _figure(
            "pitch_s", f"{number_of(d.words, 'word')}, about {d.pitch_s:.0f} s aloud", "Length"
        )
    else:
        yield _figure("pitch_s", f"{d.pitch_s:.0f} s", "Your pitch took")
    if d.share_of_talk is not None:
        yield ("Share of the talk", f"{d.share_of_talk:.0%}")
    briefly = [
        f"{what} after {time_s:.0f} s"
        for what, time_s in (("first way", d.first_way_s), ("question", d.question_s))
        if time_s is not None
    ]
    if briefly:
        yield ("How soon", ", ".join(briefly))
    if d.after_question is not None and d.after_question.manager_s is not None:
        yield ("After the question", f"the manager spoke {d.after_question.manager_s:.0f} s")
    if d.level_dbfs is not None:
        whose = "" if d.level_is_their_own else " after the browser's gain control"
        yield _figure("level_dbfs", f"{d.level_dbfs:.0f} dBFS{whose}")
    if d.clipped_percent:
        yield _figure("clipped_percent", f"{d.clipped_percent:.2g} %")
    if d.pitch_range_semitones is not None:
        yield _figure("pitch_range_semitones", f"{d.pitch_range_semitones:.0f} semitones")


def _figure(figure: str, text: str, name: str | None = None) -> tuple[str, str]:
    norm = norm_of(figure)
    assert norm is not None
    return name or norm.name, f"{text}; usual: {norm.band} {norm.unit}"


def _counted(phrases: Sequence[Filler] | Sequence[Phrase]) -> str:
    counts = Counter(phrase.text for phrase in phrases)
    return ", ".join(f'"{text}"' + (f" {n} times" if n > 1 else "") for text, n in counts.items())


def _span(values: Sequence[float]) -> tuple[float, float]:
    return (min(values), max(values)) if values else (0.0, 0.0)
