"""How verdicts and criteria are called, in one place for the terminal, the page and the exports."""

from rehearse.scoring.ask_then_stop import AskThenStop
from rehearse.scoring.rubric import Criterion, Verdict

VERDICTS = {
    Verdict.COVERED: "covered",
    Verdict.PARTLY: "partly covered",
    Verdict.MISSING: "missing",
    Verdict.COULDNT_HEAR: "could not be heard clearly",
}
MARKS = {
    Verdict.COVERED: "[x]",
    Verdict.PARTLY: "[~]",
    Verdict.MISSING: "[ ]",
    Verdict.COULDNT_HEAR: "[?]",
}
BUSINESS_CONTRIBUTION = "Business contribution"
CRITICAL_QUESTION = "Critical question"

CRITERIA = {
    Criterion.BUSINESS_LINK: "How the job bears on the business",
    Criterion.CONTRIBUTIONS: "Ways you would add to it",
    Criterion.HUMILITY: "You know their business only from outside",
    Criterion.CRITICAL_QUESTION: "How does the manager expect the job to contribute?",
    Criterion.ROLE_IMPORTANCE: "Your role at that level matters to you",
    Criterion.MANAGER_CHOICE: "This is the manager you want to work for",
    Criterion.STATUS_CHECK: "Asked where you stand (costs points)",
    Criterion.CREDENTIAL_RECITAL: "Recited credentials (costs points)",
}
ASK_THEN_STOP = {
    AskThenStop.STOPPED: "Ask, then stop: you asked, and let the manager answer.",
    AskThenStop.TALKED_ON: "Ask, then stop: you asked, and talked on over your own question.",
}
NO_SPEECH = "No speech heard."


def clock(time_s: float | None) -> str:
    """Seconds as m:ss, blank where unknown."""
    if time_s is None:
        return ""
    minutes, whole = divmod(int(time_s), 60)
    return f"{minutes}:{whole:02d}"
