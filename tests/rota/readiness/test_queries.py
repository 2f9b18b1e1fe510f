from datetime import timedelta

from sqlalchemy import delete

from network.access.rules import Role
from network.plumbing.database import db
from network.vocabulary import FundingStream, JobRole, RoleGroup
from rota.basis.wording import GENERALLY
from rota.demand.records import Closure
from rota.leave.records import Absence
from rota.leave.rules import AbsenceKind, AbsenceState
from rota.lines.commands import change_line
from rota.lines.rules import Numbers
from rota.readiness.queries import outdated_for, readiness_for
from rota.readiness.rules import Check
from rota.rotas.records import RotaVersion
from rota.staff.records import Credential, FundingSplit, RotaMember, SiteInduction
from tests.cast import Cast
from tests.makers import MONDAY, keep
from tests.rota import scene
from tests.rota.lines.test_commands import line_at
from tests.rota.planning.test_commands import be_away, fill

MANAGER, PRACTICE = Role.WORKFORCE_MANAGER, Role.PRACTICE_MANAGER


def found(cast: Cast, version: RotaVersion, role: Role = MANAGER) -> dict[Check, list[str]]:
    look = readiness_for(cast[role], version.id)
    return {each.check: [item.said for item in each.items] for each in look.found}


def take_pattern_from(member: RotaMember) -> None:
    db.session.refresh(member)
    for pattern in member.patterns:
        db.session.delete(pattern)


def test_a_network_that_is_ready_has_nothing_to_mend(cast: Cast) -> None:
    scene.make_scene(cast)
    look = readiness_for(cast[MANAGER], scene.open_rota(cast).id)
    assert (look.found, look.to_mend, look.people) == ((), 0, 3)


def test_each_thing_that_leaves_holes_is_named(cast: Cast) -> None:
    amy, bob, carol = scene.make_scene(cast)
    take_pattern_from(amy)
    db.session.execute(delete(SiteInduction).where(SiteInduction.member_id == bob.id))
    lapsing = db.session.query(Credential).filter_by(member_id=carol.id).order_by(Credential.kind).first()
    lapsing.expires_on = MONDAY
    scene.want(cast.elm_site, RoleGroup.NURSE, weekdays=(0,))
    keep(
        Absence(
            member_id=bob.id,
            kind=AbsenceKind.ANNUAL,
            state=AbsenceState.REQUESTED,
            starts_on=MONDAY,
            ends_on=MONDAY + timedelta(1),
        )
    )
    keep(Closure(site_id=cast.oak_site.id, day=MONDAY, why="Learning time"))
    db.session.commit()
    things = found(cast, scene.open_rota(cast))
    assert things[Check.PATTERN] == [amy.name]
    assert things[Check.INDUCTION] == [bob.name]
    assert "runs out on 7 December 2026" in things[Check.CREDENTIAL][0]
    assert "Nurse surgery: nobody can be asked on Monday 7 December AM; so it is in 1 more" in " ".join(
        things[Check.NOBODY]
    )
    assert things[Check.LEAVE] == [f"{bob.name}, Monday 7 December to Tuesday 8 December."]
    assert things[Check.CLOSED] == ["Oak Surgery on Monday 7 December: Learning time."]


def test_a_practice_manager_reads_of_their_own_people_only(cast: Cast) -> None:
    _, oak, *_ = scene.make_scene(cast)
    db.session.execute(delete(SiteInduction).where(SiteInduction.member_id == oak.id))
    db.session.commit()
    version = scene.open_rota(cast)
    assert Check.INDUCTION in found(cast, version)
    assert Check.INDUCTION not in found(cast, version, PRACTICE)


def test_what_has_changed_since_it_was_filled_is_named(cast: Cast) -> None:
    amy, bob, carol = scene.make_scene(cast)
    version = fill(cast, scene.open_rota(cast))
    assert not outdated_for(cast[MANAGER], version.id).is_outdated
    be_away(amy)
    take_pattern_from(bob)
    keep(FundingSplit(member_id=carol.id, stream=FundingStream.CORE, percent=100))
    db.session.commit()
    change_line(cast[MANAGER], version.id, line_at(version, cast.elm_site).id, Numbers(2, 2, 3))
    said = outdated_for(cast[MANAGER], version.id).changes
    assert said == (
        f"{amy.name} is away on Monday 7 December now.",
        f"{bob.name}: working pattern.",
        f"{carol.name}: post, contract or skills.",
        "Cover wanted at Elm Surgery on Monday 7 December.",
    )


def test_others_papers_are_not_told_outside_their_organisation(cast: Cast) -> None:
    _, oak, *_ = scene.make_scene(cast)
    version = fill(cast, scene.open_rota(cast))
    take_pattern_from(oak)
    db.session.commit()
    said = outdated_for(cast[PRACTICE], version.id).changes
    assert said == (GENERALLY,)


def test_somebody_who_joins_is_named(cast: Cast) -> None:
    scene.make_scene(cast)
    version = fill(cast, scene.open_rota(cast))
    new = scene.make_worker(cast, "Newcomer", JobRole.GP)
    db.session.commit()
    assert outdated_for(cast[MANAGER], version.id).changes[0] == f"{new.name} is planned now."
