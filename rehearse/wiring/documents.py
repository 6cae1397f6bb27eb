"""Documents: job ads as text."""

from __future__ import annotations

from pathlib import Path


def read_job_ad(path: Path) -> str:
    """The text of a job ad: a text, HTML or PDF file. Raises RehearseError."""
    from rehearse.engines.documents import job_ad_file

    return job_ad_file.read_job_ad(path)


def job_ad_text(data: bytes, name: str) -> str:
    """The same of a file's bytes; `name` is for errors. Raises RehearseError."""
    from rehearse.engines.documents import job_ad_file

    return job_ad_file.job_ad_text(data, name)


def pasted_job_ad(text: str) -> str:
    """The text of a job ad that was pasted, which may be HTML."""
    from rehearse.engines.documents import job_ad_file

    return job_ad_file.pasted_text(text)
