"""Ad heading: company, job and contact named in an ad.

Everything is a quote, offered for the person to confirm; what is not plain is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

HEADING_LINES = 4
"""The job stands in one of the first lines, if it stands alone at all."""
_LONGEST_JOB_WORDS = 8

_NAME = r"[A-Z][\w&'’.-]*(?: (?:&|and|of|for|[A-Z][\w&'’.-]*)){0,5}"
_LABELLED = {
    "job": re.compile(r"^(?:job title|position|role|vacancy|job|title)\s*[:–]\s*(.+)$", re.I),
    "company": re.compile(r"^(?:company|employer|organi[sz]ation)(?: name)?\s*[:–]\s*(.+)$", re.I),
    "manager": re.compile(
        r"(?:^|[,;|]\s)(?i:contact(?: person)?|hiring manager|your contact)\s*[:–]\s*"
        rf"((?:(?:Mr|Mrs|Ms|Dr)\.? )?{_NAME})"
    ),
    "phone": re.compile(
        r"(?:^|[,;|]\s)(?:contact|phone|tel|telephone|call)\b[^:]*:.*?(\+?\d[\d ()/-]{5,}\d)", re.I
    ),
}
_LEGAL_FORM = (
    r"(?:GmbH|AG|KG|SE|Ltd|Limited|PLC|plc|LLC|LLP|Inc|Corp|Corporation|S\.?A|B\.?V|Pty)\b"
)
_FOOTER = r"(?!.*\b(?:Imprint|Privacy|Terms|Cookies?|Legal|Login|Contact|Jobs)\b)"
"""The © of a job board stands beside its links."""
_COMPANY = (
    re.compile(rf"(?:^|[,;|·•] *)({_NAME},? {_LEGAL_FORM}\.?)"),
    re.compile(rf"©\s*{_FOOTER}(?:\d{{4}}\s*)?({_NAME})(?=[.,|]|$| \d)"),
    re.compile(
        rf"^(?!(?:The|This|Our|We|You|Your|It|In|At|As|If|All|Who|What|Every|Each)\b)({_NAME}) "
        r"(?:(?:is|are|has|runs|makes|offers|provides|sells|builds|serves) \w+|"
        r"[a-z]{3,}s (?:\d[\d,.]*|an?|the|our|\w+ing)) "
    ),
    re.compile(rf"^\S.{{2,60}}? at ((?:The )?{_NAME})$"),
    re.compile(rf"\b(?:[Jj]oin|work(?:ing)? (?:at|for)) ({_NAME})(?=[ ,.!])"),
)
_NOT_A_JOB = re.compile(
    r"\b(?:is|are|i|we|you|your|our|us|who|what|why|about|page|cookies?|jobs|careers|apply|contact|"
    r"welcome|home|menu)\b|[:.!?©@]",
    re.I,
)
_HIRING = re.compile(
    r"^(?:wanted|now hiring|we are hiring|we['’]re hiring|vacancy|job offer|job)\s*[:!–-]\s*", re.I
)
_URGENT = re.compile(
    r"\s*[–—,!-]*\s*\b(?:immediately|as soon as possible|asap|urgently|urgent|start(?:ing)? now)"
    r"\b[ !.]*$",
    re.I,
)
_JOB_ENDS = re.compile(r"\s*(?:\(|,|\||·| – | - | — | at (?=[A-Z])| for (?=[A-Z])|$)")
_LETTER_SPACED = re.compile(r"(?:\b\w ){4}")


def ad_heading(ad: str) -> Mapping[str, str]:
    """What the tidied text of an ad says plainly, by field of the call sheet: company, job,
    manager, phone. Fields that it does not name are missing."""
    lines = [line.strip() for line in ad.splitlines() if line.strip()]
    found = {}
    for field, pattern in _LABELLED.items():
        if match := next(filter(None, map(pattern.search, lines)), None):
            found[field] = match[1].strip(" .;,")
    if "job" not in found and (job := next(filter(None, map(_job, lines[:HEADING_LINES])), "")):
        found["job"] = job
    for pattern in _COMPANY:
        if "company" in found:
            break
        if match := next(filter(None, map(pattern.search, lines)), None):
            found["company"] = match[1].strip(" .,")
    return found


def _job(line: str) -> str:
    line = _URGENT.sub("", _HIRING.sub("", line))
    if _NOT_A_JOB.search(line) or _LETTER_SPACED.search(line) or not line[:1].isupper():
        return ""
    end = _JOB_ENDS.search(line)
    job = line[: end.start()] if end else line
    return job if 1 <= len(job.split()) <= _LONGEST_JOB_WORDS else ""
