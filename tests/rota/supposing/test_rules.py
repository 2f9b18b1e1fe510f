"""What is supposed changes the problem, and nothing else does."""

from dataclasses import replace
from datetime import timedelta

from rota.solver.limits import Limits
from rota.solver.staff_rota import Placement, Plan, costs, fill
from rota.supposing.rules import AS_IT_IS, LOCUM, Closed, Locum, Supposed, near_to
from tests.rota.solver.makers import MONDAY, make_duty, make_person, make_problem, make_rule, make_sessions

SESSIONS = make_sessions(2)
EXACT = Limits(seconds=20, workers=1, seed=1, deterministic=True)


def a_problem():
    duties = [
        make_duty(number, session, site=site, minimum=1, desired=1)
        for number, (session, site) in enumerate(
            [(session, site) for session in SESSIONS for site in ("ELM", "OAK")]
        )
    ]
    rules = [make_rule(code) for code in ("R01", "R02", "R03", "R04", "R05", "R06", "R16", "R35")]
    people = [make_person("amy", weekly_minutes=960)]
    return make_problem(people, duties, SESSIONS, *rules, required_credentials={"GP": frozenset({"GMC"})})


def test_nothing_supposed_leaves_the_problem_as_it_is():
    problem = a_problem()
    assert AS_IT_IS.applied(problem) == problem


def test_what_is_supposed_comes_back_as_it_was_kept():
    supposed = Supposed(Closed("ELM", MONDAY, MONDAY + timedelta(3)), Locum("GP", 4), unpinned=True)
    assert Supposed.of_kept(supposed.kept) == supposed
    assert Supposed.of_kept({}) == AS_IT_IS


def test_a_closed_site_wants_nobody_on_its_days_and_somebody_after():
    problem = Supposed(closed=Closed("ELM", MONDAY, MONDAY)).applied(a_problem())
    wanted = {duty.number: duty.minimum for duty in problem.duties}
    assert [wanted[number] for number in range(8)] == [0, 1, 0, 1, 1, 1, 1, 1]
    assert all(duty.shut for duty in problem.duties if not duty.minimum)


def test_a_closed_site_lacks_no_duty_doctor():
    problem = make_problem(
        [], [make_duty(0, SESSIONS[0], minimum=1, desired=1, lead=True)], SESSIONS, make_rule("R10")
    )
    assert costs(problem, Plan())
    assert not costs(Supposed(closed=Closed("ELM", MONDAY, MONDAY)).applied(problem), Plan())


def test_a_locum_takes_what_is_short_and_no_more_than_the_week_has_for_them():
    problem = a_problem()
    people = [replace(person, credentials=()) for person in problem.people]
    problem = Supposed(locum=Locum("GP", 3)).applied(replace(problem, people=tuple(people)))
    plan = fill(problem, EXACT).plan
    taken = [each for each in plan.placements if each.person == LOCUM]
    # Four places could be taken, one in each session.
    assert len(taken) == len(plan.placements) == 3


def test_what_need_not_change_stays():
    problem = a_problem()
    credited = replace(problem.people[0], credentials=())
    problem = replace(problem, people=(credited,), required_credentials={})
    plan = Plan.of([Placement("amy", number) for number in (1, 3, 5, 7)])
    again = fill(near_to(problem, plan), EXACT, start=plan)
    assert again.plan == plan
    assert near_to(replace(problem, published=(Placement("amy", 0),)), plan).published == (
        Placement("amy", 0),
    )
