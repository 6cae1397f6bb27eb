"""Agreement text: how well two judges agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rehearse.rehearsing.labelled import LabelledTalk
from rehearse.report.paragraph import paragraph
from rehearse.report.wording import CRITERIA, VERDICTS
from rehearse.scoring.agreement import Labels, Share, agreement, cohens_kappa
from rehearse.scoring.rubric import Criterion, Verdict

TOOL = "rehearse"
_FEW = 30


def judges(talks: Sequence[LabelledTalk]) -> tuple[str, ...]:
    """Everybody who judged at least one talk, the busiest first."""
    counts = Counter(who for talk in talks for who in talk.people)
    return tuple(who for who, _ in counts.most_common())


def agreement_text(talks: Sequence[LabelledTalk], first: str, second: str) -> str:
    """How well both agree on the talks that both judged. `second` counts as the truth."""
    pairs = [
        (talk, a, b)
        for talk in talks
        if (a := _labels(talk, first))
        and (b := _labels(talk, second))
        and (a.criteria.keys() & b.criteria.keys() or a.verdicts.keys() & b.verdicts.keys())
    ]
    refused = _refused(talks, second) if first == TOOL else []
    if not pairs:
        lines = [f"{first} and {second}: no answer that both gave"]
        return "\n".join([*lines, "", "Where they disagree", *refused] if refused else lines)
    lines = [
        f"{first} and {second}: {_talks(len(pairs))} judged by both",
        "",
        f"{'':<30}{'talks':>6}  {'precision':<18}{'recall':<18}{'kappa':<20}",
    ]
    for criterion in Criterion:
        found = agreement(
            (a.criteria[criterion], b.criteria[criterion])
            for _, a, b in pairs
            if a and b and criterion in a.criteria and criterion in b.criteria
        )
        if found.talks:
            lines.append(
                f"{criterion.value:<30}{found.talks:>6}  {_percent(found.precision):<18}"
                f"{_percent(found.recall):<18}{_kappa(found.kappa):<20}".rstrip()
            )
    lines.append("")
    lines.append(
        f"precision: of what {first} calls met, how much {second} calls met; recall: the reverse. "
        "contributions is met by one way or more. In brackets: the 95% interval."
    )
    for name in ("business_contribution", "critical_question"):
        lines += _verdict_table(name, pairs, first, second)
    if len(pairs) < _FEW:
        lines += ["", "These are few talks: the intervals are wide."]
    disagreements = [*_disagreements(pairs, first, second), *refused]
    if disagreements:
        lines += ["", "Where they disagree", *disagreements]
    else:
        lines += ["", "They disagree nowhere."]
    return "\n".join(lines)


Pairs = Sequence[tuple[LabelledTalk, Labels | None, Labels | None]]


def _labels(talk: LabelledTalk, who: str) -> Labels | None:
    return talk.tool if who == TOOL else talk.people.get(who)


def _verdict_table(name: str, pairs: Pairs, first: str, second: str) -> list[str]:
    counts = Counter(
        (a.verdicts[name], b.verdicts[name])
        for _, a, b in pairs
        if a and b and name in a.verdicts and name in b.verdicts
    )
    if not counts:
        return []
    verdicts = [one.value for one in Verdict if any(one.value in pair for pair in counts)]
    lines = ["", f"{name}: {first} down, {second} across",
             f"{'':<16}" + "".join(f"{one:>14}" for one in verdicts)]  # fmt: skip
    for one in verdicts:
        lines.append(f"{one:<16}" + "".join(f"{counts[one, other]:>14}" for other in verdicts))
    kappa = cohens_kappa([[counts[one, other] for other in verdicts] for one in verdicts])
    lines.append(f"kappa {_kappa(kappa)}")
    return lines


def _disagreements(pairs: Pairs, first: str, second: str) -> list[str]:
    lines: list[str] = []
    for talk, a, b in pairs:
        if a is None or b is None:
            continue
        for criterion in Criterion:
            if criterion not in a.criteria or criterion not in b.criteria:
                continue
            ours, theirs = _answer(a, criterion), _answer(b, criterion)
            if ours != theirs:
                lines.append(
                    f"  {talk.name}: {CRITERIA[criterion]}: {first} {ours}, {second} {theirs}"
                )
                lines += _quoted(talk, criterion.value, second)
        for name, verdict in a.verdicts.items():
            other = b.verdicts.get(name, verdict)
            if other != verdict:
                lines.append(
                    f"  {talk.name}: verdict {name}: {first} {VERDICTS[Verdict(verdict)]}, "
                    f"{second} {VERDICTS[Verdict(other)]}"
                )
                lines += _quoted(talk, f"verdict-{name}", second)
    return lines


def _refused(talks: Sequence[LabelledTalk], who: str) -> list[str]:
    """The tool's verdicts that `who` calls wrong without another: they are in no table."""
    lines: list[str] = []
    for talk in talks:
        for name, verdict in talk.tool.verdicts.items():
            if (who, name) in talk.refused:
                said = VERDICTS[Verdict(verdict)]
                lines.append(f"  {talk.name}: verdict {name}: {TOOL} {said}, {who}: wrong")
                lines += _quoted(talk, f"verdict-{name}", who)
    return lines


def _quoted(talk: LabelledTalk, subject: str, who: str) -> list[str]:
    lines = []
    if quote := talk.quotes.get(subject):
        lines.append(paragraph(f'"{quote}"', " " * 6))
    comment = talk.comments.get((who, subject)) or talk.comments.get((who, ""))
    if comment:
        lines.append(f"      {who}: {comment}")
    return lines


def _talks(count: int) -> str:
    return "1 talk" if count == 1 else f"{count} talks"


def _answer(labels: Labels, criterion: Criterion) -> str:
    """ "yes" or "no", or how many ways."""
    if criterion is Criterion.CONTRIBUTIONS and labels.ways is not None:
        return str(labels.ways)
    return "yes" if labels.criteria[criterion] else "no"


def _percent(share: Share | None) -> str:
    if share is None:
        return "-"
    return f"{100 * share.value:.0f}% ({100 * share.low:.0f}-{100 * share.high:.0f})"


def _kappa(share: Share | None) -> str:
    if share is None:
        return "-"
    if share.high - share.low < 0.005:  # the standard error is 0 where one answer is always given
        return f"{share.value + 0.0:.2f} (no interval)"
    return f"{share.value:.2f} ({share.low:.2f} to {share.high:.2f})"
