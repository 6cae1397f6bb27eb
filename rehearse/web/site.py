"""Site: what all pages share."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from rehearse import __version__, wiring
from rehearse.calling.acts import ActClassifier
from rehearse.calling.matters import MatterFinder
from rehearse.delivery.turn_sound import SoundMeasurer
from rehearse.errors import RehearseError
from rehearse.keeping.rehearsal_folder import RehearsalFolder
from rehearse.keeping.store import Store
from rehearse.preparing.worked_examples import WorkedExample, nearest
from rehearse.rehearsing.rescore import Rescorer
from rehearse.rehearsing.sample_call import SampleHeard
from rehearse.rehearsing.voice_check import Reading
from rehearse.report.wording import clock
from rehearse.scoring.clauses import ClauseTagger
from rehearse.scoring.sheet_match import Embedder
from rehearse.transcript import Transcriber
from rehearse.web.call_session import CallSession
from rehearse.web.drill_session import DrillSession
from rehearse.web.model_download import ModelDownload
from rehearse.web.second_listen import SecondListen
from rehearse.web.security import Keys
from rehearse.web.start_form import DeviceMenu, StartChoices, Through, device_menu
from rehearse.web.telephone import Switchboard

HERE = Path(__file__).parent
STATIC = HERE / "static"
STYLES = ("design.css", "talk.css", "phone.css", "home.css", "print.css")
RESULT_STYLES = tuple(name for name in STYLES if name != "phone.css")
"""A result has no phone; its page is the longest, and must stay light."""


@dataclass(frozen=True)
class Choices:
    """The options of the server at start, for calls held from its pages."""

    model: str | None = None
    microphone: str | None = None
    loudspeaker: str | None = None
    voice: str | None = None
    sound_card: bool = False
    """Whether calls use this computer's sound card unless the page says otherwise."""

    handset: bool = False
    """Whether the person's own phone is the telephone from the start."""

    command: str = "rehearse review"
    """What to type in any terminal to open the pages again."""

    @property
    def through(self) -> Through:
        """Whose devices a call uses: a named device is always this computer's."""
        named = self.microphone or self.loudspeaker
        return Through.COMPUTER if self.sound_card or named else Through.PAGE


class Listening(Protocol):
    """The listener for the person's own phone."""

    @property
    def is_open(self) -> bool: ...

    def close(self) -> None: ...


class Site:
    """One running server."""

    def __init__(self, store: Store, keys: Keys, choices: Choices) -> None:
        self.store = store
        self.keys = keys
        self.choices = choices
        self.call: CallSession | None = None
        self.drill: DrillSession | None = None
        self.samples: dict[str, SampleHeard] = {}
        """The rendered sample calls, by name."""
        self.call_lock = threading.Lock()
        self.download: ModelDownload | None = None
        """The speech model that is arriving, or the last one that did."""
        self.download_lock = threading.Lock()
        self.reading: Reading | None = None
        """The last voice check, for models that are downloaded after it. Never on the disk."""
        """Held while sound devices are opened or scanned."""
        self.start = StartChoices(
            through=choices.through,
            microphone=choices.microphone or "",
            loudspeaker=choices.loudspeaker or "",
        )
        """The choices for the last call, offered again for the next."""
        self.switchboard = Switchboard()
        self._devices: DeviceMenu | None = None
        self.handset: Listening | None = None
        """The listener for the person's own phone, while it is open."""
        self.end: Callable[[], None] = lambda: None
        """Ends the program; set by the server."""
        self.checked = False
        """Whether the microphone has worked since the server started."""
        self._templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters["clock"] = clock
        self._templates.filters["seconds"] = _seconds
        self._templates.filters["lower_first"] = _lower_first

    @functools.cached_property
    def tagger(self) -> ClauseTagger:
        return wiring.load_tagger()

    @functools.cached_property
    def embedder(self) -> Embedder:
        return wiring.load_embedder()

    def nearest_examples(self, anchors: Sequence[str]) -> list[WorkedExample]:
        return nearest(anchors, self.embedder, wiring.load_example_vectors())

    @functools.cached_property
    def acts(self) -> ActClassifier:
        return wiring.load_act_classifier()

    @functools.cached_property
    def matters(self) -> MatterFinder:
        return wiring.load_matter_finder(self.embedder)

    @property
    def rescorer(self) -> Rescorer:
        return Rescorer(
            self.tagger, lambda: self.embedder, self.measurer, self.store, wiring.sound_tools()
        )

    @functools.cached_property
    def measurer(self) -> SoundMeasurer:
        return wiring.MeasurerWhenNeeded(self.store.home, self.choices.model)

    def transcriber(self) -> Transcriber:
        return wiring.load_transcriber(self.store.home, self.choices.model)

    def markup(self, template: str, values: Mapping[str, Any]) -> str:
        """The text of a page. Escapes everything that people said or typed."""
        usual = {"version": __version__, "standalone": False, "styles": STYLES, "here": ""}
        if not values.get("standalone"):
            usual["form_token"] = self.keys.form_token
        return self._templates.get_template(template).render({**usual, **values})

    def page(self, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """A page as a response."""
        return HTMLResponse(self.markup(template, values), status)

    def explained(self, error: RehearseError, status: int = 400) -> HTMLResponse:
        """The page that says what went wrong and what to do."""
        return self.page("error.html", status, problem=error.problem, remedy=error.remedy)

    def devices(self, *, rescan: bool = False) -> DeviceMenu:
        """The sound devices; `rescan`: scan again, unless a device is in use."""
        if rescan or self._devices is None:
            with self.call_lock:
                self._devices = device_menu(rescan=rescan and not self.call_is_on)
        return self._devices

    @functools.cached_property
    def second_listen(self) -> SecondListen:
        return SecondListen(self.store, lambda: self.rescorer, lambda: self.call_is_on)

    @property
    def can_speak(self) -> bool:
        """Whether there may be a microphone: a browser says so only when a page asks for one."""
        return self.start.through is Through.PAGE or bool(self.devices().microphones)

    @property
    def call_is_on(self) -> bool:
        return self.call is not None and not self.call.over

    @property
    def call_is_on_phone(self) -> bool:
        """Whether a call is on that the person holds on their own phone."""
        return self.call is not None and self.call.on_phone and not self.call.over

    @property
    def phone_is_open(self) -> bool:
        """Whether the person's own phone may be the telephone."""
        return self.handset is not None and self.handset.is_open

    def end_drill(self) -> None:
        """Release the microphone if a drill holds it."""
        if self.drill is not None:
            self.drill.stop()


class NotFound(RehearseError):
    """The address names something that does not exist."""


def site_of(request: Request) -> Site:
    site = request.app.state.site
    assert isinstance(site, Site)
    return site


def folder_of(request: Request) -> RehearsalFolder:
    """The rehearsal that the address names. Raises NotFound."""
    try:
        return site_of(request).store.folder(request.path_params["id"])
    except RehearseError as error:
        raise NotFound(error.problem, error.remedy) from error


def no_answer(status: int = 204) -> Response:
    return Response(status_code=status)


def _seconds(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _lower_first(text: str) -> str:
    """A title within a sentence: "A manager with one minute" becomes "a manager ..."."""
    return text[:1].lower() + text[1:]
