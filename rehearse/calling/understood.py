"""Understood: what the manager understood of a turn.

The tagger is the judge of the critical question, the ways and the rest of the rubric, so that the
manager answers what the scorecard credits. Everything else is recognised by its wording,
sentence by sentence, and by what the manager had said just before.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rehearse.calling.act_cues import has_cue
from rehearse.calling.acts import Act, ActClassifier
from rehearse.scoring.clauses import Clause, Label
from rehearse.transcript import Speaker, Utterance

RECITAL_CLAUSES = 2
RECITAL_SHARE = 1 / 3
LIKELY = 0.45
"""Probability of an act from which it counts."""
GUESSED = 0.15
"""The same where no act is likely: the best guess, rather than nothing."""
SURE = 0.8
"""The same beside something that the rubric knows: an aside in the pitch must be plain."""
LONGEST_SENTENCE = 18
"""Words; a longer one, as recognisers write them, is cut where its clauses end."""
ANSWER_WORDS = 3
PITCH_WORDS = 40
"""A turn longer than this is a pitch: in it only plain questions are questions, and nothing is
guessed, or the manager would answer what nobody asked."""
_SHORT_TURN_WORDS = 14
"""A turn up to this long may be a hello or a goodbye and no more."""

_SUBSTANCE = frozenset(
    {Act.CRITICAL_QUESTION, Act.WAYS, Act.VAGUE, Act.RECITAL, Act.STATUS, Act.CHOICE}
)
JUDGED = frozenset({Act.CRITICAL_QUESTION, Act.WAYS})
"""Acts that only the tagger tells."""
_ASIDES = frozenset(
    {Act.GREETING, Act.GOOD_TIME, Act.WHO, Act.THANKS, Act.GOODBYE, Act.OTHER_OFFER, Act.MISHAP}
    | {Act.CHOICE, Act.STATUS, Act.LINE_CHECK}
)
"""Acts that may stand in a sentence beside what the rubric knows."""
_ASIDE_CUES = (
    *("greeting", "greeting_name", "greeting_met", "good_time", "who", "thanks", "goodbye"),
    *("other_offer", "mishap", "choice", "status", "line_check"),
)
"""The wordings of these asides, by their names in lines/cues.toml."""
SMALL = frozenset({Act.ACKNOWLEDGE, Act.THANKS, Act.GREETING, Act.NOTHING})
ASKS = frozenset(
    {Act.GOOD_TIME, Act.WHO, Act.LINE_CHECK, Act.REPEAT, Act.ABOUT_YOU, Act.PAY, Act.HOURS}
    | {Act.LOCATION, Act.NEXT_STEP, Act.STATUS, Act.ABOUT_BUSINESS, Act.ABOUT_JOB}
    | {Act.CRITICAL_QUESTION, Act.ASK_EXAMPLE}
)
_FACTS = frozenset(
    {Act.ABOUT_YOU, Act.PAY, Act.HOURS, Act.LOCATION, Act.NEXT_STEP, Act.START_DATE}
    | {Act.ABOUT_BUSINESS, Act.ABOUT_JOB, Act.ASK_EXAMPLE}
)
"""What is asked for; a plain answer that has one of these subjects asks nothing."""
_INSTEAD = frozenset({Act.DONT_KNOW, Act.REPEAT, Act.MISHAP, Act.GOODBYE, Act.LINE_CHECK})
"""What may come instead of an answer, in any words."""
_TOLD_BY_CUE = frozenset({Act.WHO, Act.PAY, Act.HOURS, Act.LOCATION})
"""What a cue and a likely wording together make sure."""
_EMPTY = frozenset({Act.VAGUE, Act.RECITAL, Act.REASON, Act.CHOICE})
"""What an answer easily looks like, taken by itself."""
_NO_ANSWER = ASKS | {
    Act.DONT_KNOW,
    Act.MISHAP,
    Act.OTHER_OFFER,
    Act.GOODBYE,
    Act.CHOICE,
    Act.REASON,
}

_DOUBT = re.compile(
    r"\b(tried (that|it|something)|don't know our|easy to say|sounds (easy|good on|expensive|nice"
    r" but)|not convinced|doubt|heard that|why would (it|that)|what makes you|never (work|fly|get)"
    r"|won't work|can't see|don't see|hard to (believe|imagine)|that's (a lot|ambitious|expensive"
    r"|naive|optimistic)|too (expensive|much|late|small|risky)|no (budget|money|time|room) for"
    r"|would(n't| not) work|didn't (work|last|help)|already (do|have|did|doing)|not (sure|so sure)"
    r"|skeptical|sceptical|who would do|who's going to|what would that cost|where's the money"
    r"|but |we don't|people (here )?(won't|hate|don't)|(won't|wouldn't|can't|doesn't|isn't|didn't"
    r"|never|nobody|no one|hardly|already)\b|too \w+|why (should|would)|what if|sounds|risk\w*"
    r"|everybody says|on paper|in theory|really\?)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:(?i:this is|my name is|my name's|here is)|(?:I'm|I am|[Ii]t's) [A-Z])|\bhere\W*$"
)
_REASON = re.compile(
    r"\b(about|regarding|concerning|interview\w*|position|job|role|opening|offered|calling (to"
    r"|because|as)|follow\w*|met|speak (to|with)|talk (to|with)|question)\b",
    re.IGNORECASE,
)
_HELLO_ALONE = re.compile(r"^\W*(hello\W*)+$", re.IGNORECASE)
_NO_MORE = re.compile(r"^\W*no\b[,. ]*(thanks|thank you)?\W*$", re.IGNORECASE)
_ASKS_FIRST = re.compile(
    r"^\W*((and|so|but|okay|well|um+|uh+|oh|then|sorry|also)\W+)*(how|what|which|where|when|why|who"
    r"|whom|do|does|did|are|is|am|can|could|would|will|have|has|should|may)\b",
    re.IGNORECASE,
)
_ASKS_INDIRECTLY = re.compile(
    r"\b(know|wonder\w*|tell me|ask\w*|curious|hear|learn|find out|questions?|remind|explain"
    r"|how|what|whether|if|when|where|which|who|why)\b",
    re.IGNORECASE,
)
_ASKS_PLAINLY = re.compile(
    r"\b(wonder\w*|tell me|ask(ed|ing)? (you|about|what|when|where|how|if|whether)|curious"
    r"|know (what|when|where|how|if|whether|who|which|about)|find out|questions? about)\b",
    re.IGNORECASE,
)
_PAST_THANKS = re.compile(
    r"\bthank(s| you)\b.*\b(interview|last|yesterday|the other day|on (mon|tues|wednes|thurs|fri)"
    r"|showing|seeing me|meeting)\b",
    re.IGNORECASE,
)
_BYE = re.compile(r"\b(bye|goodbye|have a|take care|see you)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.?!…][\"')]*$")
_ABBREVIATED = frozenset({"mr.", "mrs.", "ms.", "dr.", "st.", "no."})


class Before(enum.Enum):
    """What the manager's last line was."""

    DOUBT = "doubted what the caller said"
    QUESTION = "asked something"
    OTHER = "anything else"


