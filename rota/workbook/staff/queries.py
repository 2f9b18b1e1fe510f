"""The sheet of staff as it would be written now."""

from collections.abc import Iterable

from rota.staff.queries import competencies
from rota.staff.records import RotaMember


def staff_rows(members: Iterable[RotaMember]) -> list[dict[str, object]]:
    """Give the rows of the sheet of staff."""
    return [_staff_row(member) for member in members]


def _staff_row(member: RotaMember) -> dict[str, object]:
    engagement, person = member.engagement, member.engagement.person
    labels = {code: competency.label for code, competency in competencies().items()}
    return {
        "title": person.title,
        "given_name": person.given_name,
        "family_name": person.family_name,
        "email": person.email,
        "employer": engagement.employer.name,
        "role": engagement.role.label,
        "contract": engagement.contract.label,
        "sessions": round(engagement.weekly_minutes / engagement.session_minutes, 4),
        "session_minutes": engagement.session_minutes,
        "full_time_hours": round(engagement.full_time_minutes / 60, 4),
        "annualised": "yes" if engagement.annualised else "no",
        "starts_on": engagement.starts_on,
        "ends_on": engagement.ends_on,
        "home_site": member.home_site.code if member.home_site else None,
        "competencies": ", ".join(labels.get(held.code, held.code) for held in member.competencies),
        "funding": ", ".join(f"{split.stream.label} {split.percent}%" for split in member.funding),
    }
