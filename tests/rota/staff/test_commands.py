from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import event

from network.access.rules import SYSTEM, Role
from network.plumbing.commands import command
from network.plumbing.database import db, enter_network, today
from network.plumbing.refusals import Invalid, NotAllowed, NotFound, Refusal
from network.vocabulary import Activity, FundingStream, JobRole, SessionKind
from rota.staff import commands, queries
from rota.staff.rules import Availability, CredentialKind, PatternChoice, PatternSlot, Planning
from tests import makers
from tests.cast import Cast

MONDAY = date(2026, 12, 7)
A_DAY = timedelta(1)
SLOT = PatternSlot(1, 0, SessionKind.MORNING)
CHOICES = {
    SLOT: PatternChoice(Availability.AVAILABLE),
    PatternSlot(1, 1, SessionKind.AFTERNOON): PatternChoice(Availability.FIXED, Activity.TEACHING),
}


@pytest.fixture
def manager(cast: Cast):
    return cast[Role.WORKFORCE_MANAGER]


@pytest.fixture
def planned(cast: Cast, manager):
    """A GP of Elm Surgery who is on the rota."""
    engagement = makers.make_engagement(cast.elm)
    return commands.add_member(manager, engagement.id, planning=Planning(MONDAY))


def member_of(viewer, member_id):
    return queries.get_member_for(viewer, member_id)


def test_a_post_is_planned_once(cast, manager):
    engagement = makers.make_engagement(cast.elm, makers.make_person("Twice"))
    commands.add_member(manager, engagement.id, planning=Planning(MONDAY, home_site_id=cast.elm_site.id))
    with pytest.raises(Refusal, match="Alex Twice is on the rota"):
        commands.add_member(manager, engagement.id, planning=Planning(MONDAY))


def test_a_home_site_is_one_of_the_network(cast, manager, planned):
    foreign = makers.make_site(makers.make_organisation(makers.make_network("Elsewhere")))
    with pytest.raises(NotFound):
        commands.change_member(manager, planned, Planning(MONDAY, home_site_id=foreign.id))


def test_planning_ends_and_goes_on_again(manager, planned):
    commands.end_planning(manager, planned, planned_until=MONDAY + 30 * A_DAY)
    assert queries.members_for_planning(MONDAY + 31 * A_DAY, MONDAY + 60 * A_DAY) == []
    commands.resume_planning(manager, planned)
    assert len(queries.members_for_planning(MONDAY + 31 * A_DAY, MONDAY + 60 * A_DAY)) == 1
    with pytest.raises(Invalid, match="on or after the first day"):
        commands.end_planning(manager, planned, planned_until=MONDAY - A_DAY)


def test_a_new_pattern_ends_the_one_before_on_the_eve(manager, planned):
    commands.set_working_pattern(manager, planned, CHOICES, starts_on=MONDAY)
    commands.set_working_pattern(manager, planned, {}, starts_on=MONDAY + 28 * A_DAY)
    commands.set_working_pattern(manager, planned, {}, starts_on=MONDAY + 14 * A_DAY)
    spans = [(p.starts_on - MONDAY, p.ends_on and p.ends_on - MONDAY) for p in patterns(manager, planned)]
    assert spans == [(0 * A_DAY, 13 * A_DAY), (14 * A_DAY, 27 * A_DAY), (28 * A_DAY, None)]


def test_a_pattern_from_the_same_day_is_replaced(manager, planned):
    commands.set_working_pattern(manager, planned, CHOICES, starts_on=MONDAY)
    commands.set_working_pattern(manager, planned, {SLOT: CHOICES[SLOT]}, starts_on=MONDAY)
    (pattern,) = patterns(manager, planned)
    assert pattern.value.choices == {SLOT: CHOICES[SLOT]}


def test_without_a_pattern_the_one_before_it_goes_on(manager, planned):
    commands.set_working_pattern(manager, planned, CHOICES, starts_on=MONDAY)
    later = commands.set_working_pattern(manager, planned, {}, starts_on=MONDAY + 14 * A_DAY)
    commands.remove_working_pattern(manager, planned, later)
    assert [p.ends_on for p in patterns(manager, planned)] == [None]


