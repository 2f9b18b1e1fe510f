"""Requests for a copy of what is held about somebody: by when, what is left out, what became of them."""

from calendar import monthrange
from datetime import date

from network.vocabulary import Word

# So many days before a copy is due its coordinators are warned.
WARN_DAYS = 7
LONGEST_NOTE = 500


class AskedBy(Word):
    PERSON = "person", "The person"
    CARER = "carer", "Somebody they named"
    ATTORNEY = "attorney", "An attorney or deputy"
    EXECUTOR = "executor", "An executor (Access to Health Records Act 1990)"


class RequestOutcome(Word):
    GIVEN = "given", "Copy given"
    WITHDRAWN = "withdrawn", "Taken back"
    REFUSED = "refused", "Refused, with the reason told"


class Apart(Word):
    """What stands in a person's record and is not, or not only, theirs: left out unless somebody decided.

    Source: Data Protection Act 2018, schedule 2 paragraph 16 (others) and schedule 3 part 2 (serious harm).
    """

    CARERS = "carers", "How carers are reached and what they need for themselves"
    CONFIDED = "confided", "What carers told in confidence"
    OTHERS = "others", "What other people said about the person"
    SENSITIVE = "sensitive", "What services marked for named disciplines only"
    SAFETY = "safety", "How the person may be reached"


def due_on(received_on: date) -> date:
    """Return the day by which a copy is due: one calendar month after the request, or that month's last day.

    Source: UK GDPR, article 12(3).
    """
    year, month = received_on.year + received_on.month // 12, received_on.month % 12 + 1
    return date(year, month, min(received_on.day, monthrange(year, month)[1]))


def wrong_with_request(received_on: date, today: date) -> str:
    """Say what is wrong with a request as it is written down, or nothing."""
    if received_on > today:
        return "Enter a day that is not in the future."
    if received_on.year < today.year - 5:
        return "Check the day: this was more than five years ago."
    return ""


def wrong_with_ending(
    outcome: RequestOutcome, why: str, ended_on: date, received_on: date, today: date
) -> str:
    """Say what is wrong with how a request ended, or nothing."""
    if not received_on <= ended_on <= today:
        return "Enter a day between the request and today."
    if outcome is not RequestOutcome.GIVEN and not why.strip():
        return "Enter why no copy was given, as it was told."
    return ""
