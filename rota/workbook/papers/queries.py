"""The sheets of credentials, inductions and supervision as they would be written now."""

from collections.abc import Iterable

from network.plumbing.database import today
from rota.staff.records import RotaMember
from rota.workbook.queries import Named


def credential_rows(members: Iterable[RotaMember], whose: Named) -> list[dict[str, object]]:
    """Give the rows of the sheet of credentials."""
    return [
        {
            **whose[member.id],
            "kind": held.kind.label,
            "number": held.number,
            "issued_on": held.issued_on,
            "expires_on": held.expires_on,
        }
        for member in members
        for held in member.credentials
    ]


def induction_rows(members: Iterable[RotaMember], whose: Named) -> list[dict[str, object]]:
    """Give the rows of the sheet of inductions: the sites of one day together."""
    rows = []
    for member in members:
        days = sorted({induction.inducted_on for induction in member.inductions})
        for day in days:
            codes = sorted(each.site.code for each in member.inductions if each.inducted_on == day)
            rows.append({**whose[member.id], "sites": ", ".join(codes), "inducted_on": day})
    return rows


def supervision_rows(members: Iterable[RotaMember], whose: Named) -> list[dict[str, object]]:
    """Give the rows of the sheet of supervision: approvals that hold, and those to come."""
    return [
        {
            **whose[member.id],
            "learner": approval.learner_role.label,
            "minutes": approval.minutes_per_session,
            "most_learners": approval.most_learners,
            "starts_on": approval.starts_on,
            "ends_on": approval.ends_on,
        }
        for member in members
        for approval in member.supervises
        if approval.ends_on is None or approval.ends_on >= today()
    ]
