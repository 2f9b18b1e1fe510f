from rota.jobs.wording import summary_of
from rota.solver.staff_rota.problem import Wish
from tests.rota.solver.makers import make_duty, make_person, make_problem, make_sessions, plan_of


def test_nothing_is_said_of_wishes_while_nobody_is_placed() -> None:
    off = make_person("amy", wishes=(Wish(frozenset({1}), False, 1),))
    sessions = make_sessions()
    duties = [make_duty(session.number, session) for session in sessions]
    problem = make_problem([off], duties, sessions)
    assert summary_of(problem, plan_of()).wishes is None
    assert summary_of(problem, plan_of(("amy", 0))).wishes == 100
    assert summary_of(problem, plan_of(("amy", 1))).wishes == 0
