"""Steps that tests of lists take: put a case on one, make dates, ask a discipline."""

from datetime import timedelta

from mdt.cases.queries import history_of
from mdt.contributions.records import Contribution
from mdt.lists.commands import (
    put_on_list,
)
from mdt.lists.records import AgendaItem
from network.access.rules import Role
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, now
from network.vocabulary import Discipline
from tests.cast import Cast
from tests.mdt.scene import make_meeting, make_series

COORDINATOR, CHAIR, CLINICIAN = Role.CARE_COORDINATOR, Role.CHAIR, Role.CLINICIAN
SOCIAL, VOLUNTARY = Role.SOCIAL_CARE_MEMBER, Role.VOLUNTARY_MEMBER


@command
def do(actor, part, *args):
    """Run a part of a command as a command would."""
    answer = part(actor, *args)
    record(actor, "try", "meeting")
    return answer


def put(cast: Cast, meeting, case, reason: str = "") -> AgendaItem:
    return db.session.get_one(AgendaItem, put_on_list(cast[COORDINATOR], meeting.id, case.id, reason))


def dates(cast: Cast, number: int = 2, **changes):
    """Make some dates of one series, two weeks apart."""
    series = make_series(cast)
    return [
        make_meeting(cast, series_id=series.id, starts_at=now() + timedelta(days=2 + 14 * each), **changes)
        for each in range(number)
    ]


def ask(case, discipline: Discipline, organisation_id, **answered) -> None:
    db.session.add(
        Contribution(
            case_id=case.id, discipline=discipline, organisation_id=organisation_id, asked_by="X", **answered
        )
    )
    db.session.commit()


def sentences(case) -> list[str]:
    return [event.said for event in history_of(case.id)]
