from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from network.vocabulary import Discipline, JobRole
from rota.programmes.local.rules import chosen_here, chosen_in_requirement, key_of
from rota.programmes.rules import (
    ProgrammeDesign,
    RequirementDesign,
    Setting,
    Window,
    troubles_of,
    weeks_at,
    wrong_with_programme,
    wrong_with_requirement,
)

YEAR = ProgrammeDesign("A year", JobRole.STUDENT_NURSE, 52, date(2026, 9, 1), block_weeks=13)
WARD = RequirementDesign("ward", "Ward", (Setting.HOSPITAL,), 13, 26, 26, 13)
HOME = RequirementDesign("home", "Care home", (Setting.CARE_HOME,), 13, 26, 26, 13, after=(("ward", 13),))

few = st.integers(0, 30)


def test_nonsense_in_a_programme_is_refused_in_a_sentence_beside_its_question() -> None:
    assert not wrong_with_programme(YEAR)
    for changed, question in (
        ({"name": " "}, "name"),
        ({"role": JobRole.GP}, "role"),
        ({"weeks": 0}, "weeks"),
        ({"block_weeks": 53}, "block_weeks"),
        ({"block_weeks": 50, "weeks": 40}, "block_weeks"),
        ({"notice_weeks": 6, "rota_notice_weeks": 8}, "notice_weeks"),
        ({"intake_months": (13,)}, "intake_months"),
        ({"breadth": 1, "disciplines": (Discipline.NURSING, Discipline.PHARMACY)}, "breadth"),
        ({"windows": (Window("Review", 40, 53),)}, "windows"),
        ({"windows": (Window("Review", 4, 3),)}, "windows"),
        ({"windows": (Window("Review", 1, 2), Window("Review", 3, 4))}, "windows"),
        ({"least_percent": 101}, "least_percent"),
        ({"notes": "x" * 1001}, "notes"),
    ):
        wrong = wrong_with_programme(replace(YEAR, **changed))
        assert list(wrong) == [question]
        assert wrong[question].endswith(".")


def test_nonsense_in_a_requirement_is_refused_in_a_sentence_beside_its_question() -> None:
    assert not wrong_with_requirement(WARD)
    for changed, question in (
        ({"name": ""}, "name"),
        ({"key": "Ward!"}, "key"),
        ({"settings": ()}, "settings"),
        ({"most_weeks": 12}, "most_weeks"),
        ({"longest_run": 12}, "longest_run"),
        ({"shortest_run": 27, "longest_run": 30}, "shortest_run"),
        ({"after": (("ward", 2),)}, "after"),
        ({"after": (("home", 0),)}, "after"),
        ({"next_must_be": "ward"}, "next_must_be"),
    ):
        wrong = wrong_with_requirement(replace(WARD, **changed))
        assert list(wrong) == [question]
        assert wrong[question].endswith(".")


@given(few, few, few, few)
def test_weeks_that_no_runs_can_make_up_are_refused_and_all_others_are_not(least, most, low, high) -> None:
    requirement = replace(WARD, least_weeks=least, most_weeks=most, shortest_run=low, longest_run=high)
    sums = {0}
    for _ in range(most if low else 0):
        sums |= {total + run for total in sums for run in range(low, high + 1) if total + run <= most}
    fits = most >= 1 and 1 <= low <= high and any(max(least, 1) <= total <= most for total in sums)
    assert bool(wrong_with_requirement(requirement)) != fits


def test_a_programme_that_cannot_be_done_says_why() -> None:
    assert not troubles_of(replace(YEAR, weeks=39), [WARD, HOME])
    assert "Nothing is required" in troubles_of(YEAR, [])[0]
    for requirements, said in (
        ([replace(HOME, after=(("school", 1),))], "names school"),
        ([replace(WARD, after=(("home", 1),)), HOME], "Care home and Ward wait for each other"),
        ([WARD, replace(HOME, after=(("ward", 27),))], "wants 27 weeks of Ward first"),
        ([replace(WARD, least_weeks=53, most_weeks=53, longest_run=53)], "53 weeks are required"),
        ([WARD], "fill 26 of 52 weeks at most"),
    ):
        assert any(said in trouble for trouble in troubles_of(YEAR, requirements)), said


@given(st.integers(20, 100), st.integers(0, 312))
def test_whoever_trains_for_less_takes_as_many_weeks_as_full_time_comes_to(percent, weeks) -> None:
    longer = weeks_at(percent, weeks)
    assert longer * percent >= weeks * 100 > (longer - 1) * percent or weeks == longer == 0
    assert weeks_at(100, weeks) == weeks


def test_what_a_network_changes_is_marked_as_its_own_choice_and_nothing_else_is() -> None:
    given_by_others = replace(YEAR, source="A regulator", local_settings=frozenset({"breadth"}))
    changed = chosen_here(given_by_others, replace(given_by_others, weeks=48, notes="Ask us."))
    assert changed.local_settings == {"breadth", "weeks"}
    assert {"weeks", "block_weeks"} <= chosen_here(None, YEAR).local_settings
    assert not chosen_in_requirement(WARD, replace(WARD, is_local=True)).is_local
    assert chosen_in_requirement(WARD, replace(WARD, most_weeks=39)).is_local
    assert chosen_in_requirement(None, WARD).is_local


@given(st.text(max_size=60), st.sets(st.sampled_from(["ward", "ward_2", "requirement"])))
def test_a_short_name_is_one_that_others_can_use_and_is_free(name, taken) -> None:
    key = key_of(name, taken)
    assert key not in taken
    assert "key" not in wrong_with_requirement(replace(WARD, key=key))
