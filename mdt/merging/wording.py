"""Words of joining entries: what is compared, and how each side says it."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date

from mdt.merging.rules import UNSAID
from mdt.patients.rules import EthnicCategory, LetterFormat, Sex, said_day, said_nhs_number
from mdt.retention.wording import TABLES

LABELS = {
    "nhs_number": "NHS number",
    "title": "Title",
    "family_name": "Family name",
    "given_name": "Given name",
    "preferred_name": "Likes to be called",
    "born": "Born",
    "sex": "Sex",
    "died_on": "Died",
    "address": "Address",
    "postcode": "Postcode",
    "phone": "Phone",
    "email": "Email",
    "care_home": "Care home",
    "practice_id": "GP practice",
    "letter_format": "Letters",
    "language": "Language",
    "lives_alone": "Lives alone",
    "housebound": "Housebound",
    "ethnicity": "Ethnic category",
    "imd_decile": "Deprivation decile",
}
NOT_SAID = "Not said"


def value_said(name: str, value: object, organisations: Mapping[uuid.UUID, str]) -> str:
    """Say one thing that an entry says of somebody."""
    if name == "nhs_number":
        return said_nhs_number(str(value) if value else None)
    if name == "ethnicity" and value:
        return EthnicCategory(str(value)).label
    if name == "born" and value:
        return said_day(date.fromisoformat(str(value)))
    if isinstance(value, Sex | LetterFormat):
        return value.label
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return said_day(value)
    if isinstance(value, uuid.UUID):
        return organisations.get(value, NOT_SAID)
    return str(value) if value else NOT_SAID


def unseen_said(_name: str, value: object) -> str:
    """Say to whoever sees no names only whether an entry has a word on something."""
    return NOT_SAID if value in UNSAID else "Said, and not shown to you"


def entry_said(refs: Sequence[str], made_at: str) -> str:
    """Name an entry without its person."""
    return ", ".join(refs) if refs else f"No case, entered {made_at}"


def rows_told(rows: Mapping[str, int]) -> list[tuple[str, int]]:
    """Say what hangs on an entry, by kind."""
    return [(label, rows[name]) for name, label in TABLES.items() if name != "patient" and rows.get(name)]
