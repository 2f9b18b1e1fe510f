from dataclasses import fields
from datetime import timedelta

from rota.basis.rules import GENERAL, PEOPLE, Aspect, Changes, Leave, changes_between
from rota.basis.wording import CLINICS, MOST_DAYS, OTHERWISE, changes_said
from rota.solver.staff_rota import Person, Problem
from tests.makers import MONDAY

DAY = MONDAY.isoformat()
MARKS = {aspect.value: "same" for aspect in Aspect}
AMY = {"name": "Amy", "leave": [], **MARKS}
SAME = {"people": {"amy": AMY}, "cover": {}, "sites": {}, "rules": {}, "general": "same"}


def test_nothing_changes_where_all_is_the_same() -> None:
    assert changes_between(SAME, SAME) == Changes()
    assert changes_said(Changes(), {}) == (OTHERWISE,)


def test_leave_is_named_when_it_comes_and_when_it_goes() -> None:
    away = SAME | {"people": {"amy": AMY | {"leave": [[DAY, DAY, "AM", "PM"]]}}}
    leave = Leave(MONDAY, MONDAY, "AM", "PM")
    assert changes_between(SAME, away) == Changes(leave_new=(("Amy", leave),))
    assert changes_said(changes_between(away, SAME), {}) == (
        "Amy is not away on Monday 7 December any more.",
    )


def test_people_sites_and_rules_are_named() -> None:
    after = SAME | {
        "people": {"amy": AMY | {Aspect.PAPERS.value: "new"}, "bob": AMY | {"name": "Bob"}},
        "sites": {"ELM": "new"},
        "rules": {"R09": "new"},
    }
    assert changes_said(changes_between(SAME, after), {"ELM": "Elm Surgery"}) == (
        "Bob is planned now.",
        "Amy: registration, other credentials or inductions.",
        "Elm Surgery: its rooms, its name or the way there.",
        "Rule R09 Skill mix.",
    )


def test_cover_on_many_days_is_said_in_one_sentence() -> None:
    days = tuple(("ELM", MONDAY + timedelta(number)) for number in range(MOST_DAYS + 1))
    (said,) = changes_said(Changes(cover=days), {"ELM": "Elm Surgery"})
    assert said == "Cover wanted at Elm Surgery on 7 days from Monday 7 December to Sunday 13 December."


def test_clinics_are_named_unless_nobody_knew_of_them_before() -> None:
    old, new = SAME | {"clinics": "old"}, SAME | {"clinics": "new"}
    assert changes_said(changes_between(old, new), {}) == (CLINICS,)
    assert changes_between(SAME, new) == Changes()


def test_others_papers_become_a_general_remark() -> None:
    changes = Changes(people=(("Amy", Aspect.POST), ("Bob", Aspect.PAPERS)))
    assert changes.about({"Amy"}) == Changes(people=(("Amy", Aspect.POST),), general=True)


def test_every_fact_of_a_person_and_of_a_rota_belongs_to_something_that_can_be_named() -> None:
    elsewhere = {
        "key",
        "name",
        "discipline",
        "unavailable",
        "absent",
        "credits",
        "missed_education",
        "commitments",
    }
    named = [name for names in PEOPLE.values() for name in names]
    assert {each.name for each in fields(Person)} == {*named, *elsewhere}
    by_others = {"sessions", "sites", "people", "duties", "rules", "clinics"}
    by_others |= {"today", "pins", "published", "part"}
    assert {each.name for each in fields(Problem)} == {*GENERAL, *by_others}
