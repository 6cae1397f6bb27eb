"""Turn taking: decides when the candidate has finished.

A pause for thought in the pitch may be long, a finished question is answered soon, and words that
stop in mid-sentence get the most time.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Protocol

from rehearse.delivery.open_ends import Ending
from rehearse.sound import BLOCK_SAMPLES, Samples, seconds

VOICED = 0.5
"""The probability of voice from which a block counts as voiced."""
START_BLOCKS = 6
"""Voiced blocks that start an utterance (0.19 s), with at most two others among them: a click,
cough or knock has fewer."""
BARGE_IN_BLOCKS = 5
"""Voiced blocks that stop the manager (0.16 s): the detector needs one more, the limit is 0.2 s."""
CUT_UP_BLOCKS = 4
CUT_UP_WITHIN = 12
"""Where echo cancellation cuts an interruption into pieces: CUT_UP_BLOCKS (0.13 s) that are surely
voice, in CUT_UP_WITHIN (0.38 s)."""
SURELY_VOICED = 0.7
"""Four in five blocks of an interruption are; of an echo at a moment when cancellation loses its
place, mostly none."""
_GAP_BLOCKS = 2
AFTER_QUESTION_S = 0.7
"""Silence after a finished question to the manager; pauses between sentences are shorter."""
OPEN_END_EXTRA_S = 1.5
"""More silence allowed where the words stop in mid-sentence."""
LONG_PAUSE_S = 0.7
"""A speaker who has continued after a pause of this length in this turn gets half of the longest
pause more, at most MOST_FOR_PAUSES_S."""
MOST_FOR_PAUSES_S = 1.0


class SpeechDetector(Protocol):
    """Voice activity, block by block."""

    def accept(self, block: Samples) -> float:
        """Probability (0..1) that the next BLOCK_SAMPLES hold voice."""
        ...

    def reset(self) -> None:
        """Forget the sound so far."""
        ...


class TurnState(enum.Enum):
    WAITING = "waiting"
    SPEAKING = "speaking"
    ENDED = "ended"


@dataclass(frozen=True)
class Patience:
    """Seconds of silence that end a turn, and that are allowed before the first word."""

    in_pitch_s: float = 2.5
    before_speech_s: float = 8.0
    answers_questions: bool = True
    """Whether somebody answers a question at once; a voicemail does not."""

    def after_s(self, ending: Ending, longest_pause_s: float = 0.0) -> float:
        """The silence that ends a turn whose words end like this, after a longest pause of this
        length."""
        if ending is Ending.QUESTION and self.answers_questions:
            return min(self.in_pitch_s, AFTER_QUESTION_S)
        extra_s = OPEN_END_EXTRA_S if ending is Ending.OPEN else 0.0
        if longest_pause_s >= LONG_PAUSE_S:
            extra_s = max(extra_s, min(longest_pause_s / 2, MOST_FOR_PAUSES_S))
        return self.in_pitch_s + extra_s


class VoiceOnset:
    """Detects when somebody starts to speak. A click or cough is shorter."""

    def __init__(self, needed: int = START_BLOCKS, within: int | None = None) -> None:
        """`needed`: the number of voiced blocks that are speech, if so many are among the newest
        `within`; None: with a few others among them."""
        self._needed = needed
        self._within = needed + _GAP_BLOCKS if within is None else within
        self._recent: list[bool] = []

    def accept(self, probability: float) -> bool:
        """Take the probability of voice in the next block; True while it is speech."""
        self._recent = [*self._recent[1 - self._within :], probability >= VOICED]
        return sum(self._recent) >= self._needed


class TurnTaker:
    """Follows one of the candidate's turns. All times are call time, counted in blocks."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._onset = VoiceOnset()
        self._blocks = 0
        self._silent_blocks = 0
        self._ending: Ending | None = None
        self._longest_pause_s = 0.0
        self.spoke = False

    def words_end(self, ending: Ending) -> None:
        """Sets how the words before the present silence end."""
        self._ending = ending

    @property
    def awaits_words(self) -> bool:
        """Whether `words_end` was not called yet for the present silence."""
        return self.spoke and self._ending is None and self._silent_blocks > 0

    def accept(self, probability: float) -> TurnState:
        """Take the probability of voice in the next block; return the state of the turn."""
        voiced = probability >= VOICED
        self._blocks += 1
        if self._onset.accept(probability):
            self.spoke = True
        if voiced and self.spoke:
            self._longest_pause_s = max(self._longest_pause_s, self.silent_s)
        self._silent_blocks = 0 if voiced else self._silent_blocks + 1
        if voiced:
            self._ending = None
        if self.spoke:
            over = self.silent_s >= self._patience.after_s(
                self._ending or Ending.OTHER, self._longest_pause_s
            )
        else:
            over = seconds(self._blocks * BLOCK_SAMPLES) >= self._patience.before_speech_s
        if over:
            return TurnState.ENDED
        return TurnState.SPEAKING if self.spoke else TurnState.WAITING

    @property
    def silent_s(self) -> float:
        """Seconds since the last voiced block."""
        return seconds(self._silent_blocks * BLOCK_SAMPLES)
