from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.vocabulary import Activity, FundingStream, JobRole, SessionKind
from rota.staff.queries import competencies, read_competencies
from rota.staff.rules import (
    Availability,
    CredentialKind,
    CredentialState,
    Pattern,
    PatternChoice,
    PatternSlot,
    Planning,
    availability_on,
    choice_on,
    credential_state,
    latest_by_kind,
    pattern_on,
    required_credentials,
    worked_sessions,
    wrong_with_credential,
    wrong_with_pattern,
    wrong_with_planning,
    wrong_with_split,
    wrong_with_supervision,
)

MONDAY = date(2026, 12, 7)
AM, PM = SessionKind.MORNING, SessionKind.AFTERNOON
AVAILABLE = PatternChoice(Availability.AVAILABLE)
TEACHING = PatternChoice(Availability.FIXED, Activity.TEACHING)


def every_other_monday(starts_on: date = MONDAY) -> Pattern:
    return Pattern(starts_on, 2, None, {PatternSlot(1, 0, AM): AVAILABLE, PatternSlot(2, 1, PM): TEACHING})


def test_a_pattern_repeats_after_its_cycle():
    pattern = every_other_monday()
    days = [MONDAY + timedelta(weeks=week) for week in range(4)]
    assert [availability_on(pattern, day, AM) for day in days] == [
        Availability.AVAILABLE,
        Availability.NEVER,
        Availability.AVAILABLE,
        Availability.NEVER,
    ]


def test_weeks_are_counted_from_the_monday_of_the_first_day():
    pattern = every_other_monday(MONDAY + timedelta(2))
    assert availability_on(pattern, MONDAY + timedelta(weeks=1), AM) is Availability.NEVER
    assert availability_on(pattern, MONDAY + timedelta(weeks=2), AM) is Availability.AVAILABLE


def test_a_fixed_activity_comes_with_its_name():
    tuesday = MONDAY + timedelta(weeks=1, days=1)
    assert choice_on(every_other_monday(), tuesday, PM) == TEACHING


def test_nothing_is_worked_without_a_pattern_or_outside_it():
    assert availability_on(None, MONDAY, AM) is Availability.NEVER
    assert availability_on(every_other_monday(), MONDAY - timedelta(14), AM) is Availability.NEVER


def test_the_pattern_that_began_last_holds():
    old = Pattern(MONDAY - timedelta(70))
    new = Pattern(MONDAY, ends_on=MONDAY + timedelta(6))
    assert pattern_on([new, old], MONDAY - timedelta(1)) is old
    assert pattern_on([old, new], MONDAY) is new
    assert pattern_on([old, new], MONDAY + timedelta(7)) is old


@given(st.integers(1, 8), st.integers(0, 3000))
def test_every_day_lies_in_a_week_of_the_cycle_and_comes_again(cycle, days):
    pattern, day = Pattern(MONDAY, cycle), MONDAY + timedelta(days)
    assert 1 <= pattern.week_of(day) <= cycle
    assert pattern.week_of(day) == pattern.week_of(day + timedelta(weeks=cycle))


@pytest.mark.parametrize(
    ("cycle", "slot", "choice", "said"),
    [
        (9, PatternSlot(1, 0, AM), AVAILABLE, "1 to 8 weeks"),
        (1, PatternSlot(2, 0, AM), AVAILABLE, "no week 2"),
        (1, PatternSlot(1, 0, SessionKind.SATURDAY_MORNING), AVAILABLE, "no Saturday AM session on a Monday"),
        (1, PatternSlot(1, 6, AM), AVAILABLE, "no AM session on a Sunday"),
        (
            1,
            PatternSlot(1, 0, AM),
            PatternChoice(Availability.FIXED),
            "Choose the fixed activity for week 1, Mon",
        ),
        (1, PatternSlot(1, 0, AM), PatternChoice(Availability.AVAILABLE, Activity.STUDY), "fixed activity"),
    ],
)
def test_a_pattern_that_cannot_be_is_refused(cycle, slot, choice, said):
    assert said in " ".join(wrong_with_pattern(cycle, {slot: choice}).values())


def test_sessions_a_week_are_averaged_over_the_cycle():
    never = PatternChoice(Availability.NEVER)
    choices = {
        PatternSlot(1, 0, AM): AVAILABLE,
        PatternSlot(2, 0, AM): TEACHING,
        PatternSlot(2, 0, PM): never,
    }
    assert worked_sessions(2, choices) == 1
    assert worked_sessions(1, {}) == 0


