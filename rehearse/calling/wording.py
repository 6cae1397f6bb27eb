"""Wording: exact rules on the bare words of a turn.

They check the acts that have words of their own, and find what kind of answer a question wants.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from importlib import resources

from rehearse.calling.acts import Act
from rehearse.calling.forms import Form

_BEGINNINGS = (
    (Form.WHY, r"why|how come|what for|what made|what('s| is| was) the reason"),
    (
        Form.WHEN,
        r"when (?=(do|does|did|is|are|will|would|can|could|should|am|was|might)\b)|when(?='?[sd]\b)"
        r"|how soon|what time|by when|from when|(by |on )?(what|which) day",
    ),
    (Form.HOW_LONG, r"how long|since when"),
    (Form.HOW_MANY, r"how (many|much|big|often|large|far|old)"),
    (
        Form.HOW_IS,
        r"how(?='?s\b)|how (is|was|are|were|has|have|did .*\bgo)|how \w+ (does|do|did|is|are|was) ",
    ),
    (Form.HOW, r"how"),
    (Form.WHERE, r"where"),
    (Form.WHO, r"whose|whom|who|which of (you|your people)"),
    (Form.WHAT, r"what(cha|cher)?|which"),
    (
        Form.MAY,
        r"(can|could|may|might) (i|we)|(is|would) (it|that)( be)? (ok|okay|all right|alright|fine"
        r"|allowed|possible|a problem|too much)"
        r"|(is|would|could) [\w' ]+ be (possible|allowed|okay|arranged)"
        r"|would (you|anybody|anyone) mind|do you mind"
        r"|(would|could|can|will) you (please |just )?(jot|note|write|pass|put|take|keep|pop)",
    ),
    (
        Form.WHETHER,
        r"do|does|did|don't|doesn't|didn't|are|aren't|is|isn't|am|was|wasn't|were|weren't|can|can't"
        r"|could(?! be\b)|couldn't|would|wouldn't|will|won't|have(?! an?\b| fun| to\b)|haven't"
        r"|has|hasn't|had|should|shouldn't|must|may",
    ),
)
_FORMS = tuple(
    (form, re.compile(rf"^({words})(?:'?(?:s|d|re|ll|ve))?\b", re.IGNORECASE))
    for form, words in _BEGINNINGS
)
_LEAD = re.compile(
    r"^\W*((and|so|but|ok|okay|well|um+|uh+|er+|erm|oh|ah|ha(ha)*|really|right|sorry|also|then|now"
    r"|please|cool|great|nice|sweet|lovely|perfect|alright|all right|i see(?=\W*[.,!?])|good"
    r"|listen|look|yes|yeah|no|like(?= (do|does|is|are|what|how|if|can|would)\b)"
    r"|tell me(?= (is|are|do|does|did|have|has|can|will)\b)"
    r"|actually|anyway|just|quick (one|question)|one more thing|by the way|hi|hello|hey|thanks|mm+"
    r"|hm+|huh|wow|fair enough|makes sense|in your (view|opinion|eyes)|if i may ask|i mean"
    r"|(may|can|could) i (at least |just |quickly )?ask( you)?|do you mind me asking)\b\W*)+",
    re.IGNORECASE,
)
_ASKED_ABOUT = re.compile(
    r"\b(?:tell me|remind me|explain|wonder(?:ed|ing)?|curious|find out|know|to ask(?: you)?"
    r"|(?:may|can|could) i ask|sure)\s+(?:about\s+)?"
    r"((?:if|whether|why|when|where|who|what|which|how)\b.*)"
    r"|\bto know,? ((?:is|are|do|does|did|will|would|can|has|have) .*)",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(r"\b(I|I'\w+|me|my|mine|we|we'\w+|our|he|she|they|it|it's|there's)\b", re.I)
_TELLS_OF_IT = re.compile(
    r"^\W*((and|so|but|oh|well)\W+)*(you|your \w+|that|those|the \w+) (\w+ed|said|told|have|has|had"
    r"|were|was|are|is|must|looks?|seems?|sounds?)\b",
    re.IGNORECASE,
)
"""A statement of something else: "you mentioned the queue at lunchtime"."""
_WISHES = re.compile(
    r"\b(I|we)('d| would)? (really |also |just )?(like|love|want|wanted|need|hope|hoped|prefer|wish"
    r"|meant to|was hoping|am hoping)\b|\blet me know\b|\bhoping\b|\bquestions?\b|\bask\b"
    r"|\babout (the|your)\b",
    re.IGNORECASE,
)
_STEPS = re.compile(
    r"\b(first|then|next|after|before|each|every|until|instead|once|twice|one|two|three|four|five|ten"
    r"|\d+|(mon|tues|wednes|thurs|fri|satur|sun)days?|mornings?|evenings?|nights?|noon|fortnight"
    r"|weeks?|months?|hours?|minutes|phone|ring|call|write|list|ask|sit|walk|print|text|email)\b",
    re.IGNORECASE,
)
_FEWEST_TOLD = 4
_JOINT = re.compile(r"(?<=[.?!;])\s+|,\s+|\s+(?=(?:and|so|but|because|while)\s)")
_PLAIN_ASK = re.compile(
    r"\b(wonder\w*|tell me|ask(ed|ing)? (you|about|what|when|where|how|if|whether)|curious"
    r"|((like|love|want|need|good) to know|hear|talk|speak|word|questions?|more|ask|sure) about"
    r"|(know|hear|see|sure) (what|when|where|how(?! to\b)|if|whether|who|which|why|more)|find out"
    r"|example|instance|explain|describe|remind me|walk me through)\b",
    re.IGNORECASE,
)
_UNTOLD = re.compile(
    r"\b(can't|cannot|couldn't|could not) (say|tell)( you)?( for sure| exactly)? "
    r"(what|when|where|how|if|whether|who|which|why)\b",
    re.IGNORECASE,
)
"""What somebody does not know of their own doing: "I can't say for sure how I'd ..."."""
_OR_ELSE = re.compile(
    r"or (?!(so|what|something|not|am|is|are|do|does|did|can|could|will|would|should|have|has)\b)"
    r"\w",
    re.IGNORECASE,
)
"""Begins the other of two that are asked for: "the town hall, or the depot"."""
_OPEN = frozenset({Form.WHAT, Form.WHO, Form.WHERE, Form.WHEN, Form.HOW})
_TWO = re.compile(
    r"^[\w' -]+ or (?!(?:so|what|something|not|anything|whatever)\b)[\w' -]+\W*$", re.IGNORECASE
)
"""What follows a question for one of two: "Who comes most, the mums or the office people?"."""
_NOT_TURNED = re.compile(
    r"^(why|how|when|where|what|who) (I|you|we|he|she|they|it)\b", re.IGNORECASE
)
"""Tells rather than asks: "why I left the last bank"."""
_PLAN = re.compile(
    r"^\W*((well|so|um+|uh+|okay|first|probably|maybe|then|honestly)\W+)*"
    r"(I'd|I would|we'd|we would|you'd|you would|I'll|by|just|only)\b(?! (like|love) to)",
    re.IGNORECASE,
)


def form_of(text: str) -> Form | None:
    """What kind of answer the last question in `text` wants, by the words that it begins with; None
    where no sentence begins so. For written questions: callers are understood by the model."""
    if known := re.search(r"\bdo you know (why|when|where|who|how)\b", text, re.IGNORECASE):
        return Form(known[1].lower())
    after, of_two = "", False
    for piece in reversed(_JOINT.split(text)):
        core = _LEAD.sub("", piece, count=1)
        core, after = (f"{core} {after}" if _OR_ELSE.match(after) else core), piece
        if _NOT_TURNED.match(core) and not core.endswith("?"):
            continue
        for form, pattern in _FORMS:
            if pattern.match(core):
                return Form.EITHER if of_two and form in _OPEN else _either(form, core)
        of_two = of_two or bool(_TWO.match(core))
    if embedded := _ASKED_ABOUT.search(text):
        core = embedded[1] or embedded[2]
        return next((form for form, pattern in _FORMS if pattern.match(core)), Form.WHETHER)
    if re.search(r"\w+ \w+ \w+\?|\?\W*$", text):
        return Form.EITHER if re.search(r"\bor \w+ \w", text) else Form.WHETHER
    return None


def without_lead(sentence: str) -> str:
    """A sentence without what only leads up to it: "and", "well", "may I ask"."""
    return _LEAD.sub("", sentence, count=1) or sentence


def tells_plan(text: str) -> bool:
    """Whether it says what the caller would do or need: "I'd need to know who decides"."""
    sentences = re.split(r"(?<=[.!;])\s+", text)
    return not text.rstrip().endswith("?") and any(_PLAN.match(part) for part in sentences)


def _either(form: Form, core: str) -> Form:
    return Form.EITHER if form is Form.WHETHER and re.search(r"\w or \w", core) else form


def tells_steps(text: str) -> bool:
    """Whether it says what the caller would do in more than general words: when, to whom, what
    first."""
    return tells_plan(text) and bool(_STEPS.search(text))


def tells(text: str, form: Form | None) -> bool:
    """Whether it is a plain statement: it asks for nothing, not even by a wish. `form`: what kind
    of answer it wants."""
    return (
        len(text.split()) >= _FEWEST_TOLD
        and bool(_SOMEBODY.search(text) or _TELLS_OF_IT.match(text))
        and form is None
        and not asks_plainly(text)
        and not _WISHES.search(text)
    )


def asks_plainly(text: str) -> bool:
    """Whether a statement asks: "I wanted to know when ..."."""
    return bool(_PLAIN_ASK.search(_UNTOLD.sub("", text)))


@functools.cache
def _own_words() -> Mapping[str, re.Pattern[str]]:
    file = resources.files("rehearse.calling").joinpath("lines", "acts.toml")
    lists = tomllib.loads(file.read_text(encoding="utf-8"))
    return {act: re.compile(rf"\b({'|'.join(x)})\b", re.IGNORECASE) for act, x in lists.items()}


def fits(act: Act, text: str) -> bool:
    """Whether `text` has words with which people do this, where an act has such words."""
    pattern = _own_words().get(act)
    return pattern is None or bool(pattern.search(text))
