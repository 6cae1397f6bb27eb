"""A job ad out of a file: text, HTML, PDF; what cannot be read says what to do."""

from pathlib import Path

import pytest

from rehearse.engines.documents.job_ad_file import job_ad_text, pasted_text, read_job_ad
from rehearse.errors import RehearseError

HTML = """<!doctype html><html><head><title>x</title><style>p { color: red }</style></head>
<body><nav><a href="/">Home</a></nav><h1>Night   porter</h1>
<ul><li>You look after
our <b>guests</b></li><li>Handling complaints</li></ul><script>alert(1)</script></body></html>"""


def test_html_becomes_its_text_without_menus_and_scripts() -> None:
    assert pasted_text(HTML).split("\n") == [
        "Night porter", "", "You look after our guests", "", "Handling complaints",
    ]  # fmt: skip


def test_old_encodings_are_read(tmp_path: Path) -> None:
    for encoding in ("utf-8", "utf-16", "cp1252"):
        path = tmp_path / f"{encoding}.txt"
        path.write_bytes("Café, 30 covers".encode(encoding))
        assert read_job_ad(path) == "Café, 30 covers"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"%PDF-1.7\ngarbage", "damaged"),
        (b"PK\x03\x04\0\0word/document.xml", "neither text nor HTML nor PDF"),
        (b"  \n", "no text"),
        (b"x" * 10_000_001, "larger than"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(data: bytes, problem: str) -> None:
    with pytest.raises(RehearseError, match=problem) as caught:
        job_ad_text(data, "ad.pdf")
    assert "paste" in caught.value.remedy


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(RehearseError, match="cannot be read"):
        read_job_ad(tmp_path / "none.pdf")
    with pytest.raises(RehearseError, match="is a folder"):
        read_job_ad(tmp_path)
