import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest

from network.vocabulary import Activity, Discipline, JobRole, SessionKind
from rota.hosts.planning.rules import Guide, Supervising, minutes_needed
from rota.hosts.rules import (
    Approved,
    Limit,
    Terms,
    Welcome,
    is_approved_in,
    places_in,
    stretches,
    wrong_with_approval,
    wrong_with_limit,
    wrong_with_terms,
    wrong_with_welcome,
    wrong_with_withdrawal,
)
from rota.leave.rules import AbsenceKind, Away, Working
from rota.programmes.rules import Setting
from rota.staff.rules import Availability, Pattern, PatternChoice, PatternSlot

MONDAY = date(2026, 12, 7)
WEEK = timedelta(weeks=1)
GP = uuid.uuid4()
TERMS = Terms("Registrar post", Discipline.GENERAL_PRACTICE, (GP,), (Setting.GP_PRACTICE,), MONDAY, most=2)


@pytest.mark.parametrize(
    ("name", "terms"),
    [
        ("name", replace(TERMS, name=" ")),
        ("name", replace(TERMS, name="x" * 81)),
        ("notes", replace(TERMS, notes="x" * 301)),
        ("programmes", replace(TERMS, programmes=())),
        ("settings", replace(TERMS, settings=())),
        ("closes_on", replace(TERMS, closes_on=MONDAY - WEEK)),
        ("most", replace(TERMS, most=0)),
        ("most", replace(TERMS, most=51)),
        ("least", replace(TERMS, least=3)),
        ("floor", replace(TERMS, floor=-1)),
        ("minutes", replace(TERMS, minutes=2401)),
    ],
)
def test_nonsense_in_an_offer_is_told_beside_its_question(name: str, terms: Terms) -> None:
    assert list(wrong_with_terms(terms)) == [name]


def test_an_offer_that_makes_sense_is_taken() -> None:
    assert not wrong_with_terms(TERMS)
    assert not wrong_with_terms(replace(TERMS, closes_on=MONDAY, least=2, floor=2, minutes=0))


def test_a_host_needs_an_address_that_can_be_written_to() -> None:
    assert not wrong_with_welcome(Welcome())
    assert not wrong_with_welcome(Welcome(lead_email="lead@example.org"))
    assert list(wrong_with_welcome(Welcome(lead_email="lead at example"))) == ["lead_email"]
    assert list(wrong_with_welcome(Welcome(parking="x" * 301))) == ["parking"]


def test_limits_and_approvals_end_after_they_begin() -> None:
    assert "ends_on" in wrong_with_limit(Limit(MONDAY, MONDAY - WEEK, 0, 1))
    assert "least" in wrong_with_limit(Limit(MONDAY, None, 2, 1))
    assert "most" in wrong_with_limit(Limit(MONDAY, None, 0, 51))
    assert not wrong_with_limit(Limit(MONDAY, None, 0, 0))
    assert "ends_on" in wrong_with_approval(Approved(GP, "School", MONDAY, MONDAY - WEEK))
    assert "regulator" in wrong_with_approval(Approved(GP, " ", MONDAY))
    assert not wrong_with_approval(Approved(GP, "School", MONDAY))


def test_a_withdrawal_says_why_and_from_a_day_on_which_the_offer_is_open() -> None:
    assert "why" in wrong_with_withdrawal(TERMS, MONDAY, " ")
    assert "why" in wrong_with_withdrawal(TERMS, MONDAY, "x" * 501)
    assert "leaves_on" in wrong_with_withdrawal(replace(TERMS, closes_on=MONDAY), MONDAY + WEEK, "Ill")
    assert not wrong_with_withdrawal(TERMS, MONDAY, "Their supervisor left")


def test_no_place_is_open_before_an_offer_opens_after_it_closes_or_once_it_is_withdrawn() -> None:
    closing = replace(TERMS, closes_on=MONDAY + 2 * WEEK - timedelta(3))

    def most(week: int, withdrawn_from: date | None = None) -> int:
        return places_in(closing, (), withdrawn_from, MONDAY + week * WEEK)[1]

    assert [most(week) for week in (-1, 0, 1, 2)] == [0, 2, 2, 0]
    # A week with a single day beyond is no whole week any more.
    assert most(0, MONDAY + timedelta(4)) == 0
    assert most(0, MONDAY + WEEK) == 2


