"""Ad heading: company, job and contact named in an ad.

Everything is a quote, offered for the person to confirm; what is not plain is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

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
    re.compile(rf"(?:^|[,;|·•] *| [-–—] )({_NAME},? {_LEGAL_FORM}\.?)"),
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
_LABELLED_JOB_ENDS = re.compile(r"\s*(?:\(|\||·| – | - | — | at (?=[A-Z])|$)")
"""After "Position:" a comma belongs to the job."""
_TIME = r"(?:full|part)[-‐ ]?time"
_TIMES = rf"{_TIME}(?:(?: ?/ ?|, | or | and ){_TIME})*"
_WORKING_TIME = re.compile(
    rf"^{_TIMES}(?: (?:position|role|job))?(?:[\s:,–—-]+|$)|(?:^|[\s,–—-]+){_TIMES}$", re.I
)
_GENDERS = re.compile(r"\s*\((?:all genders|[mfwdxi](?:[/|, ]+[mfwdxi]){1,3})\)", re.I)
_WANTED = re.compile(r" (?:wanted|needed|required)$", re.I)
_SEEKS = re.compile(
    r"^(.{2,60}?) (?:seeks?|(?:is|are) (?:seeking|hiring|recruiting|(?:looking|searching) for)) "
    r"an? (.+?)[.!]*$"
)
_SOUGHT_ENDS = re.compile(r"\s*(?: (?:in|at|for|to|who|with|from)\b| \(|,| [–—-] |[.!]|$)")
_ADJECTIVES = re.compile(r"^(?:[a-z][\w-]*,? )+(?=[A-Z])")
_ANYBODY = re.compile(
    r"\b(?:person|people|someone|somebody|player|member|colleague|candidate|individual|partner)\b",
    re.I,
)
_PLACE = re.compile(rf", (?!{_LEGAL_FORM})[A-Z][\w.-]+(?: [A-Z][\w.-]+)?$")
_MARKS = r"\s*(?:\s[-–—]\s|[|·•:,])\s*"
_HEADING_PARTS = re.compile(r"\s+[-–—|·•]\s+|:\s+")
_DOMAIN = re.compile(r"(?:@|://|\bwww\.)(?:www\.)?([\w-]+)\.")
_ITSELF = (
    r"(?:\b[Jj]oin {name}\b|\b[Aa]t {name},? (?:we|you|our)\b|^About {name}\b|\b{name}['’]s? |"
    r"(?:^|[.!?] ){name} (?:is|are|has|[a-z]{{3,}}s) )"
)
"""How an ad speaks of the company by its name, but of no job."""
_LETTER_SPACED = re.compile(r"(?:\b\w ){4}")


def ad_heading(ad: str) -> Mapping[str, str]:
    """What the tidied text of an ad says plainly, by field of the call sheet: company, job,
    manager, phone. Fields that it does not name are missing."""
    lines = [line.strip() for line in ad.splitlines() if line.strip()]
    found = {}
    for field, pattern in _LABELLED.items():
        if match := next(filter(None, map(pattern.search, lines)), None):
            found[field] = match[1].strip(" .;,–—-")
    if "job" in found:
        found["job"] = _without_hours(_first_part(found["job"], _LABELLED_JOB_ENDS))
    if "company" in found:
        found["company"] = _PLACE.sub("", found["company"])
    if "company" not in found and (company := _company(lines)):
        found["company"] = company
    if "job" not in found:
        headings = (
            _without_name(line, found.get("company", ""))
            for line in lines[:HEADING_LINES]
            if not _LABELLED["company"].search(line)
        )
        if job := next(filter(None, map(_job, headings)), ""):
            found["job"] = job
    return found


def _company(lines: Sequence[str]) -> str:
    """The name with a legal form; the part of a heading by which the ad calls itself; or who does
    what in a sentence of the ad."""
    legal, *others = _COMPANY
    if match := next(filter(None, map(legal.search, lines)), None):
        return match[1].strip(" .,")
    if name := _heading_name(lines) or _seeking_name(lines):
        return name
    for pattern in others:
        if match := next(filter(None, map(pattern.search, lines)), None):
            return match[1].strip(" .,")
    return ""


def _heading_name(lines: Sequence[str]) -> str:
    """The part of a heading ("Acme Tools - Warehouse Coordinator") that the rest of the ad uses as
    the name of a company, or that is in its address. "" if none is, or more than one."""
    found: dict[str, None] = {}
    for place, line in enumerate(lines[:HEADING_LINES]):
        rest = "\n".join([*lines[:place], *lines[place + 1 :]])
        domains = {re.sub(r"\W|_", "", domain).lower() for domain in _DOMAIN.findall(rest)}
        parts = _HEADING_PARTS.split(line)
        for part in (_PLACE.sub("", part) for part in parts) if len(parts) > 1 else ():
            if not re.fullmatch(_NAME, part):
                continue
            itself = re.compile(_ITSELF.format(name=re.escape(part)), re.M)
            if itself.search(rest) or re.sub(r"\W|_", "", part).lower() in domains:
                found[part] = None
    return next(iter(found)) if len(found) == 1 else ""


def _seeking_name(lines: Sequence[str]) -> str:
    """Who seeks somebody in a heading ("Acme Tools seeks a Warehouse Coordinator")."""
    for line in lines[:HEADING_LINES]:
        if (seeks := _SEEKS.match(line)) and _sought(seeks[2]):
            who = re.fullmatch(rf"(?!(?:We|Our|The|I)\b)({_NAME})|(The {_NAME})", seeks[1])
            if who:
                return str(who[0])
    return ""


def _without_name(line: str, company: str) -> str:
    """A heading without the company's name in front of it."""
    return (
        re.sub(rf"^(?:[Jj]oin )?{re.escape(company)}\.?(?:{_MARKS}|$)", "", line)
        if company
        else line
    )


def _job(line: str) -> str:
    line = _URGENT.sub("", _HIRING.sub("", line))
    if seeks := _SEEKS.match(line):
        return _sought(seeks[2])
    line = _WANTED.sub("", _without_hours(re.sub("^[Aa]n? ", "", line)))
    if (
        _NOT_A_JOB.search(_first_part(line, _GENDERS))
        or _LETTER_SPACED.search(line)
        or not line[:1].isupper()
    ):
        return ""
    job = _without_hours(_first_part(line, _JOB_ENDS))
    return job if 1 <= len(job.split()) <= _LONGEST_JOB_WORDS else ""


def _sought(words: str) -> str:
    """The job in what a heading seeks: "an experienced Baker in Leeds". "" if it names none."""
    named = _first_part(words, _SOUGHT_ENDS)
    job = _ADJECTIVES.sub("", _without_hours(named))
    is_sentence = words.removeprefix(named).strip(" .!") and not _GENDERS.search(words)
    if _ANYBODY.search(job) or (job[:1].islower() and is_sentence):
        return ""
    return job if 1 <= len(job.split()) <= _LONGEST_JOB_WORDS else ""


def _first_part(line: str, ends: re.Pattern[str]) -> str:
    return ends.split(line, maxsplit=1)[0]


def _without_hours(job: str) -> str:
    """A job without "full-time" beside it."""
    return _WORKING_TIME.sub("", job).strip()
