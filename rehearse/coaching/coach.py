"""Coach: two or three pieces of advice, praise, progress.

The files ending in _rules.py hold the advice and its conditions. This file picks the most
valuable pieces.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rehearse.coaching.advice import Advice, Praise, Talk
from rehearse.coaching.content_rules import FAULT_RULES, RULES, SAME_MATTER, could_not_hear
from rehearse.coaching.delivery_rules import DELIVERY_RULES
from rehearse.coaching.praise_rules import PRAISE
from rehearse.coaching.progress import Earlier, progress
from rehearse.coaching.question_rules import QUESTION_RULES
from rehearse.coaching.voicemail_rules import VOICEMAIL_RULES
from rehearse.delivery.delivery import Delivery
from rehearse.preparing.call_sheet import CallSheet
from rehearse.scoring.rubric import FAULTS
from rehearse.scoring.scorecard import Scorecard
from rehearse.scoring.sheet_match import SheetMatch
from rehearse.transcript import Transcript

MOST_ADVICE = 2
"""One more where both faults were found: each costs points, so each is named beside the most
valuable advice."""
MOST_PRAISE = 3


@dataclass(frozen=True)
class Coaching:
    """`advice`: the most valuable first. `praise` is empty if nothing good was said. All are empty
    for talk in another language."""

    advice: tuple[Advice, ...]
    praise: tuple[Praise, ...]
    progress: tuple[str, ...]


def coach(
    transcript: Transcript,
    scorecard: Scorecard,
    delivery: Delivery | None,
    sheet: CallSheet,
    *,
    sheet_match: SheetMatch | None = None,
    earlier: Sequence[Earlier] = (),
) -> Coaching:
    """The coaching after a call.

    `delivery` is None if fluency is not measured; then nothing mentions it. `earlier`: the
    rehearsals before, newest first.
    """
    talk = Talk(transcript, scorecard, delivery, sheet, sheet_match)
    if scorecard.language is not None:
        return Coaching((), (), ())  # advice on words that were not understood would be a guess
    if scorecard.recognition is not None and scorecard.recognition.too_little:
        lost = could_not_hear(talk)
        return Coaching((lost,) if lost is not None else (), (), ())
    if transcript.is_voicemail:
        content = (*VOICEMAIL_RULES, *FAULT_RULES)
    else:
        content = (*QUESTION_RULES, *RULES)
    rules = (*content, *(() if delivery is None else DELIVERY_RULES))
    advice = [found for rule in rules if (found := rule(talk)) is not None]
    # Sorting is stable: of equally valuable advice the first rule wins.
    advice.sort(key=lambda one: -one.value)
    praise = [good for praised in PRAISE if (good := praised(talk)) is not None]
    now = Earlier(scorecard, delivery)
    return Coaching(
        tuple(_most_valuable(_one_a_matter(advice))),
        tuple(praise[:MOST_PRAISE]),
        progress(now, earlier),
    )


def _most_valuable(advice: Sequence[Advice]) -> list[Advice]:
    """What is shown of `advice`, which is sorted by value: MOST_ADVICE pieces, and among them each
    fault that was found."""
    faults = [one for one in advice if one.rule in FAULTS]
    others = [one for one in advice if one.rule not in FAULTS]
    shown = [*faults, *others[: max(1, MOST_ADVICE - len(faults))]]
    return [one for one in advice if one in shown]


def _one_a_matter(advice: Sequence[Advice]) -> list[Advice]:
    """Keep the most valuable advice of each group in SAME_MATTER; `advice` is sorted by value."""
    kept: list[Advice] = []
    for one in advice:
        rivals = set().union(*(matter for matter in SAME_MATTER if one.rule in matter))
        if not any(other.rule in rivals for other in kept):
            kept.append(one)
    return kept