def test_of_several_limits_the_one_that_began_last_counts_for_everybody_or_for_its_stage() -> None:
    summer = Limit(MONDAY + WEEK, MONDAY + 2 * WEEK - timedelta(1), 0, 0)
    always = Limit(MONDAY, None, 1, 4)
    first_years = Limit(MONDAY, None, 0, 1, stage="ST1")
    limits = (summer, always, first_years)
    assert [places_in(TERMS, limits, None, MONDAY + week * WEEK) for week in (0, 1, 2)] == [
        (1, 4),
        (0, 0),
        (1, 4),
    ]
    assert places_in(TERMS, limits, None, MONDAY, "ST1") == (0, 1)
    # The least of a week that is cut short fits the most.
    assert places_in(
        TERMS, (Limit(MONDAY + timedelta(2), None, 0, 1), replace(always, least=3)), None, MONDAY
    ) == (1, 1)


def test_a_week_is_approved_when_every_workday_is_by_one_approval_or_by_two_after_each_other() -> None:
    first = Approved(GP, "School", MONDAY, MONDAY + timedelta(2))
    second = Approved(GP, "School", MONDAY + timedelta(3))
    assert is_approved_in((first, second), GP, MONDAY)
    assert not is_approved_in((first,), GP, MONDAY)
    assert not is_approved_in((first, second), uuid.uuid4(), MONDAY)


def test_runs_of_weeks_are_given_by_their_first_and_last() -> None:
    assert stretches([True, True, False, True]) == [(0, 1), (3, 3)]
    assert stretches([False]) == []


def supervising(
    absences: tuple[Away, ...] = (), sessions: int = 10, guides: tuple[Guide, ...] = ()
) -> Supervising:
    """Somebody who works every morning, teaches every afternoon, and is asked for evenings."""
    choices = {}
    for weekday in range(5):
        choices[PatternSlot(1, weekday, SessionKind.MORNING)] = PatternChoice(Availability.AVAILABLE)
        choices[PatternSlot(1, weekday, SessionKind.EVENING)] = PatternChoice(Availability.AVAILABLE)
        choices[PatternSlot(1, weekday, SessionKind.AFTERNOON)] = PatternChoice(
            Availability.FIXED, Activity.TEACHING
        )
    working = Working(MONDAY - 52 * WEEK, date.max, (Pattern(MONDAY - 52 * WEEK, choices=choices),))
    return Supervising(
        guides or (Guide(JobRole.GP_REGISTRAR, 60, MONDAY - WEEK),), working, absences, sessions
    )


def test_a_supervisor_gives_the_minutes_of_the_approval_in_each_session_worked() -> None:
    assert supervising().minutes_in(MONDAY) == 5 * 60
    assert supervising().minutes_in(MONDAY, {JobRole.STUDENT_NURSE}) == 0
    # Before the approval, and beyond what the contract has.
    assert supervising().minutes_in(MONDAY - 2 * WEEK) == 0
    assert supervising(sessions=3).minutes_in(MONDAY) == 3 * 60


def test_leave_takes_a_supervisors_minutes_and_a_whole_week_of_it_takes_the_supervisor() -> None:
    two_days = Away(AbsenceKind.ANNUAL, MONDAY, MONDAY + timedelta(1))
    week = Away(AbsenceKind.SICKNESS, MONDAY, MONDAY + timedelta(6))
    assert supervising((two_days,)).minutes_in(MONDAY) == 3 * 60
    assert not supervising((two_days,)).is_away_in(MONDAY)
    assert supervising((week,)).minutes_in(MONDAY) == 0
    assert supervising((week,)).is_away_in(MONDAY)
    assert not supervising((week,)).is_away_in(MONDAY + WEEK)


def test_an_approval_that_ends_in_mid_week_gives_no_minutes_after_that() -> None:
    guide = Guide(JobRole.GP_REGISTRAR, 60, MONDAY, MONDAY + timedelta(1))
    assert supervising(guides=(guide,)).minutes_in(MONDAY) == 2 * 60


def test_a_learner_takes_the_minutes_of_a_session_in_each_clinical_session_begun() -> None:
    assert minutes_needed(60, 28 * 60, 240) == 7 * 60
    assert minutes_needed(60, 28 * 60 + 1, 240) == 8 * 60
    assert minutes_needed(None, 28 * 60, 240) == 0