def before_of(line: str) -> Before:
    """What a manager's line was, from its words."""
    if _DOUBT.search(line):
        return Before.DOUBT
    return Before.QUESTION if "?" in line else Before.OTHER


@dataclass(frozen=True)
class Understood:
    """One turn of the candidate's.

    `spoke` is False when no words were recognised; `voiced` then tells a voice too faint or
    unclear from silence. `at_s` is call time at the end of the turn, in seconds, `cut_off`
    whether the turn was ended for them.
    """

    spoke: bool
    voiced: bool = True
    at_s: float = 0.0
    cut_off: bool = False

    acts: tuple[Act, ...] = ()
    """In the order in which they came."""
    asked: bool = False
    """The critical question, as the scorecard credits it."""
    new_ways: tuple[str, ...] = ()
    """The words of each way that came up in this turn for the first time."""
    substance: bool = False
    """Did anything at all that the rubric knows."""
    words: int = 0
    offers: tuple[str, ...] = ()
    """Sentences that may be quoted, where no way was credited."""
    asks: bool = False
    """Ended in a question."""
    named: bool = False
    """Said who is calling."""
    reason: bool = False
    """Said why they are calling."""

    def did(self, *acts: Act) -> bool:
        """Whether one of these acts is in the turn."""
        return any(act in self.acts for act in acts)

    @property
    def closing(self) -> bool:
        return Act.GOODBYE in self.acts

    @property
    def only_hello(self) -> bool:
        """A greeting, a yes or a reason to call, and no more."""
        return set(self.acts) <= {*SMALL, Act.REASON} and self.words <= _SHORT_TURN_WORDS

    @property
    def answers(self) -> bool:
        """Answered a question or a doubt of the manager's."""
        return self.did(Act.ANSWERS_OBJECTION, Act.ANSWERS_QUESTION)


