"""Sentences about emergency openings."""

from datetime import datetime

from mdt.emergencies.rules import EmergencyKind, Finding
from mdt.meetings.wording import Tag
from network.plumbing.templating import clock, full_date

# The same whether there is nobody, nobody here, or somebody who does not want this reader to know.
NOBODY = (
    "We found nobody whom you can open in this way. Check what you entered. Where you gave names, try the NHS"
    " number: two people may share names and a birthday. If that fails, ring a care coordinator."
)
BRIEFLY = {
    EmergencyKind.CARING_NOW: "to care for them at once",
    EmergencyKind.DANGER: "since somebody was in danger",
}
FINDINGS = {
    None: Tag("To be reviewed", "warning", "▲"),
    Finding.TO_BE_EXPLAINED: Tag("To be explained", "warning", "?"),
    Finding.JUSTIFIED: Tag("Justified", "good", "✓"),
    Finding.NOT_JUSTIFIED: Tag("Not justified", "bad", "✕"),
}


def finding_tag(finding: Finding | None) -> Tag:
    """Return the label of what a review came to."""
    return FINDINGS[finding]


def opened_said(name: str, organisation: str, kind: EmergencyKind, ends_at: datetime) -> str:
    """Say in the history of a case that it was opened in an emergency."""
    return f"{name}, {organisation}, opened this in an emergency, {BRIEFLY[kind]}, until {clock(ends_at)}."


def to_be_told(opened_at: datetime) -> str:
    """Say of what the person needs to be told."""
    return f"that their story was opened in an emergency on {full_date(opened_at)}"
