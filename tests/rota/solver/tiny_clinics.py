"""Tiny random problems with one-stop clinics, in which every rule about them has something to say."""

from datetime import datetime, time, timedelta
from random import Random

from rota.solver.staff_rota import (
    Bundle,
    ClinicKind,
    Clinics,
    Commitment,
    Kit,
    Learner,
    Opening,
    Payer,
    Placement,
    Plan,
    Seat,
    Served,
)
from tests.rota.solver.makers import (
    HOURS,
    MONDAY,
    make_duty,
    make_person,
    make_problem,
    make_rule,
    make_sessions,
    make_site,
)

TIGHT = {"C18": {"most": 1}, "C20": {"minutes": 90}, "C16": {"minutes": 30}}
CLINIC_CODES = [
    "C01",
    "C02",
    "C03",
    "C06",
    "C07",
    "C08",
    "C09",
    "C10",
    "C11",
    "C12",
    "C14",
    "C15",
    "C16",
    "C17",
    "C18",
    "C20",
    "C21",
    "C22",
    "C23",
]
# What binds people in a clinic as anywhere else.
ROTA_CODES = [
    "R01",
    "R02",
    "R03",
    "R06",
    "R07",
    "R08",
    "R13",
    "R16",
    "R20",
    "R27",
    "R29",
    "R34",
    "R35",
    "R37",
]


def tight_rule(code):
    return make_rule(code, **TIGHT.get(code, {}))


def tiny_clinics(seed, codes, openings=2, people=3):
    """Make a problem of a few people, clinics that could be held, and a duty beside them."""
    chance = Random(seed)
    calendar = make_sessions(days=chance.choice((1, 2)), kinds=("AM", "PM"))
    kinds = (tiny_kind(chance, "heart"), tiny_kind(chance, "lungs"))
    duties, held = [], []
    for number in range(openings):
        opening, seats = tiny_opening(
            chance, number, chance.choice(kinds), chance.choice(calendar), len(duties)
        )
        duties += seats
        held.append(opening)
    duties.append(
        make_duty(len(duties), calendar[0], desired=1, minimum=1, room=chance.choice((None, "clinic")))
    )
    staff = [tiny_staff(chance, key, calendar) for key in ("amy", "bob", "cat")[:people]]
    cells = [Placement(person.key, duty.number) for person in staff for duty in duties]
    return make_problem(
        staff,
        duties,
        calendar,
        *(tight_rule(code) for code in codes),
        sites=(
            make_site("ELM", rooms={"clinic": 2, "group": 1}, travel={"OAK": chance.choice((10, 70))}),
            make_site("OAK", rooms={"clinic": 1}, travel={"ELM": chance.choice((10, 70))}),
        ),
        pins=tuple(chance.sample(cells, chance.choice((0, 0, 1)))),
        published=tuple(chance.sample(cells, chance.choice((0, 2)))),
        today=MONDAY - timedelta(chance.choice((0, 1, 10, 60))),
        payers=chance.choice(({}, {"core": Payer(frozenset({"GP", "Nurse"}), frozenset({"Surgery"}))})),
        clinics=Clinics(
            kinds=kinds,
            openings=tuple(held),
            bundles=tuple(tiny_bundle(chance, number) for number in range(chance.choice((1, 2)))),
            kit=tuple(
                Kit("camera", chance.choice((0, 1, 1, 2)), site)
                for site in chance.sample(("ELM", "OAK", None, None), chance.choice((1, 2)))
            ),
            licences=chance.choice(({}, {"nursing": frozenset({"OAK"})})),
            step_free=frozenset({"ELM"}),
            blueprint_weeks=chance.choice((0, 0, 1)),
        ),
    )


