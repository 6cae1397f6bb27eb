"""Set phrases: wording that is no matter of likelihood."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rehearse.calling.acts import Act
from rehearse.calling.wording import form_of

_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+")
_NOT_YET = re.compile(
    r"^\W*((and|but|so|okay|oh)\W+)*(before|if|when|once"
    r"|(just )?(one|a) (small|quick|last|little|more)"
    r"|(can|could|should|shall|may|do|did|will|would) (I|you|we))\b",
    re.IGNORECASE,
)
"""Begins a sentence that speaks of a goodbye without saying it: "Before I let you go"."""
_BYE = re.compile(
    r"\b((good )?(good)?bye+|bye-bye|be seeing you|cheerio|take (care|it easy|'?er easy)"
    r"(?! of\b| that\b| to\b)"
    r"|(?<!to )(?<!I )(?<!people )see (you|ya)(?=\W*$|,| (then|soon|later|around|about|on|in|next"
    r"|again|there|tomorrow|\w+day)\b)|(talk|speak) (to you )?soon"
    r"|(?<!did you )(?<!do you )(?<!did ye )(?<!to )(?<!we )have (a |yourself a )?(very )?"
    r"(nice|good|great|lovely|grand|wonderful|pleasant)"
    r" ('un|one|day|evening|afternoon|weekend|night|week|morning|rest)"
    r"|enjoy (your|the rest of (your|the)) (day|evening|afternoon|weekend|night|lunch|week|tea)"
    r"|(?<![\w,] )that's (all|everything)( from me)?$"
    r"|that('s| was| is) all I (had|wanted|needed|have)"
    r"|let you (go|get (on|back|going)|crack on|carry on|be)\b(?! (of|with the|me)\b)"
    r"|leave (you (to it|be|in peace|alone)|it (there|at that))"
    r"|(won't|shan't|will not|not|don't want to) (keep|hold|bother|trouble|detain|disturb) you"
    r" (up )?(any (longer|more|further)|longer|anymore|further|more(?=\W*$))|out of your (hair|way)"
    r"|mind (yourself|how you go|yerself)(?! \w+ \w)|safe home|(?<!\w )go (well|safely)"
    r"|keep well|stay (safe|blessed)|away back to your|peace be with you"
    r"|(?<=\w )be safe( out there)?(?=\W*$|,)"
    r"|((won't|shan't|will not) keep you|preciate you)(?=\W*$|\.| (then|now|hwyl|bye)\b)"
    r"|(?<=\bthen )hwyl|hwyl (fawr|now)|back to your \w+ (then|now)"
    r"|(we'll|let's) chat(?=\W*$| (soon|then|again)\b)|s[ie]e? ?thee"
    r"|in a bit(?=\W*(yeah|then|mate|bro)?\W*$)"
    r"|ta-?ra|ta[- ]ta|toodle-?\w+|toodles|laters|catch (you|ya)(?=\W*$| (later|soon|around)\b)"
    r"|(till|until|'til) (then|next time|we meet)(?=\W*$)|hooroo|good luck with"
    r"|all the best(?=\W*$|[,;]| (to|with|for)\b)"
    r"|god (bless(?! (you|ye)\b[^.]* for\b)|give you|be with)"
    r"|((?<!\w )so long|ciao|adi(o|ó)s|hwyl)(?=\W*$|, ta)|ciao,? (ciao|thank\w*)|stay with god"
    r"|cheers (then|now|bye)"
    r"|(I'm|I'll be|I'd best be|I'd better be|best be|better be) off(?=\W*$|[,;]"
    r"| (now|then|home|again|to (bed|work|lunch))\b)"
    r"|(head|shoot|push|dash|nip|pop|get) off (now|then)|hang up now"
    r"|(?<!you )(gotta|got to|have to|need to|must|better|should|best) (go|run|dash|fly|shoot"
    r"|get going|be going|be off|head off|leave|ring off)"
    r"(?=\W*$|[,;]| (now|then|soon|sorry|thanks?|bye|they|my (bus|train|break|lunch|ride))\b)"
    r"|(?<!so )(?<!that's why )I (call|ring|phone|come) again(?=\W*$)"
    r"|I('ll| will)? wait to hear( from you)?(?=\W*$)"
    r"|look(ing)? forward to (hearing (from|back)|seeing you)"
    r"|(had|taken|taking) (enough|up) (of )?your time"
    r"|wish(ing)? you (well|luck|((a|all|the) )?(very |nice |good |lovely )*(best|day|one|week"
    r"|weekend|evening|afternoon|luck|time)))\b"
    r"|\b(ta|thanks|thank you|cheers|okay|ok|right|grand)( so| then| now)?\W+bye\b"
    r"|^\W*((right|well|okay|ok|anyway|so)\W+)*that's me\b(?! who| that| in| on)"
    r"|\b(thank\w*|cheers|ta)\b.*(?<!you )(?<!me )(?<!it )\blater\W*$"
    r"|be well(?=\W*$)|\bthank\w*\b.*\bgood (day|evening|afternoon|night|morning)( to you)?\W*$"
    r"|good day to you\W*$|good ?night(?=\W*$|,| (sir|madam|miss|and|then|now|to you)\b)"
    r"|\b(au revoir|auf wiederseh\w+|tsch(ü|ue?)s+(le)?|do widzenia|hasta (luego|pronto)"
    r"|arrivederci|namaste|khuda hafiz|ma'? ?salama|tchau|pa,? pa|la revedere|tot ziens|do videnia"
    r"|bonne (journ(é|e)e|soir(é|e)e)"
    r"|dovi(đ|d)enja|pf(i|ü|ue)at (di|eich|euch)|bis (denne|dann|bald))(?=\W*$|,| )",
    re.IGNORECASE,
)
"""Words that say goodbye whatever stands beside them."""
_OF_A_GOODBYE = re.compile(
    r"\b(said|says|saying|never say|waved?|waving|told|kissed)\b[^.?!]*\b(good)?bye\b"
    r"|\b(good)?bye to\b|\bbye,? (I|he|she|they|we) (said|says|thought)\b",
    re.IGNORECASE,
)
"""Tells of a goodbye: "you can say goodbye to late deliveries"."""
_KIN = (
    r"(uncle|auntie?|nana?|gran\w*|mum|mam|mom|mother|father|dad|da|brother|sister|wife|husband"
    r"|partner|son|daughter|kid|cousin|neighbour|neighbor|mate|friend|grandson|granddaughter)"
)
_CUSTOMERS = (
    r"(people|customers?|members?|patients?|clients?|guests?|folks?|parents|owners|visitors|callers"
    r"|passengers|punters|donors|volunteers|families|shoppers|regulars|most of them)"
)


@dataclass(frozen=True)
class SetPhrase:
    """Where `words` stand, the caller does `act`, and none of `instead_of`."""

    words: re.Pattern[str]
    act: Act
    instead_of: frozenset[Act] = frozenset()


def _phrase(words: str, act: Act, *instead_of: Act) -> SetPhrase:
    return SetPhrase(re.compile(words, re.IGNORECASE), act, frozenset(instead_of))


_PHRASES = (
    _phrase(
        r"\bhow (I|it|the interview|our talk) (did|went)\b"
        r"|\bwhere (I|things|we) stand\b|any news\b"
        r"|\b(know|heard|decided) (already|yet)|\balready (know|decided|picked|chosen)\b"
        r"|\bwhen (might|will|would|could|can|do|may|shall|should) (I|we) (\w+ ){0,2}hear\b"
        r"|\bwhen (I|we) (might|will|would|could|can|may|shall|should)( \w+){0,2} hear\b"
        r"|\b(let|letting) me know (soon|today|tomorrow|this week|by \w+|when you)\b",
        Act.STATUS,
        *(Act.START_DATE, Act.REASON),
    ),
    _phrase(
        r"\b(?<!no )(?<!say )(?<!to )(?<!a )(thank you|thanks)\b(?! to\b)",
        Act.THANKS,
    ),
    _phrase(
        r"\bwho (has the (last|final) (word|say)|decides|makes the (decision|call|choice)"
        r"|is (deciding|choosing))\b",
        Act.NEXT_STEP,
        *(Act.WHO, Act.STATUS, Act.ABOUT_BUSINESS, Act.ABOUT_JOB),
    ),
    _phrase(r"\bcome again\b(?= *\?|\W*$| I\b)", Act.REPEAT, Act.NOTHING, Act.MISHAP),
    _phrase(  # wants to hear that they were understood
        r"\b(does|did|do|is) (that|this|it|what I \w+|any of (that|this)|I) (\w+ )?(make|making)"
        r" (any )?sense\b|\bam I (rambling|babbling|talking too \w+|making (any )?sense"
        r"|going on too \w+|speaking too \w+)\b"
        r"|\b(did|do|can|could) (you|ye) (\w+ )?(understand|follow)"
        r" (me|my|that|what I|all (that|of)|any)"
        r"|\b(are|were) (you|ye) (still )?(following|with) me\b|\bare you listening\b"
        r"|\bdid (you|ye) get (that|all that|any of that|me)\b|\bdo you know what I mean\b"
        r"|\b(was|is) (that|this|it|I)( all)? (too (fast|quick|quiet|loud|much|long)|clear"
        r"|understandable)\b[^.?!]*\?",
        Act.LINE_CHECK,
        *(Act.REPEAT, Act.MISHAP, Act.ABOUT_JOB, Act.ABOUT_BUSINESS, Act.ACKNOWLEDGE),
        *(Act.ABOUT_YOU, Act.SMALL_TALK, Act.STATUS, Act.GOOD_TIME, Act.ASK_EXAMPLE),
        *(Act.ANSWERS_QUESTION, Act.DONT_KNOW, Act.NOTHING),
    ),
    _phrase(  # voices the doubt that they answer
        r"\b(you|somebody|someone|people|they)( may| might| will| could| would|['’]?ll) (well )?"
        r"(object|argue|say|answer|tell me)\b(?!.*\?\W*$)",
        Act.ANSWERS_OBJECTION,
        *(Act.ABOUT_BUSINESS, Act.ABOUT_JOB, Act.RECITAL, Act.DONT_KNOW, Act.STATUS, Act.REASON),
    ),
    _phrase(  # asks whether a story is true
        r"\b(is|was) (it|that) (really |actually )?true (that|you|ye|what|about|there)\b"
        r"|\b(know|ask|tell me|wonder\w*) (if|whether) (it'?s|it is|that'?s|that is) true\b"
        r"|\bis there any truth in\b",
        Act.ABOUT_BUSINESS,
        *(Act.STATUS, Act.NOTHING, Act.RECITAL, Act.SMALL_TALK, Act.ABOUT_YOU, Act.REPEAT),
        *(Act.ABOUT_JOB, Act.WHO, Act.VAGUE, Act.CHOICE, Act.MISHAP),
    ),
    _phrase(  # asks whether the moment is a bad one
        r"\bhave I (rung|called|phoned) (you )?at\b"
        r"|\bis (now|this)( a)?( really| very)? (bad|terrible|awful|inconvenient|wrong|poor|silly)"
        r"( time| moment)?\W*$|\bam I (interrupting|disturbing)\b"
        r"|\b(have I|did I|I've|I have|hope I) (\w+ )?(caught|catch|interrupt\w*|disturb\w*)\b",
        Act.GOOD_TIME,
        *(Act.ABOUT_BUSINESS, Act.ABOUT_JOB, Act.SMALL_TALK, Act.HOURS, Act.START_DATE),
    ),
    _phrase(
        r"\bstill on (?!(the|this|that|your) (line|phone|call)\b)(the|a|an|your|that|\w+ing)\b",
        Act.ABOUT_BUSINESS,
        Act.LINE_CHECK,
    ),
    _phrase(  # offers to wait, or to go on
        r"\b(shall|should|do you want me to|would you like me to|want me to)( I)? (just )?(carry"
        r" on|go on|keep going|continue|hold( on)?|wait|hang on|(call|ring|try|phone)( you)?"
        r" (back|later|again|another)|start (again|over))\b"
        r"|\bwould you (rather|prefer)( that| if)? I (called|rang|waited|tried|phoned)\b",
        Act.GOOD_TIME,
        *(Act.ABOUT_JOB, Act.ABOUT_BUSINESS, Act.STATUS, Act.NEXT_STEP, Act.LINE_CHECK),
        *(Act.CHOICE, Act.START_DATE, Act.ABOUT_YOU),
    ),
    _phrase(  # what is heard at the manager's end
        r"\bis that (the|a|an|your|some\w*) .*\b(I (can )?hear|behind you|in the background)"
        r"|\b(what's|what (is|was|were)) (all )?that (noise|sound|racket|din|bang\w*|beep\w*|music"
        r"|shouting|hammering)\b|\bI can hear (a|an|the|some\w*|people|children|dogs?|music|phones?"
        r"|machines?|your|somebody|someone)\b(?! (say|tell))"
        r"|\bsounds? like (somebody|someone|you're|you are|you've|you have|there's|a madhouse)",
        Act.SMALL_TALK,
        *(Act.LINE_CHECK, Act.WHO, Act.STATUS, Act.ABOUT_BUSINESS, Act.ABOUT_JOB, Act.MISHAP),
        *(Act.RECITAL, Act.REPEAT),
    ),
    _phrase(  # the customers' hours and places, not those of the job
        rf"\b(when|what time|what day|which day|where|how far)\b.*\b(do|does|are|is)"
        rf" (\w+ )?{_CUSTOMERS}"
        r" (\w+ly |usually |mostly |all |often )?(come|coming|arrive|show|turn|visit|ring|call|drop"
        r"|shop|book|travel|eat|order|leave|buy|from|here|in)\b"
        r"|\b(your|the) (busiest|quietest|slowest|best|worst) (hour|day|time|night|month|season)",
        Act.ABOUT_BUSINESS,
        *(Act.HOURS, Act.LOCATION, Act.START_DATE, Act.GOOD_TIME, Act.NEXT_STEP, Act.ABOUT_JOB),
    ),
    _phrase(  # owns up to something
        r"\bI('d| would) rather you (heard|knew|know|hear)\b"
        r"|\byou (should|ought to) know (that )?I\b"
        r"|\bI (thought|think|reckon|figured|felt|feel) (that )?(you (should|ought to|'d want to)"
        r" know|it's only fair)\b|\bI (should|ought to|better) tell you\b"
        r"|\bI (should|ought to|have to|must|want to) (admit|confess|own up"
        r"|be (honest|straight))\b",
        Act.SMALL_TALK,
        *(Act.CHOICE, Act.OTHER_OFFER, Act.MISHAP, Act.STATUS, Act.RECITAL, Act.THANKS),
        Act.DONT_KNOW,
    ),
    _phrase(  # asks leave to tell something
        r"\b(may|can|could|might) I (just |quickly |perhaps )?(give|tell|show|put|say|explain|add"
        r"|share|suggest|try|read|mention|finish|run)\b(?! (at|for|in|out)\b)[^.?!]*\?\W*$",
        Act.REASON,
        *(Act.ASK_EXAMPLE, Act.ABOUT_BUSINESS, Act.ABOUT_JOB, Act.GOOD_TIME, Act.NEXT_STEP),
        *(Act.REPEAT, Act.NOTHING, Act.RECITAL),
    ),
    _phrase(  # a word that they heard elsewhere
        r"\bwhat (means|does|is meant by) (the |an? )?[\"“'][\w -]+[\"”']|\bwhat means \w",
        Act.ABOUT_BUSINESS,
        *(Act.REPEAT, Act.LOCATION, Act.ABOUT_JOB, Act.NOTHING),
    ),
    _phrase(  # offers to wait
        r"\bI('ll| will| can)( just)? (hang on|hold( on| the line)?|wait)"
        r"(?=\W*$|[,.;]| (here|for you)\b)",
        Act.GOOD_TIME,
        *(Act.GOODBYE, Act.SMALL_TALK, Act.MISHAP),
    ),
    _phrase(
        r"\byou (just )?(cut out|broke up|dropped out|went (all )?(crackly|quiet|silent))\b"
        r"(?=\W*$| (after|when|on|at|before|there)\b)",
        Act.REPEAT,
        *(Act.MISHAP, Act.SMALL_TALK, Act.LINE_CHECK, Act.NOTHING),
    ),
    _phrase(  # heard nothing of it
        r"\b(got|caught|heard|hear) (none|nothing|half|a word|next to nothing) of (it|that|what)\b"
        r"|\b(can('t|not)?|could(n't| not)?) (hardly|barely|scarcely) hear\b",
        Act.REPEAT,
        *(Act.SMALL_TALK, Act.LINE_CHECK, Act.NOTHING, Act.REASON),
    ),
    _phrase(  # guesses where the manager is
        r"\bare (you|ye) (on|in|at) (a|an|the|your) (train|car|bus|tram|street|road|plane|station"
        r"|lift|garden|corridor|playground|kitchen|warehouse|market|cafe|van|tractor)\b",
        Act.SMALL_TALK,
        *(Act.LOCATION, Act.LINE_CHECK, Act.WHO, Act.ABOUT_BUSINESS, Act.ABOUT_JOB),
    ),
    _phrase(  # what customers pay
        rf"\b{_CUSTOMERS} (\w+ )?(pay|paying|tip)\b|\bpay extra\b|\bdo you charge\b"
        r"|\b(you|ye) (make|let|have) (\w+ )?pay\b",
        Act.ABOUT_BUSINESS,
        Act.PAY,
    ),
    _phrase(  # remarks on something, and wants a nod
        r"^(?!\W*(do|does|did|is|are|was|were|what|who|how|when|where|why|can|could)\b).*"
        r"\b(innit|isn't it|wasn't it|ain't it|weren't they|aren't they)\W*$",
        Act.SMALL_TALK,
        *(Act.ASK_EXAMPLE, Act.REPEAT, Act.LINE_CHECK, Act.WHO),
    ),
    _phrase(  # fears that something speaks against them
        r"\b(count|held?|speak|go|work)s? against me\b|\bam I (too|over|under)[ -]?\w+"
        r"|\b(is|would|will) (it|that|this) (be )?a problem (that|if|for you (that|if)) I\b"
        r"|\b(does|do|will|would|did) (it|my \w+( \w+)?) (matter|bother you|hurt|put you off)\b"
        r"|\btoo (old|young) (for|at)\b|\bI('m| am) too (old|young)\b|\bdo you mind that I\b"
        r"|\b(sink me|rule me out|muck you up)\b",
        Act.ABOUT_JOB,
        *(Act.STATUS, Act.SMALL_TALK, Act.MISHAP, Act.GOOD_TIME, Act.ABOUT_YOU, Act.ABOUT_BUSINESS),
        *(Act.NEXT_STEP, Act.LOCATION, Act.VAGUE, Act.RECITAL),
    ),
    _phrase(  # tells of a hard time, and not of what they made of it
        r"(?!.*\b(so|then|and) I (\w+ed|did|took|got|came|built|ran|went)\b)"
        r"\bI( was|'ve been| have been|'m| am| got)?( \w+)? (made redundant|laid off|out of work"
        r"|unemployed|divorced|burnt out)\b"
        rf"|\b(looking after|caring for|buried|lost) my ({_KIN}|job|home|house)\b"
        rf"|\bmy {_KIN} (died|passed away|is ill|was ill|fell ill)\b(?!.*\?\W*$)",
        Act.SMALL_TALK,
        *(
            Act.RECITAL,
            Act.CHOICE,
            Act.STATUS,
            Act.OTHER_OFFER,
            Act.VAGUE,
            Act.MISHAP,
            Act.START_DATE,
        ),
    ),
    _phrase(  # tells a worry about themselves
        r"\bI('m| am)( \w+)?( \w+)? (worried|concerned|anxious|scared"
        r"|nervous(?= (that|because|about)))"
        r"( that| because| about)? (I|my|the gap|being)\b"
        r"|\bI('m| am)( \w+)? afraid (that|because) (I|my)\b"
        r"|^\W*((and|but|so|well|look|honestly)\W+)*I('ve| have) never (worked|done|used|driven"
        r"|sold|been in|had a)\b(?!.*\?)",
        Act.ABOUT_JOB,
        *(Act.RECITAL, Act.MISHAP, Act.VAGUE, Act.SMALL_TALK, Act.STATUS),
    ),
    _phrase(  # tells a story of somebody else's
        rf"^\W*((and|so|well|oh|you know|but|ha|anyway)\W+)*my (\w+ )?{_KIN}\b(?!.*\?\W*$)"
        r"(?!.*\bI('ve)? (\w+ed|ran|did|have|had|took|sold|built|led|kept|made|won)\b)",
        Act.SMALL_TALK,
        *(Act.RECITAL, Act.ABOUT_YOU, Act.ABOUT_BUSINESS, Act.ABOUT_JOB, Act.CHOICE, Act.VAGUE),
        Act.MISHAP,
    ),
)


def says_goodbye(text: str) -> bool:
    """Whether it says so in so many words."""
    *_, last = sentences = _SENTENCE_END.split(text)
    if form_of(last) is not None and not _BYE.search(last):
        return False  # whoever asks stays for the answer
    return any(
        _BYE.search(part) and not _NOT_YET.match(part) and not _OF_A_GOODBYE.search(part)
        for part in sentences[-3:]
    )


def surely(text: str) -> list[Act]:
    """What is done whatever else is."""
    goodbye = [Act.GOODBYE] if says_goodbye(text) else []
    return [*goodbye, *dict.fromkeys(phrase.act for phrase in _said(text))]


def surely_not(text: str) -> frozenset[Act]:
    """What is not done, however likely the classifier finds it. A question that has nothing to do
    with the phrase may be anything."""
    for part in _SENTENCE_END.split(text):
        alone = form_of(part) is not None and not part.lower().startswith("or ")
        if alone and not any(_said(part)):
            return frozenset()
    return frozenset().union(*(phrase.instead_of for phrase in _said(text)))


def _said(text: str) -> Iterator[SetPhrase]:
    return (phrase for phrase in _PHRASES if phrase.words.search(text))
