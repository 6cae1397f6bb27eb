"""Way hints: one line on a way on the sheet.

Why it counts, or what is missing.

The scorer decides whether a way counts. The rules here only choose the most useful hint: the first
rule that applies.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rehearse.preparing.call_sheet import Way
from rehearse.preparing.not_a_way import declined
from rehearse.preparing.way_sentence import way_sentence
from rehearse.scoring.clauses import Clause, Label, Letter

_ORDINALS = ("first", "second", "third", "fourth", "fifth")
EMPTY_CLAIM = re.compile(
    r"\b(work(ing)? (very |really )?hard|hard[- ]work\w*|add (a lot of |real |great )?value"
    r"|energy|passion\w*|motivat\w+|team player|fast learner|quick learner|go(ing)? the extra mile"
    r"|(boost|improve|raise) (the )?morale|synerg\w+|fresh (ideas|eyes)|do my best"
    r"|make a difference|be an asset|dedicat\w+|give (it )?(my|a) (best|hundred))\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"^(?:i|we) (?:have|had|was|were|did|led|managed|built|ran|worked|used to|\w+ed)\b|\byears of "
    r"experience\b|\bmy (?:last|previous|former) (?:job|company|employer|role)\b",
    re.I,
)
_ABOUT_YOU = re.compile(
    r"^(?:i['’]m|i am|i['’]ve got|my|i (?:like|love|enjoy|want|know|speak))\b", re.I
)
_THING = re.compile(
    r"^(?:the|a|an|more|better|less|fewer|faster|good|great|new|their|your|our|my|no|improved|"
    r"reduced|higher|lower|\w+(?:tion|ment|ness|ity|ship|ance|ence))\b",
    re.I,
)
_VAGUE = re.compile(
    r"\b(?:things|stuff|everything|processes|efficien\w+|productiv\w+|communication|workflows?|"
    r"quality|performance|operations|solutions?|improvements?|support|the team)\b",
    re.I,
)
_SHORT_WORDS = 7


@dataclass(frozen=True)
class Hint:
    rule: str
    text: str


def counts(way: Way, like: int | None, *, alone: bool) -> Hint:
    """Why the way counts. `like`: the index of an earlier way that it is close to. `alone`: whether
    it would count without the others."""
    if not alone:
        return Hint(
            "counts_beside_others",
            "It counts beside your other ways, but not by itself. Make it stand alone: I would [do "
            "this], so that [this of theirs gets better].",
        )
    if like is not None:
        return Hint(
            "counts_but_alike",
            f"It counts, but it is close to your {_ORDINALS[like]} way. The manager may take both "
            "for one idea: look for another cost, delay or customer.",
        )
    if way.touches:
        return Hint("counts", "It counts: something you would do, and what of theirs gets better.")
    return Hint(
        "counts_without_result",
        'It counts. Stronger still with what they gain: add "so that ...".',
    )


def missing(way: Way, clauses: Sequence[Clause], *, repeats: bool, alone: bool) -> Hint:
    """What keeps the way from counting. `repeats`: the scorer takes it for an earlier one. `alone`:
    whether it would count without the others."""
    if repeats:
        return Hint(
            "same_way",
            "This is the same idea as the way before it. What else of theirs would get better?",
        )
    if alone:
        return Hint(
            "lost_among_others",
            "By itself it counts, but the scorer does not hear it among your other ways. Make it "
            'one plain sentence that starts with "I would".',
        )
    if (cannot := declined(way_sentence(way))) is not None:
        return Hint(cannot.rule, cannot.text)
    return _first(way, clauses)


def about_the_person(way: Way, clauses: Sequence[Clause]) -> Hint | None:
    """The hint on what plainly speaks of the person, or of their past; None for all else."""
    plainly = [replace(clause, letter=Letter.NEITHER) for clause in clauses]
    hint = _first(way, plainly)
    return hint if hint.rule in ("past", "about_you") else None


def _first(way: Way, clauses: Sequence[Clause]) -> Hint:
    return next(
        Hint(rule, text)
        for rule, applies, text in _RULES
        if applies(way, way_sentence(way), clauses)
    )


def _is_past(way: Way, said: str, clauses: Sequence[Clause]) -> bool:
    return bool(_PAST.search(said)) or any(Label.PAST in clause.labels for clause in clauses)


def _is_about_you(way: Way, said: str, clauses: Sequence[Clause]) -> bool:
    about = bool(_ABOUT_YOU.search(said) or EMPTY_CLAIM.search(said))
    return about or any(clause.letter is Letter.B for clause in clauses)


def _has_no_action(way: Way, said: str, clauses: Sequence[Clause]) -> bool:
    return bool(_THING.match(way.action)) or way.action.startswith("...")


def _has_nothing_of_theirs(way: Way, said: str, clauses: Sequence[Clause]) -> bool:
    short = len(said.split()) <= _SHORT_WORDS + 2
    return not way.touches and (short or bool(_VAGUE.search(way.action)))


_RULES: tuple[tuple[str, Callable[[Way, str, Sequence[Clause]], bool], str], ...] = (
    (
        "past",
        _is_past,
        "This is about the past, and they have your CV. What would you do there? Start with "
        '"I would ...".',
    ),
    (
        "about_you",
        _is_about_you,
        "This is about you. Which of their costs, delays or customers would feel it, and what "
        "would you do?",
    ),
    (
        "no_action",
        _has_no_action,
        'Something you would do is missing. Start with a verb: "I would sort / call / check / '
        'build ...".',
    ),
    (
        "nothing_of_theirs",
        _has_nothing_of_theirs,
        'Something of theirs is missing. End with "so that ...": which cost, delay or customer '
        "gets better?",
    ),
    (
        "not_heard",
        lambda way, said, clauses: True,
        "The scorer does not find a way in this yet. One plain sentence: I would [do this], so "
        "that [this of theirs gets better].",
    ),
)