def understood(
    utterances: Sequence[Utterance], clauses: Sequence[Clause], classifier: ActClassifier
) -> Understood:
    """What the last utterance of the candidate did; `clauses` are the candidate's of all."""
    index = max(i for i, u in enumerate(utterances) if u.speaker is Speaker.CANDIDATE)
    last = utterances[index]
    line = ""
    if index and utterances[index - 1].speaker is Speaker.MANAGER:
        line = utterances[index - 1].text
    before, clauses = _split(clauses, len(last.words))
    labels = frozenset().union(*(clause.labels for clause in clauses))
    known_ways = {clause.way for clause in before}
    new_ways: dict[int, str] = {}
    for clause in clauses:
        if clause.way is not None and clause.way not in known_ways:
            new_ways.setdefault(clause.way, clause.text)
    sentences = _sentences(clauses)
    acts = turn_acts(sentences, classifier, before_of(line), first=not before)
    return Understood(
        spoke=True,
        acts=acts,
        asked=Label.ASK in labels,
        new_ways=tuple(new_ways.values()),
        substance=bool(set(acts) & _SUBSTANCE),
        words=len(last.words),
        offers=tuple(text for text, _ in sentences),
        asks=last.text.rstrip(" \"'").endswith("?"),
        named=bool(_NAMED.search(last.text)) or (Act.GREETING in acts and " " in last.text.strip()),
        reason=bool(set(acts) & {*_SUBSTANCE, Act.REASON})
        or (bool(_REASON.search(last.text)) and not _is_question(last.text)),
    )


Sentence = tuple[str, tuple[Clause, ...]]
"""The words, and the clauses most of whose words are in it."""


def turn_acts(
    sentences: Sequence[Sentence], classifier: ActClassifier, before: Before, *, first: bool
) -> tuple[Act, ...]:
    """The acts of a turn, in order. `first`: the caller has not spoken before."""
    acts: list[Act] = []
    states = False
    open_ = [text for text, clauses in sentences if not _is_settled(text, clauses)]
    is_pitch = sum(len(text.split()) for text, _ in sentences) > PITCH_WORDS
    said = dict(zip(open_, classifier.probabilities(open_), strict=True))
    for text, clauses in sentences:
        likely = said.get(text, {})
        judged = _by_rubric(clauses)
        judged = [act for act in judged if act in JUDGED or not _is_another(act, text, likely)]
        if before is not Before.OTHER and not _is_question(text):
            likely = _surely(likely)
            judged = [act for act in judged if act is not Act.VAGUE or act in likely]
        found = _by_wording(text, likely, judged, first=first and not acts)
        if is_pitch:
            found = [act for act in found if act in judged or likely.get(act, 1.0) >= LIKELY]
            if not _is_question(text) and not _ASKS_PLAINLY.search(text):
                found = [act for act in found if act not in _FACTS]
        if before is not Before.OTHER and not _is_question(text):
            found = [act for act in found if act not in ASKS or likely.get(act, 1.0) >= SURE]
            if not _ASKS_INDIRECTLY.search(text):
                found = [act for act in found if act not in _FACTS]
        is_statement = not _is_question(text) and not set(found) & (_NO_ANSWER | SMALL)
        states = states or is_statement
        acts += [act for act in found if act not in acts]
    words = sum(len(text.split()) for text, _ in sentences)
    if _is_recital([c for _, clauses in sentences for c in clauses]) and Act.RECITAL not in acts:
        acts.append(Act.RECITAL)
    return _settled(acts, before, words, states=states)


