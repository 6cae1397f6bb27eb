"""`rehearse voices`: the voices there are, and how they sound."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import click

from rehearse.cli.common import LOUDSPEAKER, Settings
from rehearse.cli.output import say

SAMPLE = "Hello. You are calling the hiring manager. What can I do for you?"


@click.command()
@click.argument("names", nargs=-1)
@click.option("--play", is_flag=True, help="Play a sentence in each voice named, or in all listed.")
@click.option("--all", "all_languages", is_flag=True, help="List other languages too.")
@click.option("--studio", is_flag=True, help="Play without the sound of a telephone.")
@LOUDSPEAKER
@click.pass_obj
def voices(
    settings: Settings,
    names: tuple[str, ...],
    play: bool,
    all_languages: bool,
    studio: bool,
    loudspeaker: str | None,
) -> None:
    """List the voices that 'rehearse call --voice NAME' takes, and the scenarios' own."""
    home = settings.store().home
    if not names:
        names = tuple(_listed(settings, all_languages))
    if not play:
        return
    from rehearse import wiring
    from rehearse.calling.scenario import find_scenario, packaged_names

    with contextlib.closing(wiring.speaker_line(loudspeaker)) as line:
        for name in names:
            style = find_scenario(name).voice if name in packaged_names() else None
            wanted = None if style else name
            voice = wiring.load_voice(home, wanted, style, studio=studio)
            say(f"{name}: {voice.name}")
            with contextlib.closing(voice):
                line.play_to_the_end(voice.speak(SAMPLE))


def _listed(settings: Settings, all_languages: bool) -> Iterator[str]:
    """Print every voice and return the names."""
    from rehearse import wiring
    from rehearse.calling.scenario import packaged_names, packaged_scenario

    home = settings.store().home
    installed = "" if wiring.piper_is_installed() else "  (pip install 'rehearse[voices]')"
    say(f"piper{installed}\n\nVoices of this computer's speech engine, through pyttsx3:")
    if not installed:
        yield "piper"
    for voice in wiring.engine_voices(home):
        if all_languages or voice.language.lower().startswith("en"):
            say(f"  {voice.language or '-':<12}  {voice.name}")
            yield voice.name
    say("\nCharacters, each in a voice of its own unless --voice names one:")
    for name in packaged_names():
        style = packaged_scenario(name).voice
        say(f"  {name:<12}  {style.rate_wpm} words per minute, pitch {style.pitch:g}")
        yield name
