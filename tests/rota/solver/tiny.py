"""Tiny random problems in which every rule has something to say, and every plan there could be."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import combinations
from random import Random

from rota.solver.staff_rota import (
    Cadence,
    Meeting,
    MeetingNeed,
    Pairing,
    Payer,
    Placement,
    Plan,
)
from tests.rota.solver.makers import (
    HOURS,
    MONDAY,
    make_duty,
    make_problem,
    make_rule,
    make_sessions,
    make_site,
)

# Numbers that bite within three days.
from tests.rota.solver.tiny_people import tiny_person

TIGHT = {
    "R09": {"have_roles": "GP", "for_roles": "Nurse", "per": 1},
    "R14": {"kinds": "AM,PM"},
    "R17": {"hours": 4, "weeks": 2},
    "R18": {"hours": 13, "young_hours": 16},
    "R19": {"days": 3, "free_days": 2, "young_days": 2, "young_free_days": 2},
    "R20": {"most": 1, "most_with_evening": 2, "young_day_minutes": 240, "young_week_minutes": 480},
    "R21": {"soft_days": 1, "hard_days": 2},
    "R22": {"evening": "AM", "early": "AM"},
    "R23": {"weeks": 2, "most_evenings": 1, "evenings": "EVE", "most_saturdays": 1, "saturdays": "AM,PM"},
    "R24": {"morning": "AM", "afternoon": "PM"},
    "R26": {"roles": "GP"},
    "R30": {"tolerance": 0},
    "R41": {"days": 2},
    "R42": {"days": 2},
    "R43": {"most": 1},
    "R46": {"pairs": "PM>AM,EVE>EAM,EVE>AM,AM>EVE,PM>EVE,AM>PM"},
}
CODES = [
    "R01",
    "R02",
    "R03",
    "R04",
    "R05",
    "R06",
    "R07",
    "R08",
    "R09",
    "R10",
    "R11",
    "R12",
    "R13",
    "R14",
    "R15",
    "R16",
    "R17",
    "R18",
    "R19",
    "R20",
    "R21",
    "R22",
    "R23",
    "R24",
    "R25",
    "R26",
    "R27",
    "R29",
    "R30",
    "R31",
    "R32",
    "R33",
    "R34",
    "R35",
    "R36",
    "R37",
    "R38",
    "R40",
    "R41",
    "R42",
    "R43",
    "R44",
    "R45",
    "R46",
    "R47",
]


def tight_rule(code):
    return make_rule(code, **TIGHT.get(code, {}))


def tiny_problem(seed, codes=CODES, duties=4, pins=None):
    """Make a problem of three people and a few duties; `pins` None draws none to two of them."""
    chance = Random(seed)
    kinds = chance.choice([("AM", "PM"), ("PM", "EVE"), ("EAM", "AM", "EVE")])
    # From a Monday, or a Friday up to a Sunday.
    calendar = make_sessions(days=3, kinds=kinds, first=MONDAY + timedelta(chance.choice((0, 0, 4))))
    sessions = sorted(chance.sample(calendar, min(len(calendar), duties)), key=lambda each: each.number)
    if chance.random() < 0.6:
        sessions[1] = sessions[0]
    made = [tiny_duty(chance, number, session) for number, session in enumerate(sessions)]
    people = [tiny_person(chance, key, calendar) for key in ("amy", "bob", "cat")]
    if chance.random() < 0.3:
        # Amy again, under a second post.
        people[:2] = (replace(person, individual="amy") for person in people[:2])
    cells = [Placement(person.key, duty.number) for person in people for duty in made]
    drawn = chance.choice((0, 0, 1, 2)) if pins is None else pins
    return make_problem(
        people,
        made,
        calendar,
        *(tight_rule(code) for code in codes),
        sites=(
            make_site("ELM", rooms={"clinic": 1}, travel={"OAK": chance.choice((10, 70))}),
            make_site("OAK", rooms={"clinic": 2}),
        ),
        today=MONDAY - timedelta(chance.choice((0, 1, 10, 30, 60))),
        pins=tuple(chance.sample(cells, drawn)),
        published=tuple(chance.sample(cells, chance.choice((0, 2, 3)))),
        required_credentials={"GP": frozenset({"GMC"})},
        shares={"GP": {"ELM": 50, "OAK": 50}},
        unpopular={"evenings": frozenset(each.number for each in calendar if each.number % 2)},
        patients=chance.choice((0, 5000, 20_000)),
        payers={"core": Payer(frozenset({"GP"}), frozenset({"Surgery"}))},
        pairings=tiny_pairings(chance),
        cadences=tiny_cadences(chance),
        meetings=tiny_meetings(chance, calendar),
    )


def tiny_duty(chance, number, session):
    desired = chance.choice((0, 1, 1, 2))
    lead = chance.random() < 0.25
    starts, ends = (datetime.combine(session.day, time(hour)) for hour in HOURS[session.kind])
    return make_duty(
        number,
        session,
        site=chance.choice(("ELM", "ELM", "OAK", None)),
        starts=starts,
        # Now and then a duty runs on into the session after it.
        ends=ends + timedelta(hours=chance.choice((0, 0, 0, 2))),
        roles=frozenset(chance.choice((["GP"], ["GP", "Nurse"], ["GP", "Nurse", "Registrar"]))),
        minimum=1 if lead else chance.choice((0, desired)),
        desired=1 if lead else desired,
        maximum=1 if lead else max(desired, 1),
        competencies=frozenset(chance.choice(([], [], ["minor surgery"]))),
        room=chance.choice((None, "clinic", "clinic")),
        clinical=chance.random() < 0.8,
        lead=lead,
        weight_short=chance.choice((1, 1, 3)),
        weight_over=chance.choice((1, 1, 2)),
        extended=chance.random() < 0.4,
        streams=chance.choice(((), ("core",), ("charity",))),
    )


def tiny_pairings(chance):
    pairs = chance.sample([("amy", "bob"), ("bob", "cat"), ("cat", "amy"), ("amy", "zoe")], 2)
    return tuple(
        Pairing(*pair, apart=chance.random() < 0.5, firm=chance.random() < 0.6, why="a word")
        for pair in pairs
    )


def tiny_cadences(chance):
    last = chance.choice((None, MONDAY - timedelta(1), MONDAY - timedelta(40)))
    people = chance.choice((("amy", "bob"), ("bob", "cat"), ("amy", "bob", "cat"), ("amy", "zoe")))
    return (Cadence("Supervision", people, chance.choice((1, 2, 3)), last),)


def tiny_meetings(chance, calendar):
    """Make a meeting in some session; now and then it runs on for hours."""
    session = chance.choice(calendar)
    starts = datetime.combine(session.day, time(HOURS[session.kind][0], 30))
    people = (("amy",), ("bob", "zoe"), ("cat",), ("amy", "bob"))
    return (
        Meeting(
            starts,
            starts + timedelta(hours=chance.choice((1, 1, 5))),
            (session.number,),
            kept=frozenset(chance.choice(((), ("amy",)))),
            needs=tuple(
                MeetingNeed(group, chance.choice((1, 1, 2)), tuple(chance.sample(people, 2)))
                for group in ("pharmacy", "nursing")
            ),
        ),
    )


def every_plan(problem, cells=None):
    """Give every plan there could be, of these cells or of all."""
    if cells is None:
        cells = [Placement(person.key, duty.number) for person in problem.people for duty in problem.duties]
    for size in range(len(cells) + 1):
        for chosen in combinations(cells, size):
            yield Plan.of(chosen)


def by_tier(costs):
    """Sum told costs by tier."""
    sums = {}
    for cost in costs:
        sums[cost.tier] = sums.get(cost.tier, 0) + cost.amount
    return sums
