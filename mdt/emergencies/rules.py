"""Opening a person's cases in an emergency ("breaking the glass"): for what, for how long, and its review."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mdt.patients.rules import parts_of, tidy_nhs_number, wrong_with_nhs_number
from mdt.sharing.rules import Reason
from network.vocabulary import Word

HOLDS = timedelta(hours=8)
# Who looks for one person in an emergency does not look for a sixth within the hour.
MOST_TRIES, TRIES_WITHIN = 5, timedelta(hours=1)
SHORTEST_REASON, LONGEST_REASON = 10, 500
# Of what was opened longer ago nobody is reminded on the first page.
LATELY = timedelta(days=30)


class EmergencyKind(Word):
    """Why the usual relations cannot be waited for."""

    CARING_NOW = "caring_now", "I am caring for them now and nobody has related me to them"
    DANGER = "danger", "Somebody is in danger of death or serious harm"


# An objection stands in the way of care, and gives way to danger alone.
# Source: GMC, Confidentiality (2017), paragraphs 63 to 70; UK GDPR, article 9(2)(c).
OPENED_BY = {EmergencyKind.CARING_NOW: Reason.EMERGENCY, EmergencyKind.DANGER: Reason.DANGER}


class Finding(Word):
    """What a review of an emergency opening came to."""

    JUSTIFIED = "justified", "Justified"
    TO_BE_EXPLAINED = "to_be_explained", "To be explained further"
    NOT_JUSTIFIED = "not_justified", "Not justified"


@dataclass(frozen=True)
class Wanted:
    """Who is looked for: by an exact NHS number or, where that is not known, by full name and birthday."""

    nhs_number: str = ""
    given_name: str = ""
    family_name: str = ""
    born_on: date | None = None

    @property
    def number(self) -> str:
        return tidy_nhs_number(self.nhs_number)


def wrong_with_emergency(wanted: Wanted, reason: str) -> str:
    """Say what is missing before anybody is looked for, or nothing."""
    return wrong_with_whom(wanted) or wrong_with_words(reason, "what has happened")


def wrong_with_whom(wanted: Wanted) -> str:
    """Say what is missing to know who is meant, or nothing."""
    named = bool(wanted.given_name.strip() and wanted.family_name.strip() and wanted.born_on)
    if wanted.nhs_number.strip():
        return wrong_with_nhs_number(wanted.number)
    if not named:
        return "Enter the NHS number, or the given name, the family name and the date of birth."
    return ""


def wrong_with_words(words: str, what: str) -> str:
    """Say what is wrong with the words of somebody who has to give an account, or nothing."""
    length = len(words.strip())
    if length < SHORTEST_REASON:
        return f"Enter {what}, in at least {SHORTEST_REASON} characters."
    if length > LONGEST_REASON:
        return f"Shorten {what} to {LONGEST_REASON} characters: it has {length}."
    return ""


def is_full_name(wanted: Wanted, family_name: str, given_names: Collection[str]) -> bool:
    """Say whether somebody is called as was typed: the whole of both names, without accents or capitals."""
    given = {parts_of(name) for name in given_names} - {()}
    return parts_of(wanted.family_name) == parts_of(family_name) and parts_of(wanted.given_name) in given


def may_review(own_ids: Collection[uuid.UUID], opener_id: uuid.UUID, finding: Finding | None) -> bool:
    """Say whether an opening waits for whose accounts these are: nobody reviews their own."""
    return opener_id not in own_ids and finding in (None, Finding.TO_BE_EXPLAINED)


def is_running(ends_at: datetime | None, moment: datetime) -> bool:
    """Say whether an opening still opens anything."""
    return ends_at is not None and moment < ends_at
