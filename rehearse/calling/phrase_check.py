"""Phrase check: may the manager say what a model wrote?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from rehearse.scoring.language import ENGLISH, LEAST_WORDS, LanguageDetector
from rehearse.transcript import Utterance

MOST_SENTENCES = 3
MOST_WORDS = 60
"""Twenty seconds of talk; the longest of the script's replies has about as many."""
KEPT_SHARE = 0.2
"""Of the words that carry a fact. Lower than a paraphrase has, higher than another reply has."""
_STEM = 5
_LEAST_ENGLISH = 3
"""Words from which on at least one must be a common English one."""
_LEAST_COMPARED = 4
"""Words from which on a reply may not be the same as one before."""


class Rejected(Exception):
    """`why` completes "the script's line is used because the model ...", without its words."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Task:
    """What the words are for: the script's lines, whether they end the call, the talk so far.

    `facts`: those of the lines whose content has to come through, such as the manager's answer.
    """

    script: tuple[str, ...]
    hangs_up: bool
    spoken: Sequence[Utterance]
    manager: str
    facts: tuple[str, ...] = ()


_THOUGHTS = re.compile(r"<think>.*?</think>", re.DOTALL)
_LIST = re.compile(r"^\s*([-•*–+]|\d+[.)])\s", re.MULTILINE)
_STAGE = re.compile(r"[()\[\]{}]|\*[^*\n]+\*")
_MARKUP = re.compile(r"[*_#`<>|~\\^]|https?:|www\.|&\w+;")
_LABEL = re.compile(r"(?:^|[\n.!?]\s*)\W*([A-Z][\w.' ]{0,30}):\s", re.MULTILINE)
_AS_MODEL = re.compile(
    r"\b(as|i'm|i am|being|just|only) (just |only )?an? (\w+ )?(ai|a\.i\.|artificial|language model"
    r"|chatbot|virtual|assistant|model)\b|language model|training data|\b(cannot|can't|unable to)"
    r" (assist|fulfil|comply)|the (caller|candidate|user|script|line that|next line)\b"
    r"|in (my|your) own words",
    re.IGNORECASE,
)
_DECIDES = re.compile(
    r"\b(you're|you are) (hired|the one)\b|\b(you've|you have|you) got the job\b"
    r"|\boffer you (the|a|this) (job|position|role)\b|\bwelcome (aboard|to the team)\b"
    r"|\b(like|going|happy|decided) to hire you\b|\bthe job is yours\b",
    re.IGNORECASE,
)
_FAREWELL = re.compile(
    r"\b(good ?-?bye|bye|take care|(talk|speak) (soon|later)|have a (good|nice|great|lovely)"
    r"|see you|all the best|good luck|i have to (go|run)|thank(s| you) for (calling|your call))\b",
    re.IGNORECASE,
)
_BYE = re.compile(r"\b(good ?-?bye|bye)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’]*(?=\s+[\"'“‘]?[A-Z0-9]|\s*$)")
_ABBREVIATED = re.compile(r"\b(Mr|Mrs|Ms|Dr|St|No|a\.m|p\.m|e\.g|i\.e|vs|etc)\.(?=\s)")
_COMMON = frozenset({
    "a", "about", "all", "and", "are", "at", "be", "but", "can", "do", "for", "from", "get", "good",
    "have", "hear", "how", "i", "i'd", "i'll", "i'm", "if", "in", "is", "it", "it's", "just",
    "know", "like", "me", "my", "no", "not", "of", "okay", "on", "one", "or", "our", "see", "so",
    "sorry", "sure", "thank", "thanks", "that", "that's", "the", "them", "then", "there", "they",
    "this", "to", "us", "was", "we", "we're", "well", "what", "when", "where", "which", "who",
    "why", "will", "with", "would", "yes", "you", "you'd", "you're", "your",
})  # fmt: skip
_OF_ANY_ANSWER = frozenset({
    "expect", "every", "each", "think", "something", "thing", "things", "always", "never", "today",
    "question", "answer", "people", "work", "really", "much", "more", "than", "most", "here",
})  # fmt: skip
"""Words that carry nothing of what a manager says about the business."""


def checked(written: str, task: Task, languages: LanguageDetector) -> str:
    """`written` as it can be spoken. Raises Rejected."""
    text = _THOUGHTS.sub("", written).strip()
    text = text.replace("’", "'").replace("“", '"').replace("”", '"')
    own = re.compile(
        rf"^({re.escape(task.manager)}|{re.escape(task.manager.split()[0])}|You|Manager):\s*"
    )
    text = _unquoted(own.sub("", _unquoted(text)))
    if not any(character.isalpha() for character in text):
        raise Rejected("wrote nothing")
    _check_signs(text)
    text = " ".join(text.split())
    if text[-1].isalnum():
        text += "."
    _check_length(text)
    _check_language(text, languages)
    _check_said(text, task)
    return text


def _unquoted(text: str) -> str:
    is_quoted = len(text) > 1 and text[0] == text[-1] == '"' and text.count('"') == 2
    return text[1:-1].strip() if is_quoted else text


def _check_signs(text: str) -> None:
    if _LIST.search(text):
        raise Rejected("wrote a list")
    if _STAGE.search(text):
        raise Rejected("wrote a stage direction or something in brackets")
    if _MARKUP.search(text):
        raise Rejected("wrote markup")
    if any(unicodedata.category(character) in ("So", "Sk", "Cs", "Co", "Cn") for character in text):
        raise Rejected("wrote an emoji or another sign that cannot be spoken")
    if _LABEL.search(text):
        raise Rejected("wrote a line for somebody else")
    if _AS_MODEL.search(text):
        raise Rejected("spoke about itself or its task")


def _check_length(text: str) -> None:
    if len(_SENTENCE_END.findall(_ABBREVIATED.sub(r"\1", text))) > MOST_SENTENCES:
        raise Rejected("wrote more than three sentences")
    if len(text.split()) > MOST_WORDS:
        raise Rejected(f"wrote more than {MOST_WORDS} words")


def _check_language(text: str, languages: LanguageDetector) -> None:
    words = _words(text)
    is_latin = all(
        unicodedata.name(c, "").startswith("LATIN") for c in text if c.isalpha()
    )  # names and loan words have accents, other scripts are another language
    has_english = len(words) < _LEAST_ENGLISH or any(word in _COMMON for word in words)
    if not (is_latin and has_english):
        raise Rejected("wrote in another language")
    if len(words) >= LEAST_WORDS and languages.language(text) != ENGLISH:
        raise Rejected("wrote in another language")


def _check_said(text: str, task: Task) -> None:
    """Whether it does what the script does at this point, and repeats nobody."""
    script = " ".join(task.script)
    if ("?" in text) != ("?" in script):
        raise Rejected(
            "asked what the script does not ask" if "?" in text else "left out the question"
        )
    if task.hangs_up and not (_FAREWELL.search(text) or not _FAREWELL.search(script)):
        raise Rejected("left out the goodbye")
    if not task.hangs_up and _BYE.search(text):
        raise Rejected("said goodbye too early")
    if any(not _keeps(fact, text) for fact in task.facts):
        raise Rejected("left out what the script says about the business")
    if _DECIDES.search(text):
        raise Rejected("promised the job")
    known = " ".join([script, *(one.text for one in task.spoken)])
    if set(re.findall(r"\d+", text)) - set(re.findall(r"\d+", known)):
        raise Rejected("wrote a figure of its own")
    words = _words(text)
    if len(words) >= _LEAST_COMPARED and any(
        " ".join(words) in " ".join(_words(one.text)) for one in task.spoken
    ):
        raise Rejected("repeated what was said before")


def _keeps(fact: str, text: str) -> bool:
    """Whether some of the words that carry `fact` are in `text`, in any form."""
    carry = _stems(fact)
    return len(carry & _stems(text)) >= min(len(carry), max(1, round(KEPT_SHARE * len(carry))))


def _stems(text: str) -> set[str]:
    long = {word.partition("'")[0] for word in _words(text)} - _COMMON - _OF_ANY_ANSWER
    return {word[:_STEM] for word in long if len(word) >= _STEM - 1}


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", text.lower())