def test_a_pattern_that_cannot_be_is_refused(manager, planned):
    with pytest.raises(Invalid, match="1 to 8 weeks"):
        commands.set_working_pattern(manager, planned, CHOICES, starts_on=MONDAY, cycle_weeks=0)


def test_a_competency_is_signed_off_renewed_and_withdrawn(manager, planned):
    commands.sign_off_competency(manager, planned, "minor_surgery", signed_off_on=MONDAY - 700 * A_DAY)
    commands.sign_off_competency(manager, planned, "minor_surgery", signed_off_by="Dr Example")
    (held,) = member_of(manager, planned).competencies
    assert (held.signed_off_on, held.signed_off_by) == (today(), "Dr Example")
    commands.withdraw_competency(manager, planned, "minor_surgery")
    assert member_of(manager, planned).competencies == []


@pytest.mark.parametrize(
    ("code", "said"), [("juggling", "from the list"), ("sight_test", "Sight tests is not for a GP")]
)
def test_only_what_the_role_may_hold_is_signed_off(manager, planned, code, said):
    with pytest.raises(Invalid, match=said):
        commands.sign_off_competency(manager, planned, code)


def test_nothing_is_signed_off_ahead_of_time(cast, manager, planned):
    with pytest.raises(Invalid, match="not in the future"):
        commands.sign_off_competency(manager, planned, "diabetes", signed_off_on=today() + A_DAY)
    with pytest.raises(Invalid, match="not in the future"):
        commands.record_induction(manager, planned, cast.elm_site.id, inducted_on=today() + A_DAY)


def test_a_renewal_is_recorded_beside_the_old_credential(manager, planned):
    for year in (2026, 2027):
        commands.record_credential(manager, planned, CredentialKind.GMC, expires_on=date(year, 12, 31))
    with pytest.raises(Refusal, match="recorded already"):
        commands.record_credential(manager, planned, CredentialKind.GMC, expires_on=date(2027, 12, 31))
    old = member_of(manager, planned).credentials[0]
    commands.remove_credential(manager, planned, old.id)
    assert [c.expires_on for c in member_of(manager, planned).credentials] == [date(2027, 12, 31)]


def test_inductions_and_supervision_are_recorded_changed_and_taken_back(cast, manager, planned):
    commands.record_induction(manager, planned, cast.oak_site.id)
    commands.record_induction(manager, planned, cast.oak_site.id, inducted_on=MONDAY - 400 * A_DAY)
    commands.approve_supervision(manager, planned, JobRole.GP_REGISTRAR, minutes_per_session=60)
    commands.approve_supervision(
        manager, planned, JobRole.GP_REGISTRAR, minutes_per_session=90, most_learners=2
    )
    member = member_of(manager, planned)
    assert [i.site.code for i in member.inductions] == ["OAK"]
    assert [(s.minutes_per_session, s.most_learners) for s in member.supervises] == [(90, 2)]
    commands.remove_induction(manager, planned, cast.oak_site.id)
    commands.withdraw_supervision(manager, planned, JobRole.GP_REGISTRAR)
    member = member_of(manager, planned)
    assert (member.inductions, member.supervises) == ([], [])


