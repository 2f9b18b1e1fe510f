"""People of tiny random problems: their posts, terms, commitments, wishes and histories."""

from datetime import datetime, time, timedelta

from rota.solver.staff_rota import (
    Commitment,
    Credential,
    History,
    Learner,
    Supervision,
    Wish,
    WorkTerms,
)
from tests.rota.solver.makers import (
    HOURS,
    MONDAY,
    make_person,
)


def tiny_person(chance, key, calendar):
    role = chance.choice(("GP", "GP", "Nurse", "Registrar"))
    learner = Learner(
        chance.choice(("GP registrar", "F2")),
        30,
        supernumerary=chance.random() < 0.7,
        strict=chance.random() < 0.5,
        most_clinical_minutes=chance.choice((None, 240)),
        least_educational_minutes=chance.choice((0, 240)),
    )
    guide = Supervision(
        frozenset(chance.choice((["GP registrar"], ["GP registrar", "F2"]))), chance.choice((30, 45)), 1
    )
    expires = chance.choice((None, MONDAY, MONDAY + timedelta(1), MONDAY + timedelta(300)))
    unavailable = {chance.choice(calendar).number: "annual leave"} if chance.random() < 0.3 else {}
    return make_person(
        key,
        role=role,
        contract=chance.choice(("salaried", "salaried", "partner", "bank", "locum", "agency")),
        weekly_minutes=chance.choice((0, 240, 480)),
        wte=chance.choice((30, 60, 100)),
        tolerance_minutes=chance.choice((0, 60, 960)),
        annualised=chance.random() < 0.3,
        young=chance.random() < 0.3,
        home_site=chance.choice((None, "ELM", "OAK")),
        unavailable=unavailable,
        absent=frozenset(unavailable) if chance.random() < 0.7 else frozenset(),
        credits={chance.choice(calendar).number: 120} if chance.random() < 0.3 else {},
        missed_education={chance.choice(calendar).number: 60} if chance.random() < 0.3 else {},
        protected_sessions=chance.choice((0, 0, 1, 4)),
        commitments=tiny_commitments(chance, calendar),
        competencies=frozenset(chance.choice(([], ["minor surgery"]))),
        credentials=(Credential("GMC", expires),) if chance.random() < 0.8 else (),
        inductions={"ELM": MONDAY, "OAK": MONDAY + timedelta(chance.choice((0, 1)))},
        learner=learner if role == "Registrar" else None,
        supervision=guide if role == "GP" else None,
        wishes=tiny_wishes(chance, calendar),
        history=tiny_history(chance, calendar[0].day),
        terms=tiny_terms(chance),
        elsewhere_minutes=chance.choice((0, 0, 120)),
        opted_out_on=chance.choice((None, None, MONDAY)),
        streams=chance.choice(((), ("core",))),
    )


def tiny_terms(chance):
    return WorkTerms(
        longest_run=chance.choice((None, 1, 3)),
        shortest_run=chance.choice((None, None, 3)),
        shortest_break=chance.choice((None, None, 3)),
        most_weekends=chance.choice((None, 0)),
        most_by_kind=chance.choice(({}, {"AM": 0, "EVE": 1}, {"PM": 1})),
        least_minutes=chance.choice((None, 240, 500)),
        most_minutes=chance.choice((None, 100, 300)),
    )


def tiny_commitments(chance, calendar):
    if chance.random() < 0.6:
        return ()
    session = chance.choice(calendar)
    starts = datetime.combine(session.day, time(HOURS[session.kind][0]))
    return (
        Commitment(
            session.number,
            "tutorial",
            starts,
            starts + timedelta(hours=1),
            site=chance.choice((None, "OAK")),
            educational=chance.random() < 0.5,
            clinical=chance.random() < 0.3,
            protected=chance.random() < 0.5,
            meeting=chance.random() < 0.3,
        ),
    )


def tiny_wishes(chance, calendar):
    return tuple(
        Wish(
            frozenset(each.number for each in chance.sample(calendar, chance.choice((1, 2)))),
            chance.random() < 0.5,
            chance.randint(1, 10),
        )
        for _ in range(chance.choice((0, 1, 2)))
    )


def tiny_history(chance, first):
    run = chance.choice((0, 0, 1, 2))
    late = datetime.combine(first - timedelta(1), time(22))
    return History(
        days_in_a_row=run,
        last_end=late if run else None,
        worked_days=frozenset(first - timedelta(back + 1) for back in range(run)),
        unpopular={"evenings": chance.choice((0, 0, 0, 1, 3))},
        days_by_kind={"EVE": frozenset(first - timedelta(back + 1) for back in range(run))},
        minutes_by_week={first - timedelta(first.weekday() + 7): chance.choice((0, 200, 500))} if run else {},
        leave_by_week={first - timedelta(first.weekday() + 7): chance.choice((0, 120))},
    )
