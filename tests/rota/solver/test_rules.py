"""Rules in a manager's words: what each lets through, what it stops, and the sentence it gives."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from rota.solver.staff_rota import (
    CATALOGUE,
    Commitment,
    Credential,
    Learner,
    Supervision,
    breaches,
    costs,
    shortfalls,
)
from rota.solver.staff_rota.rules.kinds import hours_said
from tests.rota.solver.makers import (
    MONDAY,
    make_duty,
    make_person,
    make_problem,
    make_rule,
    make_sessions,
    plan_of,
)
from tests.rota.solver.tiny import CODES
from tests.rota.solver.tiny_clinics import CLINIC_CODES

AM, PM = make_sessions(1)


def sentences(people, duties, plan, *rules, sessions=(AM, PM), **given):
    problem = make_problem(people, duties, sessions, *rules, **given)
    return [breach.said for breach in breaches(problem, plan)]


def told(people, duties, plan, *rules, sessions=(AM, PM), **given):
    problem = make_problem(people, duties, sessions, *rules, **given)
    return [(cost.tier, cost.amount, cost.said) for cost in costs(problem, plan)]


def test_the_catalogue_has_every_rule_of_the_first_slice_with_its_words_and_source():
    assert [card.code for card in CATALOGUE] == CODES + CLINIC_CODES
    for card in CATALOGUE:
        assert card.words.endswith("."), card.code
        assert card.source, card.code
        assert set(card.parameters) == set(card.parameter_words), card.code


def test_nobody_is_in_two_places_in_one_session():
    duties = [make_duty(0, AM), make_duty(1, AM, site="OAK")]
    said = sentences([make_person("amy")], duties, plan_of(("amy", 0), ("amy", 1)), make_rule("R01"))
    assert said == ["Amy Example would be in more than one place on Mon 1 Mar AM."]


def test_a_duty_that_runs_into_the_next_session_keeps_its_holder_busy():
    duties = [make_duty(0, AM, ends=datetime(2027, 3, 1, 15)), make_duty(1, PM)]
    said = sentences([make_person("amy")], duties, plan_of(("amy", 0), ("amy", 1)), make_rule("R01"))
    assert said == ["Amy Example would be in two places at 14:00 on Mon 1 Mar PM."]


def test_kept_time_is_not_given_away():
    meeting = Commitment(0, "a team meeting", datetime(2027, 3, 1, 12), datetime(2027, 3, 1, 13))
    amy = make_person("amy", commitments=(meeting,))
    said = sentences([amy], [make_duty(0, AM)], plan_of(("amy", 0)), make_rule("R01"))
    assert said == ["Amy Example is kept for a team meeting on Mon 1 Mar AM."]


def test_leave_is_kept_and_its_reason_is_not_for_peers():
    amy = make_person("amy", unavailable={0: "annual leave"})
    problem = make_problem([amy], [make_duty(0, AM)], (AM, PM), make_rule("R02"))
    [breach] = breaches(problem, plan_of(("amy", 0)))
    assert breach.said == "Amy Example is unavailable on Mon 1 Mar AM: annual leave."
    assert breach.said_to_peers == "Amy Example is not available."


def test_a_registration_is_good_on_its_last_day_and_not_after():
    amy = make_person("amy", credentials=(Credential("GMC", MONDAY),))
    sessions = make_sessions(2)
    duties = [make_duty(0, sessions[0]), make_duty(1, sessions[2])]
    needed = {"GP": frozenset({"GMC"})}
    plan = plan_of(("amy", 0), ("amy", 1))
    said = sentences([amy], duties, plan, make_rule("R04"), sessions=sessions, required_credentials=needed)
    assert said == ["Amy Example: GMC runs out on 1 March, before this duty."]


def test_a_newer_credential_of_the_same_kind_counts():
    held = (Credential("GMC", MONDAY - timedelta(1)), Credential("GMC", MONDAY + timedelta(300)))
    amy = make_person("amy", credentials=held)
    needed = {"GP": frozenset({"GMC"})}
    duties, plan = [make_duty(0, AM)], plan_of(("amy", 0))
    assert not sentences([amy], duties, plan, make_rule("R04"), required_credentials=needed)


def test_a_duty_asks_for_a_role_and_every_competency():
    duty = make_duty(0, AM, competencies=frozenset({"minor surgery"}))
    skilled = make_person("amy", competencies=frozenset({"minor surgery", "coils"}))
    plain, nurse = make_person("bob"), make_person("cat", role="Nurse")
    assert not sentences([skilled], [duty], plan_of(("amy", 0)), make_rule("R03"))
    said = sentences([plain, nurse], [duty], plan_of(("bob", 0), ("cat", 0)), make_rule("R03"))
    assert said == [
        "Bob Example is not signed off for minor surgery.",
        "Cat Example does not have a role that covers GP.",
    ]


def test_people_work_where_they_were_inducted():
    amy = make_person("amy", inductions={"OAK": date(2026, 1, 1)})
    said = sentences([amy], [make_duty(0, AM)], plan_of(("amy", 0)), make_rule("R05"))
    assert said == ["Amy Example has had no induction at Elm Surgery by then."]


def test_a_missing_person_is_named_by_duty_and_priced_in_the_first_tier():
    duty = make_duty(0, AM, minimum=2, desired=2, maximum=2)
    people = [make_person("amy")]
    said = told(people, [duty], plan_of(("amy", 0)), make_rule("R06"))
    assert said == [("T1", 100, "Surgery (GP, Elm Surgery) on Mon 1 Mar AM is 1 short of its minimum of 2.")]
    [short] = shortfalls(make_problem(people, [duty], (AM, PM), make_rule("R06")), plan_of(("amy", 0)))
    assert (short.have, short.missing, short.duty) == (1, 1, 0)


@pytest.mark.parametrize(("rules", "missing"), [(["R06", "R13"], 1), (["R06"], 0)])
def test_a_supernumerary_learner_covers_nothing_while_that_rule_is_on(rules, missing):
    amy = make_person("amy", learner=Learner("GP registrar", 30))
    duty = make_duty(0, AM, minimum=1, desired=1)
    assert len(told([amy], [duty], plan_of(("amy", 0)), *(make_rule(code) for code in rules))) == missing


def test_a_lead_duty_has_exactly_one_holder():
    duty = make_duty(0, AM, lead=True, minimum=1, desired=1)
    people = [make_person("amy"), make_person("bob")]
    assert [each[1] for each in told(people, [duty], plan_of(), make_rule("R10"))] == [90]
    assert [each[1] for each in told(people, [duty], plan_of(("amy", 0)), make_rule("R10"))] == []
    assert [each[1] for each in told(people, [duty], plan_of(("amy", 0), ("bob", 0)), make_rule("R10"))] == [
        90
    ]


def registrar(key, **given):
    return make_person(key, role="Registrar", learner=Learner("GP registrar", 30), **given)


def trainer(key, minutes=60, learners=2):
    return make_person(key, supervision=Supervision(frozenset({"GP registrar"}), minutes, learners))


def test_a_registrar_without_a_trainer_at_the_site_is_a_breach_of_law_grade():
    duties = [make_duty(0, AM), make_duty(1, AM, site="OAK")]
    people = [registrar("reg"), trainer("amy")]
    problem = make_problem(people, duties, (AM, PM), make_rule("R11"))
    [breach] = breaches(problem, plan_of(("reg", 0), ("amy", 1)))
    assert breach.severity == "H0"
    assert breach.said == (
        "Reg Example: 30 minutes of supervision are missing at Elm Surgery on Mon 1 Mar AM."
    )
    assert not breaches(problem, plan_of(("reg", 0), ("amy", 0)))


def test_a_trainer_has_no_more_learners_than_agreed():
    people = [registrar("one"), registrar("two"), trainer("amy", learners=1)]
    plan = plan_of(("one", 0), ("two", 0), ("amy", 0))
    said = sentences(people, [make_duty(0, AM)], plan, make_rule("R12"))
    assert said == [
        "One Example, Two Example: 1 more than the supervisors at Elm Surgery on Mon 1 Mar AM may take."
    ]


def test_supervisors_of_several_kinds_share_themselves_out():
    either = Supervision(frozenset({"GP registrar", "F2"}), 30, 1)
    people = [
        registrar("reg"),
        make_person("eff", learner=Learner("F2", 30)),
        make_person("amy", supervision=either),
        trainer("bob", minutes=30),
    ]
    everyone = plan_of(("reg", 0), ("eff", 0), ("amy", 0), ("bob", 0))
    assert not sentences(people, [make_duty(0, AM)], everyone, make_rule("R11"))
    people[3] = make_person("bob", supervision=either)
    assert not sentences(people, [make_duty(0, AM)], everyone, make_rule("R11"))
    people[2:] = [trainer("amy", minutes=30), trainer("bob", minutes=30)]
    assert sentences(people, [make_duty(0, AM)], everyone, make_rule("R11"))


def test_one_supervisor_for_two_kinds_does_not_serve_both_at_once():
    either = Supervision(frozenset({"GP registrar", "F2"}), 30, 2)
    people = [registrar("reg"), make_person("eff", learner=Learner("F2", 30))]
    people.append(make_person("amy", supervision=either))
    plan = plan_of(("reg", 0), ("eff", 0), ("amy", 0))
    said = sentences(people, [make_duty(0, AM)], plan, make_rule("R11"))
    assert said == [
        "Eff Example, Reg Example: 30 minutes of supervision are missing at Elm Surgery on Mon 1 Mar AM."
    ]


def test_protected_sessions_stay_free_and_no_more_is_owed_than_a_week_has():
    amy = make_person("amy", protected_sessions=1)
    duties = [make_duty(0, AM), make_duty(1, PM)]
    both = plan_of(("amy", 0), ("amy", 1))
    assert not sentences([amy], duties, plan_of(("amy", 0)), make_rule("R14"))
    said = sentences([amy], duties, both, make_rule("R14"))
    assert said == ["Amy Example lacks 1 of 1 protected sessions in the week of 1 March."]
    busy = replace(amy, protected_sessions=5)
    assert not sentences([busy], duties, plan_of(), make_rule("R14"))
    assert breaches(make_problem([busy], duties, (AM, PM), make_rule("R14")), both)[0].size == 2


def test_fixed_protected_time_stays_free():
    study = Commitment(0, "study", datetime(2027, 3, 1, 9), datetime(2027, 3, 1, 10), protected=True)
    amy = make_person("amy", commitments=(study,))
    said = sentences([amy], [make_duty(0, AM)], plan_of(("amy", 0)), make_rule("R14"), make_rule("R01"))
    assert said == ["Amy Example has protected time (study) on Mon 1 Mar AM."]


def test_a_learners_education_is_owed_for_the_part_of_the_week_that_is_worked():
    learner = Learner("GP registrar", 30, least_educational_minutes=240)
    tutorial = Commitment(0, "tutorial", datetime(2027, 3, 1, 9), datetime(2027, 3, 1, 11), educational=True)
    amy = make_person("amy", learner=learner, commitments=(tutorial,))
    said = sentences([amy], [], plan_of(), make_rule("R15"))
    assert said == ["Amy Example has too little educational time in the week of 1 March: by 2 begun hours."]
    assert not sentences([replace(amy, credits={1: 240})], [], plan_of(), make_rule("R15"))


def test_a_learner_on_leave_on_a_day_of_teaching_owes_none_of_it():
    learner = Learner("GP registrar", 30, least_educational_minutes=240)
    tutorial = Commitment(0, "tutorial", datetime(2027, 3, 1, 9), datetime(2027, 3, 1, 11), educational=True)
    # A day of leave, a fifth of the week, on which half of the week's teaching is held.
    amy = make_person("amy", weekly_minutes=1200, learner=learner, commitments=(tutorial,), credits={1: 240})
    said = sentences([amy], [], plan_of(), make_rule("R15"))
    assert said == ["Amy Example has too little educational time in the week of 1 March: by 2 begun hours."]
    assert not sentences([replace(amy, missed_education={1: 120})], [], plan_of(), make_rule("R15"))


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (250, "4 hours 10 minutes"),
        (60, "1 hour"),
        (45, "45 minutes"),
        (61, "1 hour 1 minute"),
        (0, "0 hours"),
    ],
)
def test_time_is_told_in_hours_and_minutes(minutes, said):
    assert hours_said(minutes) == said
