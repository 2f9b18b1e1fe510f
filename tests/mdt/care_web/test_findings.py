"""What the care web says is exactly what the data shows: no gap is made up, and none is left out."""

from datetime import date, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from mdt.care_web.rules import SHARED, SOON, FindingKind, findings, week_of
from mdt.care_web.wording import days_said, finding_said
from mdt.involvements.rules import VISITS, Coming, PartOfDay, Purpose, Rhythm, Tie, TieKind, Visit
from mdt.involvements.wording import often_said

TODAY = date(2026, 12, 7)
F, K = FindingKind, TieKind
UNPAID = {K.FAMILY, K.FRIEND, K.NEIGHBOUR, K.CARER}

comings = st.builds(
    Coming,
    st.sampled_from(Rhythm),
    st.frozensets(st.sampled_from(sorted(VISITS.values())), max_size=5),
    st.sampled_from([None, 2, 6]),
    st.sampled_from([None, TODAY - timedelta(days=9), TODAY + timedelta(days=9)]),
    st.sampled_from([None, TODAY + timedelta(days=5), TODAY + timedelta(days=99)]),
)


@st.composite
def teams(draw: st.DrawFn) -> list[Tie]:
    """Draw who is around somebody: each with a name of their own, so that sentences can be told apart."""
    drawn = draw(
        st.lists(
            st.tuples(
                st.sampled_from(TieKind),
                st.frozensets(st.sampled_from(Purpose), max_size=2),
                comings,
                st.sampled_from([None, True, False]),
            ),
            max_size=6,
        )
    )
    return [
        Tie(str(place), kind, f"Tie{place}", tuple(sorted(purposes)), coming=coming, is_valued=valued)
        for place, (kind, purposes, coming, valued) in enumerate(drawn)
    ]


def weekly(tie: Tie) -> bool:
    began = tie.coming.since is None or tie.coming.since <= TODAY
    return began and tie.coming.rhythm in {Rhythm.WEEKLY, Rhythm.EVERY_WEEKS} and bool(tie.coming.visits)


def comes_on(tie: Tie, day: int) -> bool:
    return any(visit.weekday == day for visit in tie.coming.visits)


def of_kind(ties: list[Tie], kind: FindingKind) -> list:
    return [finding for finding in findings(ties, TODAY) if finding.kind is kind]


@given(teams())
def test_nobody_is_said_to_come_on_exactly_the_days_on_which_no_weekly_visit_is_known(ties) -> None:
    there = [tie for tie in ties if weekly(tie) and tie.coming.rhythm is Rhythm.WEEKLY]
    empty = tuple(day for day in range(7) if not any(comes_on(tie, day) for tie in there))
    said = [finding.weekdays for finding in of_kind(ties, F.NOBODY)]
    assert said == ([empty] if there and empty else [])


@given(teams())
def test_every_day_on_which_three_who_are_paid_come_is_told_once(ties) -> None:
    told = of_kind(ties, F.MANY) + of_kind(ties, F.SAME_TIME)
    for day in range(7):
        names = {tie.name for tie in ties if weekly(tie) and tie.kind not in UNPAID and comes_on(tie, day)}
        every_day = {tie.name for tie in ties if tie.coming.is_every_day}
        found = [finding for finding in told if finding.weekdays == (day,) and {*finding.names} == names]
        if len(names) >= 3 and not names & every_day:
            assert found
        assert all({*finding.names} <= names for finding in told if finding.weekdays == (day,))
    assert len(told) == len({(finding.names, finding.weekdays, finding.part) for finding in told})


@given(teams())
def test_two_at_one_time_are_told_where_and_only_where_they_meet(ties) -> None:
    paid = [tie for tie in ties if weekly(tie) and tie.kind not in UNPAID and not tie.coming.is_every_day]
    meet = {
        visit for one, other in combinations(paid, 2) for visit in one.coming.visits & other.coming.visits
    }
    assert {Visit(each.weekdays[0], each.part) for each in of_kind(ties, F.SAME_TIME)} == meet