@pytest.mark.parametrize(
    ("days_left", "state"),
    [
        (61, CredentialState.VALID),
        (60, CredentialState.SOON),
        (31, CredentialState.SOON),
        (30, CredentialState.VERY_SOON),
        (8, CredentialState.VERY_SOON),
        (7, CredentialState.THIS_WEEK),
        (0, CredentialState.THIS_WEEK),
        (-1, CredentialState.EXPIRED),
    ],
)
def test_warnings_come_sixty_thirty_and_seven_days_ahead(days_left, state):
    assert credential_state(MONDAY + timedelta(days_left), MONDAY) is state


def test_what_has_no_last_day_stays_valid():
    assert credential_state(None, MONDAY) is CredentialState.VALID


def test_a_renewal_stands_for_what_it_renews():
    gmc = CredentialKind.GMC
    assert latest_by_kind([(gmc, MONDAY), (gmc, MONDAY + timedelta(365))]) == {gmc: MONDAY + timedelta(365)}
    assert latest_by_kind([(gmc, MONDAY), (gmc, None)]) == {gmc: None}


def test_each_profession_needs_its_register():
    assert CredentialKind.GMC in required_credentials(JobRole.GP)
    assert CredentialKind.SWE in required_credentials(JobRole.ASYE_SOCIAL_WORKER)
    assert required_credentials(JobRole.LINK_WORKER) == {CredentialKind.DBS}
    assert required_credentials(JobRole.PRACTICE_MANAGER) == frozenset()


def test_a_registration_must_say_when_it_runs_out():
    assert wrong_with_credential(CredentialKind.GMC, None, None) == "Enter the day on which it runs out."
    assert not wrong_with_credential(CredentialKind.DBS, MONDAY, None)
    assert "after the day of issue" in wrong_with_credential(
        CredentialKind.DBS, MONDAY, MONDAY - timedelta(1)
    )


def test_a_split_sums_to_a_hundred():
    core, tariff = FundingStream.CORE, FundingStream.TRAINING_TARIFF
    assert not wrong_with_split({core: 60, tariff: 40})
    assert wrong_with_split({core: 60, tariff: 30}) == "The shares must sum to 100%: they sum to 90%."
    assert "1% or more" in wrong_with_split({core: 100, tariff: 0})
    assert wrong_with_split({})


def test_only_learners_have_a_learners_numbers():
    planning = Planning(MONDAY, stage="ST2", supervision_minutes=60)
    assert not wrong_with_planning(planning, JobRole.GP_REGISTRAR)
    assert "a GP is not a learner" in wrong_with_planning(planning, JobRole.GP)


def test_minutes_and_days_of_planning_are_in_order():
    assert "0 or more" in wrong_with_planning(Planning(MONDAY, tolerance_minutes=-1), JobRole.GP)
    assert "after the first day" in wrong_with_planning(Planning(MONDAY, MONDAY - timedelta(1)), JobRole.GP)


def test_learners_are_supervised_by_others():
    assert not wrong_with_supervision(JobRole.GP, JobRole.GP_REGISTRAR, 60, 1)
    assert "is a learner" in wrong_with_supervision(JobRole.GP_REGISTRAR, JobRole.FOUNDATION_DOCTOR, 60, 1)
    assert "Choose a kind of learner" in wrong_with_supervision(JobRole.GP, JobRole.NURSE, 60, 1)
    assert "minutes a session" in wrong_with_supervision(JobRole.GP, JobRole.GP_REGISTRAR, 0, 1)
    assert "number of learners" in wrong_with_supervision(JobRole.GP, JobRole.GP_REGISTRAR, 60, 0)


def test_the_pack_of_competencies_is_whole():
    assert JobRole.PHARMACIST in competencies()["independent_prescribing"].roles


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("{code: Bad Code, label: L, held_by: [gp], source: S}", "small letters"),
        ("{code: one, label: L, held_by: [], source: S}", "needs a label, roles and a source"),
        ("{code: one, label: L, held_by: [wizard], source: S}", "wizard"),
    ],
)
def test_a_pack_that_is_not_whole_is_refused(entry, said):
    with pytest.raises(ValueError, match=said):
        read_competencies(f"- {entry}")


def test_a_competency_is_listed_once():
    with pytest.raises(ValueError, match="listed twice"):
        read_competencies("- {code: one, label: L, held_by: [gp], source: S}\n" * 2)