def test_what_is_not_there_cannot_be_taken_back(cast, manager, planned):
    for attempt in (
        lambda: commands.withdraw_competency(manager, planned, "diabetes"),
        lambda: commands.remove_induction(manager, planned, cast.oak_site.id),
        lambda: commands.remove_working_pattern(manager, planned, planned),
        lambda: commands.remove_credential(manager, planned, planned),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_a_split_replaces_the_one_before_and_sums_to_a_hundred(manager, planned):
    core, tariff = FundingStream.CORE, FundingStream.TRAINING_TARIFF
    commands.split_funding(manager, planned, {core: 100})
    commands.split_funding(manager, planned, {core: 80, tariff: 20})
    assert {f.stream: f.percent for f in member_of(manager, planned).funding} == {core: 80, tariff: 20}
    with pytest.raises(Invalid, match="they sum to 80%"):
        commands.split_funding(manager, planned, {core: 80})


def test_a_practice_manager_edits_their_own_practice_alone(cast, manager, planned):
    mine = cast[Role.PRACTICE_MANAGER]
    commands.set_working_pattern(mine, planned, CHOICES, starts_on=MONDAY)
    other = commands.add_member(manager, makers.make_engagement(cast.oak).id, planning=Planning(MONDAY))
    assert [m.id for m in queries.members_for(mine, today())] == [planned]
    with pytest.raises(NotFound):
        commands.set_working_pattern(mine, other, CHOICES, starts_on=MONDAY)


def test_a_clinical_lead_signs_off_but_does_not_plan(cast, planned):
    lead = cast[Role.CLINICAL_LEAD]
    commands.sign_off_competency(lead, planned, "diabetes")
    commands.approve_supervision(lead, planned, JobRole.GP_REGISTRAR, minutes_per_session=60)
    with pytest.raises(NotAllowed):
        commands.set_working_pattern(lead, planned, CHOICES, starts_on=MONDAY)


def test_staff_see_themselves_and_edit_nothing(cast, manager, planned):
    person = member_of(manager, planned).engagement.person
    me = replace(cast[Role.STAFF], person_id=person.id)
    assert [m.id for m in queries.members_for(me, today())] == [planned]
    assert queries.members_for(cast[Role.STAFF], today()) == []
    with pytest.raises(NotAllowed):
        commands.sign_off_competency(me, planned, "diabetes")


def test_a_stranger_finds_nobody(cast, planned):
    enter_network(cast.stranger.network_id)
    assert queries.members_for(cast.stranger, today()) == []
    assert queries.members_for_planning(MONDAY, MONDAY) == []
    for attempt in (
        lambda: queries.get_member_for(cast.stranger, planned),
        lambda: commands.change_member(cast.stranger, planned, Planning(MONDAY)),
        lambda: commands.sign_off_competency(cast.stranger, planned, "diabetes"),
        lambda: commands.split_funding(cast.stranger, planned, {FundingStream.CORE: 100}),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_posts_wait_to_be_planned(cast, manager, planned):
    waiting = makers.make_engagement(cast.elm)
    found = [e.id for e in queries.engagements_not_planned_for(manager, today())]
    assert waiting.id in found
    assert member_of(manager, planned).engagement_id not in found
    assert queries.engagements_not_planned_for(cast[Role.STAFF], today()) == []


def test_members_are_found_by_role_and_home_site(cast, manager, planned):
    commands.change_member(manager, planned, Planning(MONDAY, home_site_id=cast.oak_site.id))
    assert queries.members_for(manager, today(), role=JobRole.NURSE) == []
    assert queries.members_for(manager, today(), role=JobRole.GP, site_id=cast.elm_site.id) == []
    assert len(queries.members_for(manager, today(), role=JobRole.GP, site_id=cast.oak_site.id)) == 1


def test_planning_reads_sixty_people_in_as_many_statements_as_two(cast):
    plan_some(SYSTEM, cast, 2)
    few = statements_to_plan()
    plan_some(SYSTEM, cast, 58)
    assert statements_to_plan() == few <= 10


@command
def plan_some(actor, cast, number):
    """Plan people within one transaction, as the demo and the workbook do."""
    for _ in range(number):
        engagement = makers.make_engagement(cast.elm)
        member = commands.add_member(actor, engagement.id, planning=Planning(MONDAY))
        commands.set_working_pattern(actor, member, CHOICES, starts_on=MONDAY)
        commands.sign_off_competency(actor, member, "diabetes")
        commands.record_credential(actor, member, CredentialKind.DBS)
        commands.record_induction(actor, member, cast.elm_site.id)
        commands.split_funding(actor, member, {FundingStream.CORE: 100})


def statements_to_plan() -> int:
    said: list[str] = []
    db.session.expire_all()

    def note(connection, cursor, statement, *rest) -> None:
        said.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    for member in queries.members_for_planning(MONDAY, MONDAY + 27 * A_DAY):
        parts = (
            member.competencies,
            member.credentials,
            member.inductions,
            member.funding,
            member.supervises,
        )
        assert [len(part) for part in parts] == [1, 1, 1, 1, 0]
        assert [len(pattern.value.choices) for pattern in member.patterns] == [2]
        assert all((member.name, member.engagement.employer.name, member.inductions[0].site.code))
    event.remove(db.engine, "before_cursor_execute", note)
    return len(said)


def patterns(viewer, member_id):
    return member_of(viewer, member_id).patterns