@given(teams())
def test_two_for_one_purpose_are_told_where_and_only_where_there_are_two(ties) -> None:
    paid = [tie for tie in ties if tie.kind not in UNPAID]
    twice = {
        purpose
        for one, other in combinations(paid, 2)
        for purpose in {*one.purposes} & {*other.purposes}
        if purpose not in SHARED
    }
    assert {finding.purpose for finding in of_kind(ties, F.SAME_PURPOSE)} == twice


@given(teams())
def test_who_is_valued_who_is_unpaid_who_ends_and_who_is_not_known(ties) -> None:
    assert bool(of_kind(ties, F.NOT_ASKED)) == (bool(ties) and all(tie.is_valued is None for tie in ties))
    asked = any(tie.is_valued is not None for tie in ties)
    assert bool(of_kind(ties, F.NONE_VALUED)) == (asked and not any(tie.is_valued for tie in ties))
    assert bool(of_kind(ties, F.ALL_PAID)) == (bool(ties) and not {tie.kind for tie in ties} & UNPAID)
    ending = {
        tie.name
        for tie in ties
        if tie.coming.until and tie.coming.until <= TODAY + SOON and tie.coming.rhythm is not Rhythm.ONCE
    }
    assert {finding.names[0] for finding in of_kind(ties, F.ENDS)} == ending
    unknown = [tie.name for tie in ties if tie.coming.rhythm is Rhythm.NOT_KNOWN]
    assert [name for finding in of_kind(ties, F.NOT_KNOWN) for name in finding.names] == unknown


@given(teams())
def test_the_week_names_every_visit_and_no_other_and_every_finding_is_a_sentence(ties) -> None:
    week = week_of(ties, TODAY)
    assert len(week) == 28
    shown = {(visit, tie.name) for visit, there in week.items() for tie in there}
    assert shown == {(visit, tie.name) for tie in ties if weekly(tie) for visit in tie.coming.visits}
    for finding in findings(ties, TODAY):
        said = finding_said(finding)
        assert said.endswith(".")
        assert said[0].isupper()
        assert all(name in said for name in finding.names)


def test_the_sentences_read_as_they_are_said() -> None:
    tuesday = Coming(Rhythm.WEEKLY, frozenset({Visit(1, PartOfDay.MORNING)}))
    later = Coming(Rhythm.WEEKLY, frozenset({Visit(1, PartOfDay.AFTERNOON)}))
    ties = [
        Tie("1", K.SERVICE, "Oak Care", (Purpose.NURSING,), coming=tuesday, is_valued=False),
        Tie("2", K.SERVICE, "Elm Nurses", (Purpose.NURSING,), coming=later),
        Tie("3", K.GROUP, "Lunch club", coming=later),
    ]
    assert [finding_said(finding) for finding in findings(ties, TODAY)] == [
        "Three services come on Tuesday: Oak Care, Elm Nurses and Lunch club.",
        "Two services come on Tuesday afternoon: Elm Nurses and Lunch club.",
        "Two services for the same purpose, nursing and wounds: Oak Care and Elm Nurses.",
        "Nobody comes on Monday, Wednesday, Thursday or Friday or at the weekend.",
        "Nobody the person values is involved.",
        "Everybody around the person is there as part of their work.",
    ]
    assert days_said((5, 6)) == "at the weekend"
    assert days_said(range(7)) == "on any day of the week"
    assert days_said((0, 6)) == "on Monday or Sunday"


def test_how_often_somebody_comes_is_said_in_days_that_follow_each_other() -> None:
    evenings = frozenset(Visit(day, PartOfDay.EVENING) for day in range(5))
    assert often_said(Coming(Rhythm.WEEKLY, evenings)) == "Monday to Friday evening"
    assert often_said(Coming(Rhythm.WEEKLY, frozenset(VISITS.values()))).startswith("Every day, morning, aft")
    two = frozenset({Visit(1, PartOfDay.MORNING), Visit(1, PartOfDay.EVENING), Visit(6, PartOfDay.NIGHT)})
    said = often_said(Coming(Rhythm.EVERY_WEEKS, two, 6))
    assert said == "Every 6 weeks: Tuesday morning and evening; Sunday night"
    assert often_said(Coming(Rhythm.ONCE, until=TODAY)) == "On 7 December 2026"
    assert often_said(Coming()) == "How often is not known"
