"""Whoever is away covers nothing, however their place is counted."""

from datetime import timedelta

import pytest

from network.access.rules import Role
from network.plumbing.database import db
from network.vocabulary import SessionKind
from rota.drafts.queries import count_cover
from rota.leave.records import Absence
from rota.leave.rules import AbsenceKind, AbsenceState
from rota.planning.queries import planned_for
from rota.rotas.records import RotaVersion
from rota.solver.staff_rota import shortfalls
from rota.staff.records import RotaMember
from tests.cast import Cast
from tests.makers import MONDAY, keep
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER
MORNING, AFTERNOON = SessionKind.MORNING, SessionKind.AFTERNOON


def short(version: RotaVersion) -> int:
    """Count what is short in both ways that pages do; they must agree."""
    planned = planned_for(version)
    by_rules = sum(each.missing for each in shortfalls(planned.problem, planned.plan))
    by_rows, _ = count_cover(version)
    assert by_rules == by_rows
    return by_rows


def away(member: RotaMember, starts_with: SessionKind, ends_with: SessionKind, **dates: object) -> None:
    keep(
        Absence(
            member_id=member.id,
            kind=AbsenceKind.ANNUAL,
            state=dates.get("state", AbsenceState.APPROVED),
            starts_on=dates.get("first", MONDAY),
            ends_on=dates.get("last", MONDAY),
            starts_with=starts_with,
            ends_with=ends_with,
        )
    )


@pytest.mark.parametrize(
    ("absence", "more"),
    [
        ((MORNING, MORNING), 1),
        ((AFTERNOON, AFTERNOON), 0),
        ((SessionKind.EARLY, SessionKind.SATURDAY_AFTERNOON), 1),
        ((AFTERNOON, SessionKind.EVENING), 0),
    ],
)
def test_whoever_is_away_in_a_session_leaves_it_short(cast: Cast, absence, more: int) -> None:
    doctor, *_ = scene.make_scene(cast)
    version = scene.open_rota(cast)
    scene.put(version, doctor, cast.elm_site, cast[MANAGER])
    before = short(version)
    away(doctor, *absence)
    assert short(version) == before + more


def test_leave_that_is_not_decided_or_lies_elsewhere_takes_nothing(cast: Cast) -> None:
    doctor, *_ = scene.make_scene(cast)
    version = scene.open_rota(cast)
    scene.put(version, doctor, cast.elm_site, cast[MANAGER])
    before = short(version)
    away(doctor, MORNING, MORNING, state=AbsenceState.REQUESTED)
    away(doctor, MORNING, MORNING, first=MONDAY + timedelta(1), last=MONDAY + timedelta(2))
    assert short(version) == before


def test_an_absence_of_days_takes_all_between_its_ends(cast: Cast) -> None:
    doctor, *_ = scene.make_scene(cast)
    version = scene.open_rota(cast)
    scene.put(version, doctor, cast.elm_site, cast[MANAGER])
    before = short(version)
    first, last = MONDAY - timedelta(1), MONDAY + timedelta(1)
    away(doctor, SessionKind.EVENING, SessionKind.EARLY, first=first, last=last)
    assert short(version) == before + 1


def test_whoever_has_left_before_the_rota_covers_nothing(cast: Cast) -> None:
    doctor, *_ = scene.make_scene(cast)
    version = scene.open_rota(cast)
    scene.put(version, doctor, cast.elm_site, cast[MANAGER])
    before = short(version)
    doctor.planned_from = doctor.planned_until = MONDAY - timedelta(1)
    db.session.commit()
    assert short(version) == before + 1
