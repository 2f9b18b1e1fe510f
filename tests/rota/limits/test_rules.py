import uuid
from datetime import date, timedelta

from network.vocabulary import JobRole, RoleGroup
from rota.limits.rules import Limit, Limits, Off, Post, breaches, full_days, group_of, wrong_with_limit

ELM, OAK = uuid.uuid4(), uuid.uuid4()
MONDAY = date(2026, 12, 7)
TUESDAY = MONDAY + timedelta(1)


def make_post(role: JobRole = JobRole.GP, employer: uuid.UUID = ELM, site: uuid.UUID | None = None) -> Post:
    return Post(uuid.uuid4(), employer, site, role)


def off(*posts: Post, day: date = MONDAY) -> list[Off]:
    return [Off(post, day) for post in posts]


def test_the_default_counts_each_group_at_each_employer_by_itself() -> None:
    limits = Limits(default=1)
    assert breaches(limits, off(make_post(), make_post(JobRole.NURSE), make_post(employer=OAK))) == ()
    [over] = breaches(limits, off(first := make_post(), second := make_post()))
    assert (over.day, over.limit.group, over.members) == (
        MONDAY,
        RoleGroup.GP,
        {first.member_id, second.member_id},
    )


def test_one_person_with_two_absences_on_a_day_is_counted_once() -> None:
    post = make_post()
    assert breaches(Limits(default=1), off(post, post)) == ()


def test_a_limit_that_was_set_takes_the_place_of_the_default() -> None:
    limits = Limits((Limit(2, RoleGroup.GP, ELM),), default=1)
    assert breaches(limits, off(make_post(), make_post())) == ()
    assert len(breaches(limits, off(make_post(), make_post(), make_post()))) == 1
    assert len(breaches(limits, off(make_post(employer=OAK), make_post(employer=OAK)))) == 1


def test_a_limit_of_a_site_and_one_of_the_employer_both_hold() -> None:
    site, other = uuid.uuid4(), uuid.uuid4()
    limits = Limits((Limit(1, RoleGroup.GP, ELM, site), Limit(2, RoleGroup.GP, ELM)))
    assert breaches(limits, off(make_post(site=site), make_post(site=other))) == ()
    both = breaches(limits, off(make_post(site=site), make_post(site=site), make_post(site=other)))
    assert {over.limit.most for over in both} == {1, 2}


def test_learners_are_counted_with_learners_of_their_kind() -> None:
    assert group_of(JobRole.GP_REGISTRAR) is JobRole.GP_REGISTRAR
    assert group_of(JobRole.PRACTICE_MANAGER) is JobRole.PRACTICE_MANAGER
    assert breaches(Limits(default=1), off(make_post(), make_post(JobRole.GP_REGISTRAR))) == ()


def test_without_limits_nothing_is_broken() -> None:
    assert breaches(Limits(), off(*(make_post() for _ in range(9)))) == ()


def test_a_day_is_full_when_the_most_are_away_already() -> None:
    one, two, asker = make_post(), make_post(), make_post()
    absences = [*off(one, two), *off(one, day=TUESDAY)]
    full = full_days(Limits(default=2), asker, absences, [MONDAY, TUESDAY])
    assert {day: len(who) for day, (_, who) in full.items()} == {MONDAY: 2}
    assert full_days(Limits(default=2), one, absences, [MONDAY]) == {}


def test_where_nobody_may_be_away_every_day_is_full() -> None:
    assert list(full_days(Limits(default=0), make_post(), [], [MONDAY])) == [MONDAY]


def test_the_twins_agree() -> None:
    # Whoever asks for a full day breaks the limit, and who asks for another day does not.
    posts = [make_post() for _ in range(4)]
    for number in range(4):
        granted, asker = off(*posts[:number]), posts[3]
        is_full = MONDAY in full_days(Limits(default=2), asker, granted, [MONDAY])
        assert is_full == bool(breaches(Limits(default=2), [*granted, *off(asker)]))


def test_the_twins_agree_where_one_site_has_a_limit_of_its_own() -> None:
    site = uuid.uuid4()
    limits = Limits((Limit(3, RoleGroup.GP, ELM, site),), default=1)
    granted, asker = off(make_post(site=site), make_post(site=site)), make_post()
    assert full_days(limits, asker, granted, [MONDAY]) == {}
    assert breaches(limits, [*granted, *off(asker)]) == ()


def test_a_limit_needs_a_group_and_a_number() -> None:
    assert "group" in wrong_with_limit(None, 1)
    assert "0 to 99" in wrong_with_limit(RoleGroup.GP, None)
    assert "0 to 99" in wrong_with_limit(RoleGroup.GP, 100)
    assert wrong_with_limit(RoleGroup.GP, 0) == ""
