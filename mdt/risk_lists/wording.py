"""What the preview of a list says of its rows."""

from collections.abc import Mapping

from mdt.findings.rules import Column
from mdt.risk_lists.rules import Outcome

TONES = {
    Outcome.NEW: ("good", "+"),
    Outcome.CHANGED: ("warning", "↻"),
    Outcome.SAME: ("plain", "="),
    Outcome.REFUSED: ("bad", "✕"),
}
KNOWN = "Known here already: a referral begins with what is known."
AGAINST = (
    "They do not want to be discussed. Do not look for them; the care coordinator keeps their objection."
)
DEAD = "They have died. Talk with the care coordinator if that is not so."
NOT_LOOKED_FOR = "They cannot be looked for. Talk with the care coordinator."
OTHER_PERSON = (
    "This NHS number belongs to somebody with another name or date of birth here. Check all three in your"
    " records."
)


def open_case_said(ref: str) -> str:
    """Say that somebody has a case already."""
    return f"Has an open case, {ref}: they do not come into the queue."


def practice_wrong(ods_code: str) -> str:
    """Say that a row is not of a practice of whoever brings the list in."""
    if not ods_code:
        return "Choose the practice that these people belong to."
    return f"{ods_code[:10]} is no practice whose people you look for here. Leave this row out."


def twice_said(number: int) -> str:
    """Say that somebody stands in a list twice."""
    return f"The same person as row {number}. Leave one of the two out."


def example(columns: Mapping[str, Column]) -> tuple[list[str], list[str]]:
    """Return the headings of a list with every column, and a row about somebody invented."""
    person = {
        "nhs_number": "999 555 4445",
        "family_name": "Specimen",
        "given_name": "Edith",
        "dob": "04/03/1941",
        "sex": "female",
        "postcode": "EX1 1AA",
        "practice_ods": "",
        "care_home": "no",
    }
    # Whether somebody lives in a care home stands in the column of its name.
    said = {key: column.example for key, column in columns.items() if key != "in_care_home"}
    listed = {"list_name": "Frailty search", "list_date": "01/11/2026"}
    row = person | said | listed
    return [*row], [*row.values()]
