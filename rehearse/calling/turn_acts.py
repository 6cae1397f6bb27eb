"""Turn acts: what a turn does, act by act.

The tagger is the judge of the critical question and the ways; the classifier's odds, checked by
the bare words, tell everything else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rehearse.calling.acts import ANSWERS, ASKS, FACTS, JUDGED, Act, ActClassifier
from rehearse.calling.forms import Form
from rehearse.calling.sentences import Sentence
from rehearse.calling.set_phrases import says_goodbye, surely, surely_not
from rehearse.calling.turn_question import LONG_WORDS, TurnQuestion
from rehearse.calling.wording import asks_plainly, fits, tells, tells_plan
from rehearse.scoring.clauses import Clause, Label

RECITAL_CLAUSES = 2
RECITAL_SHARE = 1 / 3
LIKELY = 0.55
"""Probability of an act from which it counts."""
LIKELY_ANSWER = 0.4
"""The same of an answer that the tagger takes for a way."""
FEWEST_ASKED = 5
"""Words of a question that is clear without a question mark."""
GUESSED = 0.1
"""The same where no act is likely: the best guess, rather than nothing."""
SURE_TOO = 0.7
"""The same of a second question in one clause."""
PLAINLY = 0.9
"""The same where the words are none with which people do this."""
SURE = 0.8
"""The same beside something that the rubric knows: an aside in the pitch must be plain."""
_ANSWERS_OR_NOT = ANSWERS | {Act.DONT_KNOW}
_BESIDE_A_GOODBYE = frozenset(
    {Act.GOODBYE, Act.THANKS, Act.ACKNOWLEDGE, Act.SMALL_TALK, Act.CHOICE, Act.NEXT_STEP}
)
"""A goodbye that is only likely counts beside these, and not at the beginning of something."""
_NEVER_ASKS = frozenset({Act.VAGUE, Act.RECITAL})
"""What nobody does who asks."""
_NEVER_WITHOUT = frozenset({Act.WHO, Act.THANKS, Act.GOODBYE})
"""Acts that nobody does without their own words."""
_BESIDE = frozenset({Act.GREETING, Act.THANKS, Act.OTHER_OFFER, Act.GOODBYE})
"""What a sentence of a pitch may do beside what the rubric finds in it."""

NAMED = re.compile(
    r"\b(?:(?i:this is|my name is|my name's|here is)|(?:I'm|I am|[Ii]t's) [A-Z])|\bhere\W*$"
)
JOINED = re.compile(r"[.?!,] \w| and ", re.IGNORECASE)
_HELLO = re.compile(
    r"\b(hello|hallo|hi|hiya|hey|morning|afternoon|evening|day|this is|my name)\b", re.IGNORECASE
)
_HELLO_ALONE = re.compile(r"^\W*(hello\W*)+$", re.IGNORECASE)
_SEEKS = re.compile(
    r"\b(name\w*|looking for|speak\w*|talk\w*|reach\w*|through|call\w*|hold of|want\w*|hoping"
    r"|trying|wish|need|after|put|connect|extension|transfer|word with|ask for"
    r"|is (this|that)|on to)\b",
    re.IGNORECASE,
)
"""Words of which somebody has one who asks for a person without a question."""
_AT_WORK = re.compile(
    r"\b(years?|experience\w*|work\w*|jobs?|degree|manag\w+|led|lead|ran|runs?|train\w*|certif\w+"
    r"|qualif\w+|compan\w+|team|skills?|universit\w+|course|role|positions?|employ\w*|career|award"
    r"|projects?|diploma|studied|school|responsible|customers?|clients?|sold|built|office|boss|shop"
    r"|master|bachelor|ph\.?d|published|papers?|won|prizes?|first place|number (one|two)|top of"
    r"|cert|licen[cs]es?|apprentic\w*|sales|targets?|deadlines?|minutes for|diar(y|ies)|laying"
    r"|good (at|with)|languages?|speak|hard|reliable|motivated|organi[sz]ed|months?|shifts?)\b",
    re.IGNORECASE,
)
"""Words of which a recital has one."""
_ASKS_NAME = re.compile(r"\b(names?|who|whom)\b", re.IGNORECASE)
_EXAMPLE = re.compile(
    r"\b(examples?|instance|cases?|time|stor(y|ies)|mean|tell|give|show|describe|one)\b",
    re.IGNORECASE,
)
_MISSED = re.compile(
    r"\b(\w+n't|not|missed|sorry|pardon|lost|unclear|slow\w*|fast|loud\w*|repeat|say|said|words)\b",
    re.IGNORECASE,
)
"""Words of which somebody has one who did not understand."""
_PLAINLY_MISSED = re.compile(
    r"\b((did|could|can|have|has)n't|can't|did not|could not|missed|lost|repeat|again|louder|slower"
    r"|come again|say that"
    r"|(broke|breaking) up|crackl\w+|cut out)\b|^\W*(sorry|pardon|what)\W*[?.,]",
    re.IGNORECASE,
)
_ASKS_FIRST = re.compile(
    r"^\W*((and|so|but|okay|well|um+|uh+|oh|then|sorry|also)\W+)*(how|what|which|where|when|why|who"
    r"|whom|do|does|did|are|is|am|can|could|would|will|have|has|should|may)\b",
    re.IGNORECASE,
)


def turn_acts(
    sentences: Sequence[Sentence],
    asked: TurnQuestion,
    classifier: ActClassifier,
    line: str,
    *,
    first: bool,
) -> tuple[Act, ...]:
    """The acts of a turn, in order. `line`: what the manager said before it, "" for nothing.
    `first`: the caller has not spoken before. A long turn is read sentence by sentence; only plain
    questions in it are questions, and nothing is guessed, or the manager would answer what nobody
    asked."""
    text = " ".join(text for text, _ in sentences)
    clauses = [clause for _, held in sentences for clause in held]
    if _HELLO_ALONE.match(text):
        return (Act.GREETING,) if first else (Act.LINE_CHECK,)
    if len(text.split()) <= LONG_WORDS:
        (likely,) = classifier.probabilities([text], line)
        found = _short_turn(likely, _by_rubric(clauses), text, asked.form, first=first)
    else:
        found = _pitch(sentences, classifier, line)
        if _is_recital(clauses):
            found.append(Act.RECITAL)
    return _in_order(found) or (Act.NOTHING,)


def _short_turn(
    likely: Mapping[str, float],
    judged: Sequence[Act],
    text: str,
    form: Form | None,
    *,
    first: bool,
) -> list[Act]:
    """What is likely; if nothing is, the best guess. What has words of its own needs them."""
    is_one, told = not JOINED.search(text), tells(text, form)
    by_rubric = judged
    judged = [act for act in judged if act in JUDGED]
    sure = surely(text)
    if Act.WAYS in judged and (_is_answer(likely) or Act.ANSWERS_OBJECTION in sure):
        judged.remove(Act.WAYS)
    known = {
        act: odds
        for act, odds in ((Act(name), odds) for name, odds in likely.items())
        if act not in JUDGED
        and (act in by_rubric or fits(act, text) or (odds >= PLAINLY and act not in _NEVER_WITHOUT))
    }
    if Act.WAYS in judged and Act.STATUS not in by_rubric:
        known[Act.STATUS] = 0.0
    known |= dict.fromkeys(surely_not(text), 0.0) | dict.fromkeys(sure, 1.0)
    if form is None and not _SEEKS.search(text):
        known[Act.WHO] = 0.0  # "one person, who is there anyway"
    if Act.GOODBYE in sure and form is None:
        known[Act.GOOD_TIME] = 0.0  # "I'll call again" asks for no other time
    if Act.GOODBYE not in sure and (known.get(Act.GOODBYE, 0.0) < SURE or form):
        known[Act.GOODBYE] = 0.0  # nobody is hung up on for a guess
    if told and Act.STATUS not in by_rubric and known.get(Act.STATUS, 0.0) < SURE:
        known[Act.STATUS] = 0.0  # "my mum can't believe that I got an interview"
    found = [act for act, odds in known.items() if odds >= LIKELY]
    if likely.get(Act.CRITICAL_QUESTION, 0.0) >= LIKELY and not judged:
        # Not what the scorecard credits: then it is one of the questions beside it.
        found.append(max((Act.ABOUT_BUSINESS, Act.ABOUT_JOB), key=lambda act: known.get(act, 0.0)))
    if not found and not judged:
        # What asks for nothing is more likely an answer than a question.
        no_questions = {act: odds for act, odds in known.items() if act not in ASKS}
        plain = form is None and max(no_questions.values()) >= GUESSED
        best = max(no_questions if plain else known, key=lambda act: known[act])
        found = [best] if known[best] >= GUESSED else []
    if Act.GOODBYE in found and Act.GOODBYE not in sure and not set(found) <= _BESIDE_A_GOODBYE:
        found.remove(Act.GOODBYE)  # "sorry, my dog. Go ahead, I got you now"
    if Act.RECITAL in found and told and not _AT_WORK.search(text):
        found[found.index(Act.RECITAL)] = Act.SMALL_TALK  # a life has more than a résumé
    if tells_plan(text) and not judged and set(found) <= {Act.THANKS, Act.ACKNOWLEDGE}:
        found.append(Act.ANSWERS_QUESTION)
    if set(found) <= ANSWERS | {Act.NOTHING} and form is Form.EITHER and not tells_plan(text):
        found = [Act.ABOUT_JOB]  # "would it be every weekend or every other"
    if told and Act.REPEAT not in sure and not says_missed(text):
        found = [act for act in found if act is not Act.REPEAT]  # "I did the sums again"
    if Act.ASK_EXAMPLE in found and form is Form.WHETHER and not _EXAMPLE.search(text):
        found[found.index(Act.ASK_EXAMPLE)] = Act.ABOUT_JOB  # "is there such a thing as flexitime"
    asks_else = set(found) & ASKS > {Act.REPEAT} and not _PLAINLY_MISSED.search(text)
    if asks_else or (Act.WHO in found and _ASKS_NAME.search(text)):
        # "When you said four, did you mean on the dot?", "I didn't catch your name."
        found = [act for act in found if act is not Act.REPEAT]
    if form is not None and (len(text.split()) >= FEWEST_ASKED or text.endswith("?")):
        found = [act for act in found if act not in _NEVER_ASKS]
        if not first and found == [Act.GREETING] and not _HELLO.search(text):
            found = [Act.SMALL_TALK]  # "jislaaik, is that the crane or the wind"
        empty = {Act.ACKNOWLEDGE, Act.THANKS, Act.NOTHING}
        if is_one and form not in (Form.MAY, Form.WHETHER):
            empty.add(Act.REASON)  # not "may I ask you something", which only announces it
        if set(found) <= empty and not judged:
            # A question with no subject that the manager knows.
            talks = (Act.ABOUT_BUSINESS, Act.ABOUT_JOB)
            found.append(max(talks, key=lambda act: likely.get(act, 0.0)))
    return [*_without_doubles(found, known, is_one=is_one), *judged]


def says_missed(text: str) -> bool:
    """Whether it has a word of those who did not understand."""
    return bool(_MISSED.search(text))


def _without_doubles(found: Sequence[Act], odds: Mapping[Act, float], *, is_one: bool) -> list[Act]:
    """Nobody both answers and does not know, nor answers a question and a doubt at once."""
    found = list(dict.fromkeys(found))
    ranked = sorted(found, key=lambda act: -odds.get(act, 0.0))
    answers = [act for act in ranked if act in _ANSWERS_OR_NOT]
    asks = [act for act in ranked if act in ASKS and is_one]
    unsure = [act for act in asks[1:] if odds.get(act, 0.0) < SURE_TOO]
    return [act for act in found if act not in (*answers[1:], *unsure)]


def _is_answer(likely: Mapping[str, float]) -> bool:
    """Whether a way in it only answers what the manager asked or doubted."""
    answers = max(likely.get(act, 0.0) for act in ANSWERS)
    return answers >= LIKELY_ANSWER and answers > 2 * likely.get(Act.WAYS, 0.0)


def _pitch(sentences: Sequence[Sentence], classifier: ActClassifier, line: str) -> list[Act]:
    """Sentence by sentence. Where the rubric knows all of one, nobody else is asked: the
    classifier takes milliseconds a sentence. The first two may answer what the manager said."""
    open_ = [text for text, clauses in sentences if not _is_settled(clauses)]
    odds = [*classifier.probabilities(open_[:2], line), *classifier.probabilities(open_[2:])]
    said = dict(zip(open_, odds, strict=True))
    found: list[Act] = []
    for text, clauses in sentences:
        judged = _by_rubric(clauses)
        bar = SURE if judged else LIKELY
        acts = [Act(name) for name, chance in said.get(text, {}).items() if chance >= bar]
        if any(clause.labels for clause in clauses):
            # "I don't know your figures" or "I'd like to know my role" is what the rubric calls it.
            acts = [act for act in acts if act in _BESIDE]
        elif not is_question(text) and not asks_plainly(text):
            acts = [act for act in acts if act not in FACTS]
        found += [act for act in [*acts, *judged] if act not in JUDGED or act in judged]
        found += [Act.GOODBYE] if says_goodbye(text) else []
    unlikely = {Act.NOTHING}
    if Act.WAYS in found or Act.CRITICAL_QUESTION in found:
        unlikely.add(Act.DONT_KNOW)
    if Act.CRITICAL_QUESTION in found:  # The same question put in other words before or after.
        unlikely |= {Act.ABOUT_BUSINESS, Act.ABOUT_JOB}
    return [act for act in found if act not in unlikely]


def _is_settled(clauses: Sequence[Clause]) -> bool:
    """Whether the rubric knows each clause."""
    known = {Label.ASK, Label.WAY, Label.PAST}
    return bool(clauses) and all(clause.labels & known for clause in clauses)


def is_question(text: str) -> bool:
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


def _in_order(found: Sequence[Act]) -> tuple[Act, ...]:
    """Each once; greetings come first, goodbyes last."""
    acts = [act for act in dict.fromkeys(found) if act is not Act.NOTHING or len(set(found)) == 1]
    place = {Act.GREETING: 0, Act.ACKNOWLEDGE: 0, Act.GOODBYE: 9}
    return tuple(sorted(acts, key=lambda act: place.get(act, 5)))


def _is_recital(clauses: Sequence[Clause]) -> bool:
    past = [clause for clause in clauses if Label.PAST in clause.labels]
    words = sum(len(clause.words) for clause in clauses)
    past_words = sum(len(clause.words) for clause in past)
    return len(past) >= RECITAL_CLAUSES or (bool(past) and past_words >= RECITAL_SHARE * words)
