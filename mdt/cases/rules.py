"""States of a case, the moves between them, and what each move asks for. Pure."""

from network.vocabulary import Word


class CaseState(Word):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Waiting for triage"
    RETURNED = "returned", "Returned with a question"
    REDIRECTED = "redirected", "Redirected"
    DECLINED = "declined", "Declined"
    TRIAGED = "triaged", "Ready for a list"
    LISTED = "listed", "On a list"
    DISCUSSED = "discussed", "Discussed"
    ACTING = "acting", "Actions under way"
    REVIEW_DUE = "review_due", "Review due"
    CLOSED = "closed", "Closed"
    WITHDRAWN = "withdrawn", "Withdrawn"


S = CaseState

# What a coordinator's triage ends in, as long as nothing has followed from it.
ANSWERED = frozenset({S.RETURNED, S.REDIRECTED, S.DECLINED, S.TRIAGED})
# A draft is nobody's case before it is sent: only whoever keeps it knows of it.
OPEN = frozenset(S) - {S.DRAFT, S.REDIRECTED, S.DECLINED, S.CLOSED, S.WITHDRAWN}

MOVES: dict[CaseState, frozenset[CaseState]] = {
    # Thrown away, it leaves nothing that could be seen.
    S.DRAFT: frozenset({S.SUBMITTED}),
    S.SUBMITTED: frozenset({S.RETURNED, S.REDIRECTED, S.DECLINED, S.TRIAGED, S.WITHDRAWN}),
    S.RETURNED: frozenset({S.SUBMITTED, S.WITHDRAWN}),
    # An answer given by a slip is taken back.
    S.REDIRECTED: frozenset({S.SUBMITTED}),
    S.DECLINED: frozenset({S.SUBMITTED}),
    # An urgent case is discussed in a huddle, on no list.
    S.TRIAGED: frozenset({S.SUBMITTED, S.LISTED, S.DISCUSSED, S.WITHDRAWN}),
    S.LISTED: frozenset({S.TRIAGED, S.DISCUSSED, S.WITHDRAWN}),
    # Opened again in the room and then put off, it waits for a list once more.
    S.DISCUSSED: frozenset({S.ACTING, S.LISTED, S.TRIAGED, S.REVIEW_DUE, S.CLOSED, S.WITHDRAWN}),
    # A huddle can be called at any time after triage.
    S.ACTING: frozenset({S.LISTED, S.DISCUSSED, S.REVIEW_DUE, S.CLOSED, S.WITHDRAWN}),
    S.REVIEW_DUE: frozenset({S.LISTED, S.DISCUSSED, S.ACTING, S.CLOSED, S.WITHDRAWN}),
    # Opened again, a case keeps its reference and its story.
    S.CLOSED: frozenset({S.TRIAGED, S.DISCUSSED}),
    S.WITHDRAWN: frozenset(),
}


class Urgency(Word):
    ROUTINE = "routine", "Routine"
    SOON = "soon", "Soon"
    THIS_WEEK = "this_week", "This week"


# The most urgent first.
URGENCY_ORDER = {urgency: place for place, urgency in enumerate(reversed(Urgency))}


class Stream(Word):
    """Source: NHS England, Streamlining multi-disciplinary team meetings (2020)."""

    DISCUSS = "discuss", "For discussion"
    FOR_NOTE = "for_note", "For note: an agreed pathway applies"


class Risk(Word):
    FALLS = "falls", "Falls"
    SAFEGUARDING = "safeguarding", "Safeguarding"
    SELF_NEGLECT = "self_neglect", "Self-neglect"
    CARER_STRAIN = "carer_strain", "Carer under strain"
    HOSPITAL = "hospital", "Hospital in the last 90 days"
    END_OF_LIFE = "end_of_life", "End of life"


LONGEST_QUESTION = 200


def missing_to_submit(question: str, wants: str, why_not_asked: str) -> list[str]:
    """Name what a referral still needs before it can be submitted, each as a sentence to act on."""
    missing = []
    if not question.strip():
        missing.append("Enter the question for the meeting.")
    elif len(question) > LONGEST_QUESTION:
        missing.append(f"Shorten the question to {LONGEST_QUESTION} characters: it has {len(question)}.")
    if not wants.strip() and not why_not_asked.strip():
        missing.append("Enter what the person wants from this, or why they could not be asked.")
    return missing
