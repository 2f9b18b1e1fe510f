"""What people say of themselves, told once; their needs; and those who care for them. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from network.vocabulary import Word

# What somebody said is asked about again when it is older than this.
ASK_AGAIN_AFTER = timedelta(days=180)


class StatementKind(Word):
    MATTERS = "matters", "What matters to me"
    WORRIES = "worries", "What worries me"
    TALK = "talk", "How to talk with me"
    NEVER = "never", "What must not happen"
    STORY = "story", "My story"


class NeedKind(Word):
    """Source: Accessible Information Standard (DAPB1605); reasonable adjustment flag."""

    COMMUNICATION = "communication", "Support to communicate"
    INFORMATION = "information", "Information format"
    CONTACT = "contact", "How to make contact"
    INTERPRETER = "interpreter", "Interpreter"
    ADJUSTMENT = "adjustment", "Reasonable adjustment"


class CarerRole(Word):
    PARTNER = "partner", "Partner in care"
    INFORMED = "informed", "Kept informed"
    NOT_INVOLVED = "not_involved", "Not involved"


class CarersAssessment(Word):
    """Source: Care Act 2014, section 10."""

    NOT_OFFERED = "not_offered", "Not offered yet"
    OFFERED = "offered", "Offered"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    DONE = "done", "Done"


@dataclass(frozen=True)
class Heard:
    """Words as they were heard: whose they are, who heard them, and when."""

    kind: StatementKind
    words: str
    said_by: str
    heard_by: str
    heard_on: date


@dataclass(frozen=True)
class CarerDetails:
    """A carer as a person in their own right."""

    name: str
    relation: str = ""
    phone: str = ""
    role: CarerRole = CarerRole.INFORMED
    patient_agrees: bool | None = None
    own_needs: str = ""
    assessment: CarersAssessment = CarersAssessment.NOT_OFFERED
    contingency: str = ""


def wrong_with_words(heard: Heard, today: date) -> str:
    """Say what is wrong with words that were heard, or nothing."""
    if not heard.words.strip():
        return "Enter their words."
    if not heard.said_by.strip():
        return "Enter who said it."
    if heard.heard_on > today:
        return "Enter a day that is not in the future."
    return ""


def is_to_be_asked_again(heard_on: date, confirmed_on: date | None, today: date) -> bool:
    """Say whether somebody should be asked if their words are still true."""
    return today - (confirmed_on or heard_on) > ASK_AGAIN_AFTER
