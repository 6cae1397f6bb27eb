"""Transcript: who said what when. Transcriber: recognises speech."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

from rehearse.sound import Samples


class Speaker(enum.StrEnum):
    CANDIDATE = "candidate"
    MANAGER = "manager"


class Signs(NamedTuple):
    """What tells whether a recognised word is right, beside its probability. All but `tokens` and
    `rank` are natural logarithms of probabilities, which are 0 or less."""

    weakest: float
    """Of the word's least probable token."""
    said: float
    """Of all its tokens."""
    tokens: int
    """How many it has."""
    spelt: float
    """Of the word, other ways to write its tokens included, such as with a capital."""
    other: float
    """Of the most probable token that other letters could have been instead of one of its own."""
    onward: float
    """Of the token after the word, which may be its comma; 0 where nothing follows."""
    rank: float
    """The logarithm of 1 + how many tokens were more probable than the word's, where they were
    most."""


@dataclass(frozen=True)
class Word:
    """One word with its punctuation, without spaces around it.

    Times are in seconds on the recording's clock, None in typed text.
    `probability` (0..1) is the recogniser's own, None for typed text.
    `agreed`: whether a second model recognised the same word there; None if none listened.
    `signs`: None for typed text, and in transcripts of earlier versions.
    """

    text: str
    start_s: float | None = None
    end_s: float | None = None
    probability: float | None = None
    agreed: bool | None = None
    signs: Signs | None = None


@dataclass(frozen=True)
class Utterance:
    """What one speaker said in one turn, from `start_s` to `end_s`; the words may start later."""

    speaker: Speaker
    words: tuple[Word, ...]
    start_s: float | None = None
    end_s: float | None = None
    who: str = "manager"
    """Who spoke at the manager's end: "manager", "assistant" or "voicemail"."""
    scripted: tuple[str, ...] = ()
    """The script's lines, if a language model said them in other words; see `as_scripted`."""

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def as_scripted(self) -> Utterance:
        """With the script's words: rules and scorer never read what a language model wrote."""
        if not self.scripted:
            return self
        return replace(self, words=words_of_text(" ".join(self.scripted)), scripted=())


class UnclearReason(enum.StrEnum):
    """Why words were lost. None of them is a fault of how a person speaks."""

    TOO_QUIET = "too_quiet"
    NOISE = "noise"
    """Noise, music or other people's talk, nearly as loud as the voice."""
    CLIPPING = "clipping"
    BROKEN_UP = "broken_up"
    """Pieces of the sound are missing, as on a bad connection."""
    MUFFLED = "muffled"
    TOO_FAST = "too_fast"
    PRONUNCIATION = "pronunciation"
    """The sound is fine: the recogniser does not know this pronunciation well enough."""


@dataclass(frozen=True)
class UnclearPassage:
    """Where words were lost, in seconds on the recording. `reason`: None where nobody looked."""

    start_s: float
    end_s: float
    reason: UnclearReason | None = None


@dataclass(frozen=True)
class Transcript:
    """A call, or a talk without a call, in the order spoken.

    `unclear_s` holds passages (start_s, end_s) of the candidate's turns where there was voice
    but no words could be trusted, `unclear_why` the reason of each; empty in rehearsals kept
    before reasons were looked for.
    """

    utterances: tuple[Utterance, ...]
    unclear_s: tuple[tuple[float, float], ...] = ()
    unclear_why: tuple[UnclearReason | None, ...] = ()

    @property
    def unclear(self) -> tuple[UnclearPassage, ...]:
        """The unclear passages with their reasons."""
        reasons = self.unclear_why or (None,) * len(self.unclear_s)
        return tuple(
            UnclearPassage(start_s, end_s, reason)
            for (start_s, end_s), reason in zip(self.unclear_s, reasons, strict=True)
        )

    def with_unclear(self, passages: Iterable[UnclearPassage]) -> Transcript:
        """The same words with these passages marked as unclear."""
        marked = tuple(passages)
        return replace(
            self,
            unclear_s=tuple((one.start_s, one.end_s) for one in marked),
            unclear_why=tuple(one.reason for one in marked),
        )

    @property
    def is_voicemail(self) -> bool:
        """Whether nobody was there to answer: the candidate left a message."""
        return any(utterance.who == "voicemail" for utterance in self.utterances)

    @property
    def is_typed(self) -> bool:
        """Whether the candidate's words were typed: there are some, and none has a time."""
        words = self.candidate_words
        return bool(words) and all(word.start_s is None for word in words)

    @property
    def has_manager(self) -> bool:
        """Whether somebody else speaks in it; not so in a recording or a text of a pitch alone."""
        return any(one.speaker is Speaker.MANAGER for one in self.utterances)

    @property
    def candidate_words(self) -> tuple[Word, ...]:
        """The words of all the candidate's turns, in order: the only words that are scored."""
        return tuple(
            word
            for utterance in self.utterances
            if utterance.speaker is Speaker.CANDIDATE
            for word in utterance.words
        )


class Transcriber(Protocol):
    """Recognises speech."""

    @property
    def name(self) -> str:
        """Model and version, as stored with each rehearsal."""
        ...

    def transcribe(
        self, samples: Samples, *, offset_s: float = 0.0, before: str = ""
    ) -> tuple[Word, ...]:
        """The words in `samples`, with times counted from `offset_s`; none without speech.

        `before`: what was said just before, as context; none of it is returned.
        """
        ...


class Drafter(Protocol):
    """Recognises quickly at the end of a turn, and ahead of time while it is being spoken."""

    def conclude(
        self, samples: Samples, *, offset_s: float = 0.0, before: str = ""
    ) -> tuple[Word, ...]:
        """As `transcribe`, but decoded with a shorter context window where that can be trusted."""
        ...

    def prepare(self, samples: Samples, *, before: str, go_on: Callable[[], bool]) -> None:
        """Makes a later `conclude` of these samples, or of these and more, faster.

        Returns soon after `go_on()` becomes false.
        """
        ...


def words_of_text(text: str) -> tuple[Word, ...]:
    """The words of a typed text, without times and probabilities."""
    return tuple(Word(part) for part in text.split())


def broken_off(said: Utterance, end_s: float) -> Utterance:
    """A manager's line that ended at `end_s`, before its end: as many of its words as were heard,
    as far as its length tells, the first one at least."""
    assert said.start_s is not None
    assert said.end_s is not None
    end_s = min(max(end_s, said.start_s), said.end_s)
    share = (end_s - said.start_s) / max(said.end_s - said.start_s, 1e-9)
    count = max(1, min(len(said.words), int(share * len(said.words))))
    words = said.words[:count]
    if count < len(said.words):
        last = replace(words[-1], text=words[-1].text.rstrip(",.;:") + " –")
        words = (*words[:-1], last)
    return replace(said, words=words, end_s=end_s)


def text_transcript(text: str) -> Transcript:
    """A typed pitch as one turn of the candidate; no turn without words."""
    words = words_of_text(text)
    return Transcript((Utterance(Speaker.CANDIDATE, words),) if words else ())
