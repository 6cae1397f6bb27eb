"""StartChoices: the start form, remembered for the next call."""

from __future__ import annotations

import dataclasses
import enum
from dataclasses import dataclass

from starlette.datastructures import FormData

from rehearse import wiring
from rehearse.calling.scenario import DEFAULT_SCENARIO, RANDOM, packaged_names
from rehearse.calling.turn_taking import Patience
from rehearse.errors import RehearseError
from rehearse.preparing.saved_sheets import Sheets
from rehearse.rehearsing.call_setup import Speaking
from rehearse.rehearsing.own_scenarios import PREFIX
from rehearse.web.forms import text_field

LONGEST_NAME = 300
PATIENCE = {
    1.5: "short: 1.5 seconds",
    Patience.in_pitch_s: "usual: 2.5 seconds",
    4.0: "long: 4 seconds",
    6.0: "very long: 6 seconds",
}
"""Seconds of silence that end a turn, and what the page calls them."""
FROM_BEFORE = RehearseError("The form is from an older visit.", "Load the first page again.")


class Through(enum.StrEnum):
    """Whose microphone and loudspeaker a call uses."""

    PAGE = "page"
    """Those of the browser."""
    COMPUTER = "computer"
    """Those of the computer that the program runs on, through PortAudio."""


@dataclass(frozen=True)
class StartChoices:
    """A device of "" is the computer's default; a sheet of "" is none, and of None not chosen."""

    sheet: str | None = None
    scenario: str = DEFAULT_SCENARIO
    speaking: Speaking = Speaking.VOICE
    through: Through = Through.PAGE
    microphone: str = ""
    loudspeaker: str = ""
    headphones: bool = False
    sound: bool = True
    captions: bool = True
    hints: bool = False
    card: bool = True
    """Whether the call sheet lies beside the phone."""
    patience_s: float = Patience.in_pitch_s
    """Silence that ends a turn, one of PATIENCE."""

    def sheet_offered(self, sheets: Sheets) -> str:
        """The sheet of the next call, "" for none: the chosen one if it is still there, else the
        default."""
        if self.sheet == "" or self.sheet in sheets.names():
            return self.sheet
        return sheets.default or ""

    @property
    def without_sound(self) -> StartChoices:
        """The same choices with captions, for a computer without a loudspeaker."""
        return dataclasses.replace(self, sound=False, captions=True)

    @property
    def any_rare(self) -> bool:
        """Whether a choice is set that the form keeps folded away."""
        usual = StartChoices(sheet=self.sheet, scenario=self.scenario, through=self.through)
        return self != usual


def read_choices(form: FormData) -> StartChoices:
    """The submitted form. Raises RehearseError for values that it does not offer."""
    scenario = known_scenario(text_field(form, "scenario", 60))
    speaking = known_speaking(text_field(form, "speaking", 20))
    sound = form.get("silent") != "1"
    return with_devices(
        StartChoices(
            sheet=text_field(form, "sheet", 60),
            scenario=scenario,
            speaking=speaking,
            headphones=form.get("headphones") == "1",
            sound=sound,
            # Without sound and without captions there would be nobody on the phone.
            captions=form.get("captions") == "1" or not sound,
            hints=form.get("hints") == "1",
            card=form.get("card") == "1",
            patience_s=_patience_s(form),
        ),
        form,
    )


def _patience_s(form: FormData) -> float:
    chosen = text_field(form, "patience", 10) or str(Patience.in_pitch_s)
    known = {str(seconds): seconds for seconds in PATIENCE}
    if chosen not in known:
        raise FROM_BEFORE
    return known[chosen]


def known_scenario(name: str) -> str:
    """`name` itself. Raises RehearseError for a character that the page does not offer.

    Whether there is a file of the person's own is looked up when the call begins.
    """
    if not name.startswith(PREFIX) and name not in (*packaged_names(), RANDOM):
        raise FROM_BEFORE
    return name


def known_speaking(name: str) -> Speaking:
    """The way of speaking. Raises RehearseError for one that the page does not offer."""
    if name not in tuple(Speaking):
        raise FROM_BEFORE
    return Speaking(name)


def as_before(choices: StartChoices, form: FormData) -> StartChoices:
    """The same choices with the sheet of `form`, and its character and way of speaking if given."""
    return dataclasses.replace(
        choices,
        sheet=text_field(form, "sheet", 60),
        scenario=known_scenario(text_field(form, "scenario", 60) or choices.scenario),
        speaking=known_speaking(text_field(form, "speaking", 20) or choices.speaking),
    )


def with_devices(choices: StartChoices, form: FormData) -> StartChoices:
    """The same choices with the microphone and the loudspeaker of `form`."""
    through = text_field(form, "through", 20)
    return dataclasses.replace(
        choices,
        through=Through.COMPUTER if through == Through.COMPUTER else Through.PAGE,
        microphone=text_field(form, "microphone", LONGEST_NAME),
        loudspeaker=text_field(form, "loudspeaker", LONGEST_NAME),
    )


@dataclass(frozen=True)
class DeviceMenu:
    """The microphones and loudspeakers on offer, each as (identifier, name)."""

    microphones: tuple[tuple[str, str], ...] = ()
    loudspeakers: tuple[tuple[str, str], ...] = ()
    problem: str = ""
    remedy: str = ""


def device_menu(*, rescan: bool) -> DeviceMenu:
    """The devices of this computer. `rescan`: scan for newly plugged ones, if no line is open."""
    try:
        found = wiring.microphones_and_loudspeakers(rescan=rescan)
    except RehearseError as error:
        return DeviceMenu(problem=error.problem, remedy=error.remedy)
    microphones, loudspeakers = (
        tuple((device.wanted, device.name) for device in devices) for devices in found
    )
    return DeviceMenu(microphones, loudspeakers)