def _is_settled(text: str, clauses: Sequence[Clause]) -> bool:
    """Whether the rules decide alone: the classifier takes milliseconds a sentence."""
    if _HELLO_ALONE.match(text) or _NO_MORE.match(text) or has_cue(text, "acknowledge"):
        return True
    judged = bool(JUDGED & set(_by_rubric(clauses)))
    is_past = bool(clauses) and all(Label.PAST in clause.labels for clause in clauses)
    return (judged or is_past) and not has_cue(text, *_ASIDE_CUES)


def _surely(likely: Mapping[str, float]) -> Mapping[str, float]:
    """Of a statement after the manager's question, no guesses: it is probably the answer."""
    return {
        name: odds
        for name, odds in likely.items()
        if odds >= (SURE if name in _EMPTY else LIKELY) or (odds >= GUESSED and name in _INSTEAD)
    }


def _is_another(act: Act, text: str, likely: Mapping[str, float]) -> bool:
    """Whether the wording is clearly something else: a plain question, a goodbye."""
    best = max(likely, key=lambda name: likely[name], default=act.value)
    if act is Act.STATUS and best in (Act.LINE_CHECK, Act.REASON) and not has_cue(text, "status"):
        return True
    is_plain = best in _PLAIN and likely[best] >= LIKELY
    return is_plain and best != act and likely.get(act, 0.0) < LIKELY


def _is_question(text: str) -> bool:
    return text.rstrip(" \"'").endswith("?") or bool(_ASKS_FIRST.match(text))


def _by_rubric(clauses: Sequence[Clause]) -> list[Act]:
    found = []
    for clause in clauses:
        if clause.way is not None:
            found.append(Act.WAYS)
        for label, act in (
            (Label.ASK, Act.CRITICAL_QUESTION),
            (Label.STATUS, Act.STATUS),
            (Label.CHOICE, Act.CHOICE),
        ):
            if label in clause.labels:
                found.append(act)
        if Label.LINK in clause.labels and clause.way is None:
            found.append(Act.VAGUE)
    return list(dict.fromkeys(found))


def _by_wording(
    text: str, likely: Mapping[str, float], judged: list[Act], *, first: bool
) -> list[Act]:
    if _HELLO_ALONE.match(text):
        return [Act.GREETING] if first else [Act.LINE_CHECK]
    if _PAST_THANKS.search(text) and not _BYE.search(text):
        likely = {**likely, Act.GOODBYE: 0.0, Act.THANKS: 1.0}
    if _NO_MORE.match(text) or has_cue(text, "acknowledge"):
        return [Act.ACKNOWLEDGE]
    bar = SURE if judged else LIKELY
    ranked = sorted(likely, key=lambda name: -likely[name])
    found = [Act(name) for name in ranked if likely[name] >= bar and name != "about_plan"]
    if judged:
        found = [act for act in found if act in _ASIDES]
    else:
        if not found and ranked and likely[ranked[0]] >= GUESSED and ranked[0] != "about_plan":
            found = [Act(ranked[0])]
        if found and found[0] is Act.CRITICAL_QUESTION and len(found) == 1:
            # Not what the scorecard credits: then it is one of the questions beside it.
            other = max((Act.ABOUT_BUSINESS, Act.ABOUT_JOB), key=lambda act: likely.get(act, 0.0))
            found = [other]
        found = [act for act in found if act not in JUDGED][:3]
        if Act.GREETING in found and not _is_question(text):
            found = [act for act in found if act is not Act.WHO or _is_sure(act, text, likely)]
        asks = [act for act in found if act in ASKS]
        found = [act for act in found if act not in asks[1:] or _is_sure(act, text, likely)]
    return _order(found, judged)


def _is_sure(act: Act, text: str, likely: Mapping[str, float]) -> bool:
    """Whether a second act stands beside a likelier one in the same sentence."""
    return likely[act] >= SURE or (act in _TOLD_BY_CUE and has_cue(text, act.value))


