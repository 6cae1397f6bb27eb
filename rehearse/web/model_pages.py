"""Model pages: what a download is, the question, its progress."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from rehearse import wiring
from rehearse.errors import RehearseError
from rehearse.rehearsing.speech_models import SpeechModel
from rehearse.report.speech_models_view import model_view, size
from rehearse.web.model_download import ModelDownload
from rehearse.web.site import NotFound, Site, site_of


def show(request: Request) -> Response:
    """What would be downloaded, and the question; then the progress. Uses no network."""
    site, model = site_of(request), _model_of(request)
    return site.page(
        "model.html",
        model=model_view(model),
        download=_download_of(site, model),
        other=_other_download(site, model),
        progress=_progress(site, model),
        has_reading=site.reading is not None,
    )


def state(request: Request) -> Response:
    """For polling: the stage, and how much has arrived."""
    site, model = site_of(request), _model_of(request)
    return JSONResponse(_progress(site, model))


def start(request: Request, form: FormData) -> Response:
    """Download the model: the user has agreed."""
    site, model = site_of(request), _model_of(request)
    with site.download_lock:
        if _other_download(site, model):
            raise RehearseError(
                "Another speech model is being downloaded.", "Wait until it is here, or stop it."
            )
        on = _download_of(site, model)
        if not model.here and (on is None or not on.is_on):
            site.download = ModelDownload(site.store.home, model.name, model.size_bytes or 0)
    return RedirectResponse(_address(model), 303)


def stop(request: Request, form: FormData) -> Response:
    """Stop the download; what has arrived is kept."""
    site, model = site_of(request), _model_of(request)
    on = _download_of(site, model)
    if on is not None:
        on.stop()
    return RedirectResponse(_address(model), 303)


def _model_of(request: Request) -> SpeechModel:
    name = request.path_params["name"]
    for model in wiring.speech_models(site_of(request).store.home):
        if model.name == name:
            return model
    raise NotFound("There is no such speech model.", "Go back to the voice check.")


def _address(model: SpeechModel) -> str:
    return f"/voice-check/models/{model.name}"


def _download_of(site: Site, model: SpeechModel) -> ModelDownload | None:
    return site.download if site.download and site.download.name == model.name else None


def _other_download(site: Site, model: SpeechModel) -> str:
    """The name of another model that is arriving, "" for none."""
    on = site.download
    return on.name if on is not None and on.is_on and on.name != model.name else ""


def _progress(site: Site, model: SpeechModel) -> dict[str, str | int]:
    download = _download_of(site, model)
    done_bytes = download.done_bytes if download else model.begun_bytes
    of_bytes = model.size_bytes or 0
    checking = download is not None and download.is_on and done_bytes >= of_bytes
    said = "It is all here; the checksum is being compared ..." if checking else (
        f"{size(done_bytes)} of {size(of_bytes)}"
    )  # fmt: skip
    return {
        "stage": str(download.stage) if download else "",
        "done": done_bytes,
        "of": of_bytes,
        "said": said,
    }
