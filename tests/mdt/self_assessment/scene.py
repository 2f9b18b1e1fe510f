"""A team that is asked how it works, as tests start from it."""

import uuid
from datetime import timedelta

from mdt.meetings.records import MeetingSeries, SeriesMember
from mdt.self_assessment.commands import add_improvement, answer_assessment, ask_team, close_assessment
from mdt.self_assessment.queries import questionnaire
from network.access.rules import Role
from network.plumbing.database import today
from network.vocabulary import Discipline
from tests.cast import Cast
from tests.makers import keep
from tests.mdt.scene import home_of, make_series

CHAIR = Role.CHAIR
TEAM = (Role.CARE_COORDINATOR, Role.CLINICIAN, Role.SOCIAL_CARE_MEMBER, Role.VOLUNTARY_MEMBER)


def team(cast: Cast) -> MeetingSeries:
    """Make a series of five: its chair and four members."""
    series = make_series(cast)
    for role in TEAM:
        keep(
            SeriesMember(
                series_id=series.id,
                account_id=cast[role].account_id,
                name=cast[role].name,
                organisation_id=home_of(cast, role),
                discipline=Discipline.NURSING,
            )
        )
    return series


def asked(cast: Cast, series: MeetingSeries | None = None) -> uuid.UUID:
    return ask_team(cast[CHAIR], (series or team(cast)).id, today() + timedelta(days=21))


def sheet(step: int = 4) -> dict[str, int]:
    return {each.name: step for each in questionnaire().statements}


def answered(cast: Cast, *roles: Role) -> uuid.UUID:
    """Ask a team, let some of them answer, and close it."""
    assessment_id = asked(cast)
    for place, role in enumerate(roles or (CHAIR, *TEAM)):
        answer_assessment(cast[role], assessment_id, sheet(1 + place % 5))
    close_assessment(cast[CHAIR], assessment_id)
    return assessment_id


def improvement(cast: Cast) -> uuid.UUID:
    owner = cast[CHAIR].account_id
    return add_improvement(cast[CHAIR], answered(cast), "view", "Ask before we meet.", owner, today())
