"""DemoTalk: the recording that speaks in `rehearse demo`."""

from pathlib import Path

DEMO_TALK = Path(__file__).with_name("demo_talk.flac")
"""The same file as audio_fixtures/a_strong__piper-joe.flac; it travels with the program."""
