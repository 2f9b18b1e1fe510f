import uuid
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from network.organisations.rules import WeeklySession
from network.vocabulary import JobRole, SessionKind
from rota.learners.rules import (
    Apart,
    Done,
    LearnerDesign,
    falls_short,
    put_off,
    usual_end,
    windows_from,
    wrong_with_apart,
    wrong_with_done,
    wrong_with_learner,
)
from rota.programmes.rules import ProgrammeDesign, RequirementDesign, Setting, Window

MONDAY = date(2026, 12, 7)
YEAR = ProgrammeDesign("A year", JobRole.STUDENT_NURSE, 52, date(2026, 9, 1))
NINA = LearnerDesign(uuid.uuid4(), MONDAY, MONDAY + timedelta(days=363))
SITE = uuid.uuid4()

requirements = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 6), st.booleans()), min_size=1, max_size=5
).map(
    lambda drawn: [
        RequirementDesign(
            f"r{at}",
            f"R{at}",
            (Setting.HOSPITAL,),
            least,
            max(least, run),
            max(least, run),
            run,
            is_hard=is_hard,
            after=((f"r{at - 1}", 1),) if at else (),
        )
        for at, (least, run, is_hard) in enumerate(drawn)
    ]
)


def test_nonsense_about_a_learner_is_refused_in_a_sentence_beside_its_question() -> None:
    assert not wrong_with_learner(NINA, YEAR)
    for changed, programme, question in (
        ({"percent": 10}, YEAR, "percent"),
        ({"percent": 49}, YEAR, "percent"),
        ({"ends_on": MONDAY - timedelta(1)}, YEAR, "ends_on"),
        ({"ends_on": MONDAY + timedelta(weeks=400)}, YEAR, "ends_on"),
        ({"longest_minutes": 0}, YEAR, "longest_minutes"),
        ({}, replace(YEAR, has_fixed_base=True), "base_site_id"),
        ({"continuity": WeeklySession(0, SessionKind.MORNING)}, YEAR, "base_site_id"),
        ({"protected": (WeeklySession(6, SessionKind.MORNING),)}, YEAR, "protected"),
    ):
        wrong = wrong_with_learner(replace(NINA, **changed), programme)
        assert list(wrong) == [question]
        assert wrong[question].endswith(".")


def test_weeks_that_are_still_to_come_were_not_done_before() -> None:
    assert not wrong_with_done(Done(SITE, 6, MONDAY), MONDAY)
    assert "ended_on" in wrong_with_done(Done(SITE, 6, MONDAY + timedelta(1)), MONDAY)
    assert "weeks" in wrong_with_done(Done(SITE, 0, MONDAY), MONDAY)


def test_nobody_is_kept_apart_without_a_reason_from_themselves_or_from_two_at_once() -> None:
    own, other = uuid.uuid4(), uuid.uuid4()
    assert not wrong_with_apart(Apart("Married", other), own)
    assert "reason" in wrong_with_apart(Apart(" ", other), own)
    assert "member_id" in wrong_with_apart(Apart("Married", own), own)
    assert "member_id" in wrong_with_apart(Apart("Married", other, SITE), own)
    assert "member_id" in wrong_with_apart(Apart("Married"), own)


@given(st.integers(20, 100), st.integers(1, 156))
def test_the_usual_end_of_a_training_is_never_too_short_and_a_week_less_is(percent, weeks) -> None:
    programme = replace(YEAR, weeks=weeks)
    whole = replace(NINA, percent=percent, ends_on=usual_end(MONDAY, weeks, percent))
    assert not falls_short(whole, programme)
    assert falls_short(replace(whole, ends_on=whole.ends_on - timedelta(weeks=1)), programme) == 1


def test_windows_lie_where_the_learner_is_then_and_those_outside_the_plan_fall_away() -> None:
    windows = [Window("Review", 11, 12), Window("Last", 52, 52)]
    assert windows_from(windows, 0, 100, 52) == [("Review", 10, 11), ("Last", 51, 51)]
    assert windows_from(windows, -11, 100, 30) == [("Review", 0, 0)]
    assert windows_from(windows, 0, 50, 52) == [("Review", 20, 23)]


@given(requirements, st.integers(0, 60), st.integers(0, 60), st.integers(0, 20))
def test_what_is_put_off_fits_later_leaves_whole_runs_and_no_more_waits_than_must(
    asked, now, later, done
) -> None:
    known = {"r0": done}
    waits = put_off(asked, known, now, later)
    left = {each.key: max(0, each.least_weeks - known.get(each.key, 0)) for each in asked if each.is_hard}
    runs = {each.key: each.shortest_run for each in asked}
    assert sum(waits.values()) <= later
    assert all(0 < weeks <= left[key] for key, weeks in waits.items())
    if sum(left.values()) <= now:
        assert not waits
    over = sum(left.values()) - now
    # A part of a run cannot be done: so much more may wait, of one of them.
    assert sum(waits.values()) < max(over, 0) + max(runs.values()) or not waits


def test_what_comes_last_waits_first() -> None:
    first = RequirementDesign("first", "First", (Setting.HOSPITAL,), 26, 26, 26, 13)
    then = RequirementDesign("then", "Then", (Setting.HOSPITAL,), 26, 26, 26, 13, after=(("first", 13),))
    assert put_off([then, first], {}, 52, 52) == {}
    assert put_off([then, first], {}, 39, 52) == {"then": 13}
    assert put_off([then, first], {}, 31, 52) == {"then": 26}
    assert put_off([then, first], {"first": 13}, 26, 26) == {"then": 13}
