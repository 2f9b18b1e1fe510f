"""An absence covered in what people were told: sent, told, refused."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from sqlalchemy import select

from network.access.rules import Role
from network.audit.records import AuditEntry
from network.plumbing.database import db
from network.plumbing.refusals import NotAllowed, NotFound, Refusal
from network.vocabulary import SessionKind
from rota.board.queries import board_for
from rota.drafts.commands import ChangedMeanwhile
from rota.leave.commands import report_sickness
from rota.leave.records import Absence
from rota.leave.rules import AbsenceKind, Away
from rota.notices.records import Notice
from rota.repairs.commands import accept_uncovered, begin_cover, report_ill
from rota.repairs.queries import case_for, find_cover
from rota.repairs.rules import WHY, CoverState, Wanted
from rota.rotas.commands import copy_version
from rota.rotas.queries import find_chosen_version
from rota.rotas.records import Assignment, RotaVersion
from rota.staff.records import RotaMember
from rota.standins.commands import NoRepair, send_repair
from rota.standins.queries import Offer, offers_for
from tests.cast import Cast
from tests.makers import MONDAY
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER
HALF_PAST_SEVEN = datetime.combine(MONDAY, time(7, 30), UTC)


@pytest.fixture(autouse=True)
def early_on_monday() -> Iterator[None]:
    with time_machine.travel(HALF_PAST_SEVEN, tick=True):
        yield


@pytest.fixture
def people(cast: Cast) -> list[RotaMember]:
    """The first has Elm on Monday morning, the second Oak; the third is free."""
    members = scene.make_scene(cast)
    version = scene.open_rota(cast)
    scene.put(version, members[0], cast.elm_site, cast[MANAGER])
    scene.put(version, members[1], cast.oak_site, cast[MANAGER])
    scene.make_chosen(version)
    return members


def ill(cast: Cast, member: RotaMember, days: int = 1):
    return report_ill(cast[MANAGER], member.id, days)


def first_offer(cast: Cast, absence_id) -> Offer:
    _, offers = offers_for(cast[MANAGER], absence_id)
    return offers[0]


def send_first(cast: Cast, absence_id) -> list[str]:
    offer = first_offer(cast, absence_id)
    wanted = [Wanted.of_text(text) for text in offer.sent]
    return send_repair(cast[MANAGER], absence_id, wanted, offer.fallen.mark)


def placed(cast: Cast) -> set[tuple[object, str]]:
    """Say who stands where in what people were told."""
    version = db.session.scalars(select(RotaVersion).where(RotaVersion.state == "chosen")).one()
    rows = db.session.scalars(select(Assignment).where(Assignment.version_id == version.id))
    return {(row.member_id, row.site.code if row.site else "") for row in rows}


def test_what_falls_out_is_said_and_whoever_is_free_is_offered_first(cast: Cast, people) -> None:
    absence_id = ill(cast, people[0])
    case = case_for(cast[MANAGER], absence_id)
    assert case.state is CoverState.COVERING
    assert case.fallen
    assert [each.said for each in case.fallen.gaps.short] == [
        "Surgery (GP, Elm Surgery) on Mon 7 Dec AM has 0 of at least 1."
    ]
    offer = first_offer(cast, absence_id)
    assert offer.covers_all
    (line,) = offer.lines
    assert (line.name, line.was, line.becomes) == (people[2].name, "free", "Surgery at Elm Surgery")


def test_a_repair_is_published_and_told_to_nobody_but_those_it_touches(cast: Cast, people) -> None:
    absence_id = ill(cast, people[0])
    before = find_chosen_version(case_for(cast[MANAGER], absence_id).fallen.version.period_id)
    assert send_first(cast, absence_id) == [people[2].name]
    assert placed(cast) == {(people[1].id, "OAK"), (people[2].id, "ELM")}
    (notice,) = db.session.scalars(select(Notice)).all()
    assert notice.person_id == people[2].engagement.person_id
    assert notice.version_id != before.id
    assert notice.must_be_rung
    (change,) = notice.changes
    assert change.why == WHY
    assert "sick" not in repr((change.before, change.after, change.why)).lower()
    assert case_for(cast[MANAGER], absence_id).state is CoverState.COVERED


def test_the_trail_does_not_say_who_is_ill(cast: Cast, people) -> None:
    send_first(cast, ill(cast, people[0]))
    entries = db.session.scalars(select(AuditEntry)).all()
    assert {"begin_cover", "send_repair"} <= {entry.verb for entry in entries}
    # What is done for the sick alone stands beside the rota, not beside somebody's absence.
    assert {entry.verb for entry in entries if entry.about_kind == "absence"} == {"enter_absence"}
    assert not [entry for entry in entries if "sick" in f"{entry.verb} {entry.details}".lower()]


def test_of_two_managers_who_send_the_second_is_told(cast: Cast, people) -> None:
    absence_id = ill(cast, people[0])
    offer = first_offer(cast, absence_id)
    send_first(cast, absence_id)
    wanted = [Wanted.of_text(text) for text in offer.sent]
    with pytest.raises(ChangedMeanwhile, match="covered it"):
        send_repair(cast[MANAGER], absence_id, wanted, offer.fallen.mark)


def test_a_rota_published_anew_since_is_looked_at_again(cast: Cast, people) -> None:
    other, absence_id = ill(cast, people[1]), ill(cast, people[0])
    mark = first_offer(cast, absence_id).fallen.mark
    copy = copy_version(cast[MANAGER], first_offer(cast, other).fallen.version.id)
    chosen = db.session.scalars(select(RotaVersion).where(RotaVersion.state == "chosen")).one()
    chosen.state = "superseded"
    db.session.flush()
    db.session.get_one(RotaVersion, copy).state = "chosen"
    db.session.commit()
    with pytest.raises(ChangedMeanwhile, match="published anew"):
        send_repair(cast[MANAGER], absence_id, [], mark)


def test_a_repair_that_breaks_a_rule_is_not_sent(cast: Cast, people) -> None:
    absence_id = ill(cast, people[0])
    line = scene.line_on(
        case_for(cast[MANAGER], absence_id).fallen.version, cast.elm_site, scene.cell_of(people[2])
    )
    mark = first_offer(cast, absence_id).fallen.mark
    report_sickness(cast[MANAGER], people[2].id, Away(AbsenceKind.SICKNESS, MONDAY, MONDAY))
    with pytest.raises(NoRepair):
        send_repair(cast[MANAGER], absence_id, [Wanted(scene.cell_of(people[2]), line.id)], mark)


def test_a_change_of_nothing_here_is_not_found(cast: Cast, people) -> None:
    absence_id = ill(cast, people[0])
    mark = first_offer(cast, absence_id).fallen.mark
    afternoon = scene.line_on(
        case_for(cast[MANAGER], absence_id).fallen.version,
        cast.elm_site,
        scene.cell_of(people[2], kind=SessionKind.AFTERNOON),
    )
    for wanted in (
        Wanted(scene.cell_of(people[0]), afternoon.id),
        Wanted(scene.cell_of(people[2]), afternoon.id),
        Wanted(scene.cell_of(people[2], MONDAY + timedelta(90)), None),
    ):
        with pytest.raises(NotFound):
            send_repair(cast[MANAGER], absence_id, [wanted], mark)


def test_where_nobody_can_help_what_stays_short_is_kept_with_it(cast: Cast, people) -> None:
    ill(cast, people[1]), ill(cast, people[2])
    absence_id = ill(cast, people[0])
    offer = first_offer(cast, absence_id)
    assert offer.covers_nothing
    assert send_first(cast, absence_id) == []
    case = case_for(cast[MANAGER], absence_id)
    assert case.state is CoverState.ACCEPTED
    assert case.cover
    assert "has 0 of at least 1" in case.cover.reason
    assert placed(cast) == set()


def test_whoever_is_ill_is_not_called_in_under_another_post(cast: Cast, people) -> None:
    people[1].engagement.person_id = people[2].engagement.person_id = people[0].engagement.person_id
    db.session.commit()
    absence_id = ill(cast, people[0])
    fallen = case_for(cast[MANAGER], absence_id).fallen
    assert {each.person for each in fallen.lost} == {str(people[0].id), str(people[1].id)}
    assert first_offer(cast, absence_id).covers_nothing
    with pytest.raises(NotFound):
        send_repair(cast[MANAGER], absence_id, [Wanted(scene.cell_of(people[2]), None)], fallen.mark)


def test_whoever_sends_may_be_ill_as_well(cast: Cast, people) -> None:
    manager = cast[MANAGER]
    people[1].engagement.person_id = manager.person_id
    db.session.commit()
    report_sickness(manager, people[1].id, Away(AbsenceKind.SICKNESS, MONDAY, MONDAY))
    absence_id = ill(cast, people[0])
    assert send_first(cast, absence_id) == [people[2].name]
    own = db.session.scalars(select(Absence).where(Absence.member_id == people[1].id)).one()
    assert find_cover(own.id).state is CoverState.ACCEPTED


def test_what_somebody_else_has_covered_is_not_begun_or_given_up_anew(cast: Cast, people) -> None:
    absence_id = ill(cast, people[0])
    send_first(cast, absence_id)
    for again in (begin_cover, lambda *asked: accept_uncovered(*asked, "Two others are there")):
        with pytest.raises(Refusal, match="has covered this already"):
            again(cast[MANAGER], absence_id)
    assert case_for(cast[MANAGER], absence_id).state is CoverState.COVERED


def test_the_draft_at_work_is_changed_alike(cast: Cast, people) -> None:
    absence_id = ill(cast, people[0])
    draft = copy_version(cast[MANAGER], case_for(cast[MANAGER], absence_id).fallen.version.id)
    send_first(cast, absence_id)
    rows = db.session.scalars(select(Assignment).where(Assignment.version_id == draft)).all()
    assert {row.member_id for row in rows} == {people[1].id, people[2].id}


def test_what_stays_uncovered_wants_a_reason(cast: Cast, people) -> None:
    absence_id = ill(cast, people[0])
    with pytest.raises(Refusal, match="Say why"):
        accept_uncovered(cast[MANAGER], absence_id, "  ")
    accept_uncovered(cast[MANAGER], absence_id, "Two others are there")
    assert case_for(cast[MANAGER], absence_id).state is CoverState.ACCEPTED
    begin_cover(cast[MANAGER], absence_id)
    assert case_for(cast[MANAGER], absence_id).state is CoverState.COVERING


def test_who_is_written_to_is_to_be_rung_ten_minutes_later(cast: Cast, people) -> None:
    people[2].engagement.person.phone = "01632 960001"
    send_first(cast, ill(cast, people[0]))
    assert [each.is_to_be_rung for each in board_for(cast[MANAGER], MONDAY).to_tell] == [False]
    with time_machine.travel(HALF_PAST_SEVEN + timedelta(minutes=12), tick=True):
        board = board_for(cast[MANAGER], MONDAY)
        assert board.to_ring == 1
        assert board.to_tell[0].notice.person.phone == "01632 960001"


def test_cover_is_for_those_who_publish_and_the_board_for_those_who_decide_on_leave(
    cast: Cast, people
) -> None:
    absence_id = ill(cast, people[0])
    for role in (Role.STAFF, Role.PRACTICE_MANAGER):
        with pytest.raises((NotAllowed, NotFound)):
            case_for(cast[role], absence_id)
    with pytest.raises(NotAllowed):
        board_for(cast[Role.STAFF], MONDAY)
    assert board_for(cast[Role.PRACTICE_MANAGER], MONDAY).people == 2


def test_no_repair_takes_anybody_off_what_is_over(cast: Cast) -> None:
    members = scene.make_scene(cast, doctors=2)
    version = scene.open_rota(cast)
    scene.put(version, members[0], cast.elm_site, cast[MANAGER])
    early = scene.line_on(
        version, cast.oak_site, scene.put(version, members[1], cast.oak_site, cast[MANAGER])
    )
    early.minimum = early.desired = 0
    morning = 0, SessionKind.MORNING
    (opening,) = (each for each in cast.oak_site.openings if (each.weekday, each.kind) == morning)
    opening.ends_at = time(9)
    scene.make_chosen(version)
    absence_id = ill(cast, members[0])
    assert offers_for(cast[MANAGER], absence_id)[1][1].people == [members[1].name]
    with time_machine.travel(datetime.combine(MONDAY, time(10), UTC)):
        case, offers = offers_for(cast[MANAGER], absence_id)
        assert case.fallen
        assert all(offer.covers_nothing for offer in offers)
        assert not case.fallen.gaps.are_none