def _order(found: list[Act], judged: list[Act]) -> list[Act]:
    """Greetings come first in a sentence, goodbyes last; the rest by how sure they are."""
    place = {Act.GREETING: 0, Act.ACKNOWLEDGE: 0, Act.MISHAP: 1, Act.THANKS: 1, Act.GOODBYE: 9}
    return sorted(dict.fromkeys([*judged, *found]), key=lambda act: place.get(act, 5))


def _settled(acts: list[Act], before: Before, words: int, *, states: bool) -> tuple[Act, ...]:
    """The acts of a turn as a whole: what is only politeness inside another one goes."""
    kept = list(acts)
    if Act.GOODBYE in kept:
        kept = [act for act in kept if act not in (Act.THANKS, Act.ACKNOWLEDGE)]
    others = [act for act in kept if act not in SMALL]
    if Act.ACKNOWLEDGE in kept and len(kept) > 1:
        kept.remove(Act.ACKNOWLEDGE)
    if Act.REASON in kept and set(others) - {Act.REASON, Act.GOOD_TIME, Act.SMALL_TALK, Act.MISHAP}:
        kept.remove(Act.REASON)
    if Act.MISHAP in kept and Act.REPEAT in kept:
        kept.remove(Act.MISHAP)
    answer = before in (Before.DOUBT, Before.QUESTION) and not set(kept) & _NO_ANSWER
    if answer and states and words >= ANSWER_WORDS and Act.VAGUE not in kept:
        is_doubt = before is Before.DOUBT
        asides = (Act.RECITAL, Act.SMALL_TALK) if is_doubt else (Act.SMALL_TALK,)
        kept = [act for act in kept if act not in asides]
        kept.insert(0, Act.ANSWERS_OBJECTION if is_doubt else Act.ANSWERS_QUESTION)
    return tuple(kept) or (Act.NOTHING,)


def _is_recital(clauses: Sequence[Clause]) -> bool:
    past = [clause for clause in clauses if Label.PAST in clause.labels]
    words = sum(len(clause.words) for clause in clauses)
    past_words = sum(len(clause.words) for clause in past)
    return len(past) >= RECITAL_CLAUSES or (bool(past) and past_words >= RECITAL_SHARE * words)


def _sentences(clauses: Sequence[Clause]) -> list[Sentence]:
    """Cut at full stops; where these are far apart, at the ends of clauses too."""
    words = [(word.text, index) for index, clause in enumerate(clauses) for word in clause.words]
    runs: list[list[tuple[str, int]]] = [[]]
    for word in words:
        runs[-1].append(word)
        if _SENTENCE_END.search(word[0]) and word[0].lower() not in _ABBREVIATED:
            runs.append([])
    pieces: list[list[tuple[str, int]]] = []
    for run in runs:
        if len(run) <= LONGEST_SENTENCE:
            pieces.append(run)
            continue
        piece: list[tuple[str, int]] = []
        for word in run:
            if piece and piece[-1][1] != word[1]:
                pieces.append(piece)
                piece = []
            piece.append(word)
        pieces.append(piece)
    return [
        (" ".join(text for text, _ in piece), _held_by(piece, clauses)) for piece in pieces if piece
    ]


def _held_by(piece: list[tuple[str, int]], clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    counts: dict[int, int] = {}
    for _, index in piece:
        counts[index] = counts.get(index, 0) + 1
    return tuple(
        clauses[index] for index, count in counts.items() if 2 * count >= len(clauses[index].words)
    )


_PLAIN = frozenset(
    {*ASKS, Act.START_DATE, Act.SMALL_TALK, Act.MISHAP, Act.OTHER_OFFER, Act.DONT_KNOW}
    | {Act.GREETING, Act.THANKS, Act.GOODBYE, Act.ACKNOWLEDGE}
) - {Act.CRITICAL_QUESTION}
"""Acts whose wording leaves little doubt."""


def _split(clauses: Sequence[Clause], words: int) -> tuple[Sequence[Clause], Sequence[Clause]]:
    """The clauses before the last `words` words, and those of them."""
    start = len(clauses)
    while start > 0 and words > 0:
        start -= 1
        words -= len(clauses[start].words)
    return clauses[:start], clauses[start:]
