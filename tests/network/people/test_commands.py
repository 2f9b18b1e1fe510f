from dataclasses import replace
from datetime import date, timedelta

import pytest

from network.access.rules import Role
from network.organisations import commands as organisations
from network.people import commands, queries
from network.people.rules import Details, Terms
from network.plumbing.database import today
from network.plumbing.refusals import Invalid, NotAllowed, NotFound, Refusal
from network.vocabulary import ContractType, JobRole
from tests import makers
from tests.cast import Cast

AMY = Details("Amy", "Sample", email="amy@example.org")


@pytest.fixture
def manager(cast: Cast):
    return cast[Role.WORKFORCE_MANAGER]


@pytest.fixture
def terms(cast: Cast) -> Terms:
    return Terms(cast.elm.id, JobRole.NURSE, ContractType.SALARIED, 1500, 250, date(2026, 1, 5))


def test_somebody_new_comes_with_a_post(manager, terms):
    added = commands.add_person(manager, AMY, terms)
    person = queries.get_person_for(manager, added.person_id)
    assert person.name == "Amy Sample"
    assert [(e.role, e.weekly_minutes, e.wte) for e in person.engagements] == [(JobRole.NURSE, 1500, 67)]


def test_one_person_can_hold_several_posts(cast, manager, terms):
    added = commands.add_person(manager, AMY, terms)
    commands.engage_person(manager, added.person_id, replace(terms, employer_id=cast.oak.id))
    person = queries.get_person_for(manager, added.person_id)
    assert {e.employer.name for e in person.engagements} == {"Elm Surgery", "Oak Surgery"}


def test_an_address_belongs_to_one_person(manager, terms):
    commands.add_person(manager, AMY, terms)
    with pytest.raises(Refusal, match="has this email address already"):
        commands.add_person(manager, replace(AMY, given_name="Ann", email="AMY@example.org"), terms)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"session_minutes": 10}, "session length"),
        ({"weekly_minutes": 9000}, "no more than 60 hours"),
        ({"ends_on": date(2025, 1, 1)}, "on or after the first day"),
    ],
)
def test_terms_that_cannot_be_are_refused(manager, terms, change, said):
    with pytest.raises(Invalid, match=said):
        commands.add_person(manager, AMY, replace(terms, **change))


def test_nobody_is_born_tomorrow(manager, terms):
    with pytest.raises(Invalid, match="in the past"):
        commands.add_person(manager, replace(AMY, born_on=today() + timedelta(1)), terms)


def test_a_post_changes_but_keeps_its_employer(cast, manager, terms):
    added = commands.add_person(manager, AMY, terms)
    commands.change_engagement(manager, added.engagement_id, replace(terms, weekly_minutes=2000))
    assert queries.get_engagement_for(manager, added.engagement_id).weekly_minutes == 2000
    with pytest.raises(Invalid, match="End this post"):
        commands.change_engagement(manager, added.engagement_id, replace(terms, employer_id=cast.oak.id))


def test_an_end_can_be_taken_back(manager, terms):
    added = commands.add_person(manager, AMY, terms)
    commands.end_engagement(manager, added.engagement_id, ends_on=date(2026, 6, 30))
    assert queries.get_engagement_for(manager, added.engagement_id).ends_on == date(2026, 6, 30)
    commands.resume_engagement(manager, added.engagement_id)
    assert queries.get_engagement_for(manager, added.engagement_id).ends_on is None


def test_search_finds_parts_of_the_whole_name(manager, terms):
    commands.add_person(manager, AMY, terms)
    assert [p.name for p in queries.people_for(manager, "my sam")] == ["Amy Sample"]
    assert queries.people_for(manager, "100%") == []


def test_a_practice_manager_sees_and_engages_for_their_own_practice(cast: Cast, terms):
    manager = cast[Role.PRACTICE_MANAGER]
    added = commands.add_person(manager, AMY, terms)
    assert [p.id for p in queries.people_for(manager)] == [added.person_id]
    with pytest.raises(NotAllowed):
        commands.engage_person(manager, added.person_id, replace(terms, employer_id=cast.oak.id))


def test_a_practice_manager_does_not_see_the_posts_of_others(cast: Cast, manager, terms):
    added = commands.add_person(manager, AMY, replace(terms, employer_id=cast.oak.id))
    mine = cast[Role.PRACTICE_MANAGER]
    assert queries.people_for(mine) == []
    for attempt in (
        lambda: queries.get_person_for(mine, added.person_id),
        lambda: commands.change_person(mine, added.person_id, AMY),
        lambda: commands.end_engagement(mine, added.engagement_id, ends_on=today()),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_a_shared_person_shows_a_practice_manager_only_the_post_of_their_practice(cast, manager, terms):
    added = commands.add_person(manager, AMY, terms)
    commands.engage_person(manager, added.person_id, replace(terms, employer_id=cast.oak.id))
    person = queries.get_person_for(cast[Role.PRACTICE_MANAGER], added.person_id)
    assert [e.employer.name for e in person.engagements] == ["Elm Surgery"]


def test_staff_see_themselves_and_may_not_edit(cast: Cast, manager, terms):
    staff = cast[Role.STAFF]
    commands.add_person(manager, AMY, terms)
    mine = commands.add_person(manager, replace(AMY, email=""), terms)
    me = replace(staff, person_id=mine.person_id)
    assert [p.id for p in queries.people_for(me)] == [mine.person_id]
    with pytest.raises(NotAllowed):
        commands.change_person(me, mine.person_id, AMY)


def test_a_stranger_finds_nobody(cast: Cast, manager, terms):
    added = commands.add_person(manager, AMY, terms)
    assert queries.people_for(cast.stranger) == []
    for attempt in (
        lambda: queries.get_person_for(cast.stranger, added.person_id),
        lambda: commands.add_person(cast.stranger, AMY, terms),
        lambda: commands.engage_person(cast.stranger, added.person_id, terms),
        lambda: commands.change_engagement(cast.stranger, added.engagement_id, terms),
        lambda: commands.resume_engagement(cast.stranger, added.engagement_id),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_whom_an_employer_takes_on_after_it_left_is_not_known_here(cast, manager, terms):
    known = commands.add_person(manager, AMY, replace(terms, employer_id=cast.oak.id))
    organisations.leave_network(cast[Role.ADMINISTRATOR], cast.oak.id)
    later = makers.make_engagement(cast.oak)
    later.starts_on = today()
    assert queries.get_person_for(manager, known.person_id).name == "Amy Sample"
    with pytest.raises(NotFound):
        queries.get_person_for(manager, later.person_id)
    with pytest.raises(Invalid, match="belongs to the network"):
        commands.engage_person(manager, known.person_id, replace(terms, employer_id=cast.oak.id))