def tiny_kind(chance, key):
    doctor = Seat("GP", "medicine", 1, 1, chance.choice((0, 1)), chance.choice((1, 2)), chance.choice((1, 2)))
    needed = chance.choice((0, 1))
    nurse = Seat("Nurse", "nursing", needed, chance.choice((0, needed)), 0, 1, chance.choice((1, 2)))
    return ClinicKind(
        key,
        key.title(),
        (doctor, nurse) if chance.random() < 0.7 else (doctor,),
        rooms=chance.choice(({}, {"group": 1}, {"group": 1, "clinic": 1})),
        equipment=chance.choice(({}, {"camera": 1}, {"camera": 1})),
        learners=chance.choice((0, 1)),
        huddle=chance.random() < 0.5,
        together=chance.choice(((), (("medicine", "nursing"),))),
        fewest_days_apart=chance.choice((0, 1, 3, 9)),
        every=chance.choice((None, (1, 1), (0, 1), (2, 2))),
    )


def tiny_opening(chance, number, kind, session, first):
    site, is_fixed = chance.choice(("ELM", "ELM", "OAK")), chance.random() < 0.25
    duties = []
    for place, seat in enumerate(kind.seats):
        starts, ends = (datetime.combine(session.day, time(hour)) for hour in HOURS[session.kind])
        late = timedelta(minutes=chance.choice((0, 0, 0, 225)))
        duty = make_duty(
            first + place,
            session,
            site=site,
            starts=starts + late,
            ends=ends,
            roles=frozenset({seat.group, "Registrar"}),
            minimum=seat.needed if is_fixed else 0,
            desired=seat.needed if is_fixed else 0,
            maximum=seat.most,
            room=chance.choice((None, "clinic")),
            streams=chance.choice(((), ("core",))),
        )
        duties.append(duty)
    opening = Opening(
        number,
        kind.key,
        site,
        session.number,
        chance.choice(("North", "North", "South")),
        tuple(duty.number for duty in duties),
        is_fixed=is_fixed,
        is_published=chance.random() < 0.4,
        taken=chance.choice(({}, {}, {"medicine": 1})),
    )
    return opening, duties


def tiny_bundle(chance, number):
    return Bundle(
        number,
        chance.choice(("North", "North", "South")),
        frozenset(chance.choice((["medicine"], ["nursing"], ["medicine", "nursing"]))),
        chance.choice((1, 2, 3)),
        chance.choice((0, 1, 3)),
        chance.choice((None, MONDAY, MONDAY - timedelta(1))),
        chance.choice(("ELM", "OAK")),
        chance.choice((0, 15, 100)),
        needs_step_free=chance.random() < 0.3,
    )


def tiny_staff(chance, key, calendar):
    role = chance.choice(("GP", "GP", "Nurse", "Registrar"))
    session = chance.choice(calendar)
    starts = datetime.combine(session.day, time(HOURS[session.kind][0]))
    kept = Commitment(session.number, "tutorial", starts, starts + timedelta(hours=1), protected=True)
    away = {chance.choice(calendar).number: "annual leave"} if chance.random() < 0.2 else {}
    return make_person(
        key,
        role=role,
        weekly_minutes=chance.choice((0, 480)),
        unavailable=away,
        absent=frozenset(away),
        commitments=(kept,) if chance.random() < 0.4 else (),
        learner=Learner("GP registrar", 30, supernumerary=chance.random() < 0.8)
        if role == "Registrar"
        else None,
        streams=chance.choice(((), ("core",))),
    )


def some_plans(problem, seed, number):
    """Draw plans: anybody anywhere, any clinic open, and as many people sent there as it ever takes."""
    chance, clinics = Random(f"plans {seed}"), problem.clinics
    cells = [Placement(person.key, duty.number) for person in problem.people for duty in problem.duties]
    pairs = [(bundle, opening) for bundle in clinics.bundles for opening in clinics.openings]
    for _ in range(number):
        likely = chance.random()
        placed = frozenset(cell for cell in cells if chance.random() < likely)
        opened = (each.number for each in clinics.openings if each.is_fixed or chance.random() < likely)
        sent = (
            Served(bundle.number, opening.number, chance.randint(1, most))
            for bundle, opening in pairs
            if (most := clinics.can_serve(opening, bundle)) and chance.random() < likely
        )
        yield Plan(placed, frozenset(opened), frozenset(sent))
