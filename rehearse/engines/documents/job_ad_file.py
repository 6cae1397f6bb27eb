"""Job ad file: text from plain text, HTML or PDF.

Nothing is loaded from anywhere else.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

from rehearse.errors import RehearseError
from rehearse.preparing.job_ad import tidy
from rehearse.preparing.plain_text import plain_text

MOST_BYTES = 10_000_000
MOST_PAGES = 30
_PASTE = "Open it, copy its text and paste that instead."
_HTML = re.compile(r"<\s*(?:!doctype html|html|head|body|div|p|ul|li|br|h[1-6]|table)\b", re.I)
_BLOCKS = (
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "fieldset",
    "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol",
    "p", "pre", "section", "table", "td", "th", "tr", "ul",
)  # fmt: skip
_NO_TEXT = ("script", "style", "noscript", "template", "svg", "nav", "form", "button", "select")


def read_job_ad(path: Path) -> str:
    """The text of the file at `path`. Raises RehearseError: unreadable, no text, a picture."""
    try:
        if path.is_dir():
            raise RehearseError(f"{path} is a folder, not a file.", "Name the file itself.")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise RehearseError(
            f"{path} cannot be read: {error.strerror}.", "Check the name and the folder."
        ) from error
    return job_ad_text(data, path.name)


def job_ad_text(data: bytes, name: str) -> str:
    """The text of the file `data`, called `name` in errors. Raises RehearseError."""
    if len(data) > MOST_BYTES:
        raise RehearseError(f"{name} is larger than {MOST_BYTES // 1_000_000} MB.", _PASTE)
    if data[:1024].lstrip().startswith(b"%PDF"):
        text = _pdf_text(data, name)
    elif b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise RehearseError(
            f"{name} is neither text nor HTML nor PDF.",
            "Save it as PDF or as text, or paste its text.",
        )
    else:
        text = pasted_text(plain_text(data).text)
    if not re.search(r"\w{2,}", text):
        raise RehearseError(f"There is no text in {name}.", _PASTE)
    return text


def pasted_text(text: str) -> str:
    """Pasted text, tidied. HTML becomes its text."""
    if _HTML.search(text[:20_000]):
        text = _html_text(text)
    return tidy(text)


def _html_text(markup: str) -> str:
    from bs4 import BeautifulSoup

    page = BeautifulSoup(markup, "html.parser")
    for element in page.find_all(_NO_TEXT):
        element.decompose()
    for text in page.find_all(string=True):
        text.replace_with(re.sub(r"\s+", " ", text))
    for element in page.find_all(_BLOCKS):
        element.insert_before("\n")
        element.append("\n")
    return (page.body or page).get_text()


def _pdf_text(data: bytes, name: str) -> str:
    import logging

    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise RehearseError(f"{name} is protected by a password.", _PASTE)
        pages = [page.extract_text() for page in reader.pages[:MOST_PAGES]]
    except RehearseError:
        raise
    except Exception as error:  # a damaged PDF raises nearly anything
        raise RehearseError(f"{name} is damaged, or not a PDF.", _PASTE) from error
    text = tidy("\n".join(pages))
    if not re.search(r"\w{2,}", text):
        raise RehearseError(f"{name} holds a picture of the text, not the text.", _PASTE)
    return text
