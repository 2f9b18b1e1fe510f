from datetime import timedelta

from network.access.rules import Role
from network.plumbing.database import db
from network.vocabulary import JobRole
from rota.hosts.commands import add_approval, add_limit, withdraw_offer
from rota.hosts.planning.queries import offers_for_planning, supervisors_for_planning
from rota.hosts.rules import WEEK, Approved, Limit
from rota.learners.commands import keep_apart
from rota.learners.queries import all_learners
from rota.learners.rules import Apart
from rota.leave.commands import approve_leave, request_leave
from rota.leave.rules import AbsenceKind, Away
from rota.staff.commands import withdraw_supervision
from tests.cast import Cast
from tests.rota.host_scene import LEAD, host, next_monday, offer, supervisor
from tests.rota.training_scene import learner, programme

MANAGER = Role.WORKFORCE_MANAGER


def test_an_offer_is_given_with_its_places_week_by_week_and_where_it_is_approved(cast: Cast) -> None:
    monday = next_monday()
    offer_id = offer(cast)
    approved = Approved(programme(cast), "School", monday + WEEK, monday + 3 * WEEK - timedelta(1))
    add_approval(cast[LEAD], host(cast), approved)
    add_limit(cast[LEAD], offer_id, Limit(monday, monday + WEEK - timedelta(1), 0, 1))
    add_limit(cast[LEAD], offer_id, Limit(monday, None, 0, 1, stage="Year 1"))
    withdraw_offer(cast[LEAD], offer_id, monday + 3 * WEEK, "The ward closes.")
    offered = offers_for_planning(monday, 5)
    [one] = offered.offers
    assert one.most == (1, 2, 2, 0, 0)
    assert one.by_stage == {"Year 1": (1, 1, 1, 0, 0)}
    assert [(each.first, each.last) for each in one.approvals] == [(1, 2)]
    assert one.programmes == {str(programme(cast))}
    assert (one.site, one.minutes, one.settings) == ("ELM", 120, {"general_practice_nursing": 100})
    assert offered.offer_of[one.number] == offer_id
    [at] = offered.hosts
    assert (at.key, at.employer) == (one.host, "Elm Surgery")


def test_supervisors_have_the_minutes_of_the_one_approval_that_the_rota_knows(cast: Cast) -> None:
    monday = next_monday()
    noor = supervisor(cast, offer(cast))
    away = Away(AbsenceKind.ANNUAL, monday + WEEK, monday + WEEK + timedelta(4))
    approve_leave(cast[MANAGER], request_leave(cast[MANAGER], noor, away))
    student = learner(cast)
    keep_apart(cast[LEAD], student, Apart("They are married.", member_id=noor))
    [one] = supervisors_for_planning(monday, 3)
    assert (one.key, one.minutes, one.away) == (str(noor), (480, 0, 480), {1})
    assert (one.programmes, one.not_for, one.roles) == ({str(programme(cast))}, {str(student)}, {"practice"})
    withdraw_supervision(cast[MANAGER], noor, JobRole.STUDENT_NURSE)
    db.session.expire_all()
    [none] = supervisors_for_planning(monday, 1)
    assert (none.minutes, none.programmes) == ((0,), frozenset())


def test_an_offer_that_leaves_minutes_open_takes_those_that_the_rota_says_of_its_learners(cast: Cast) -> None:
    offer(cast, minutes=None)
    assert offers_for_planning(next_monday(), 1).offers[0].minutes == 0
    learner(cast)
    [row] = all_learners()
    row.member.supervision_minutes = 15
    db.session.commit()
    post = row.member.engagement
    sessions = -(-post.full_time_minutes // post.session_minutes)
    assert offers_for_planning(next_monday(), 1).offers[0].minutes == 15 * sessions
