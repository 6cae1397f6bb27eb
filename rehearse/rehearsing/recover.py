"""Recover: a broken-off call, from its events and sound."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import numpy as np

from rehearse.calling.events import CandidateSaid, SoundProcessed
from rehearse.keeping.corrections import with_turns
from rehearse.keeping.rehearsal import Rehearsal
from rehearse.rehearsing.sound_tools import SoundTools
from rehearse.scoring.unclear import unclear_passages
from rehearse.sound import Samples, sample_count, seconds
from rehearse.transcript import (
    Speaker,
    Transcriber,
    Transcript,
    Utterance,
    Word,
    broken_off,
    words_of_text,
)


def pieced_together(
    events: list[dict[str, Any]], samples: Samples, transcriber: Transcriber, tools: SoundTools
) -> Transcript:
    """The turns in the events; if the last one has no end, it ends with the recording."""
    utterances = []
    typed = typed_turns(events)
    begun_s: float | None = None
    for event in [*events, {"event": "TurnEnded", "at_s": seconds(len(samples))}]:
        if event["event"] == "ManagerSaid":
            words = words_of_text(event["text"])
            who, scripted = event.get("who", "manager"), tuple(event.get("scripted", ()))
            times = event["at_s"], event["end_s"]
            utterances.append(Utterance(Speaker.MANAGER, words, *times, who, scripted))
        elif event["event"] == "ManagerStopped":
            # A damaged log may lack the line that was stopped.
            if utterances and utterances[-1].speaker is Speaker.MANAGER:
                utterances[-1] = broken_off(utterances[-1], event["at_s"])
        elif event["event"] == "TurnBegan":
            begun_s = event["at_s"]
        elif event["event"] == "TurnEnded" and begun_s is not None:
            end_s = event["at_s"]
            turn = samples[sample_count(begun_s) : sample_count(end_s)]
            words = typed.get(begun_s) or transcriber.transcribe(turn, offset_s=begun_s)
            if words:
                utterances.append(Utterance(Speaker.CANDIDATE, words, begun_s, end_s))
            begun_s = None
    return with_unclear(
        Transcript(tuple(utterances)), samples, turns_s(events, seconds(len(samples))), tools
    )


def typed_turns(events: list[dict[str, Any]]) -> dict[float, tuple[Word, ...]]:
    """The words of typed turns, by start_s; these turns have no sound."""
    said = [event for event in events if event["event"] == CandidateSaid.__name__]
    return {
        event["start_s"]: tuple(Word(word["text"]) for word in event["words"])
        for event in said
        if all(word["start_s"] is None for word in event["words"])
    }


def processing_of(events: list[dict[str, Any]]) -> tuple[str, ...]:
    """What the browser did to the microphone's sound."""
    return next((e["processing"] for e in events if e["event"] == SoundProcessed.__name__), ())


def turns_s(events: list[dict[str, Any]], length_s: float) -> list[tuple[float, float]]:
    """(start_s, end_s) of the candidate's turns, including those without a recognised word.

    A broken-off turn ends with the recording, after `length_s`.
    """
    turns = []
    begun_s: float | None = None
    for event in [*events, {"event": "TurnEnded", "at_s": length_s}]:
        if event["event"] == "TurnBegan":
            begun_s = event["at_s"]
        elif event["event"] == "TurnEnded" and begun_s is not None:
            turns.append((begun_s, event["at_s"]))
            begun_s = None
    return turns


def with_wordless_turns(rehearsal: Rehearsal, events: list[dict[str, Any]]) -> Rehearsal:
    """`rehearsal` with turns in which no word was recognised added as empty turns."""
    if rehearsal.transcript is None:
        return rehearsal
    turns = turns_s(events, rehearsal.duration_s or 0.0)
    recognised = rehearsal.recognised
    return dataclasses.replace(
        rehearsal,
        transcript=with_turns(rehearsal.transcript, turns),
        recognised=None if recognised is None else with_turns(recognised, turns),
    )


def with_unclear(
    transcript: Transcript,
    samples: Samples,
    turns_s: Sequence[tuple[float, float]],
    tools: SoundTools,
) -> Transcript:
    """Look for unclear speech in the turns only: elsewhere the voice may be the manager's."""
    words = transcript.candidate_words
    if words and all(word.start_s is None for word in words):
        return transcript  # Typed: there is no sound in which words could be lost.
    turns = [
        (start_s, samples[sample_count(start_s) : sample_count(end_s)], end_s)
        for start_s, end_s in turns_s
    ]
    talk = np.concatenate([sound for _, sound, _ in turns]) if turns else samples[:0]
    return transcript.with_unclear(
        passage
        for start_s, sound, end_s in turns
        for passage in unclear_passages(
            [word for word in words if word.start_s is None or start_s <= word.start_s < end_s],
            tools.voice_probabilities(sound),
            sound,
            talk,
            offset_s=start_s,
        )
    )
