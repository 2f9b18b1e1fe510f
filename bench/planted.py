"""Asks that cannot be met, planted in a rota: what stands in the way of each is known beforehand.

A team of its own wants one more of its people in one session than are free. Each of the others is kept off by
exactly one thing, so the minimal set is all of these things together, and there is no other.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random

from rota.solver.staff_rota import (
    Commitment,
    Credential,
    Duty,
    History,
    Learner,
    Person,
    Placement,
    Plan,
    Problem,
    Session,
    Site,
    Supervision,
)
from rota.solver.staff_rota.ask import Ask, Cover

ROLE, LEARNS = "Planted clinician", "Planted learner"
SITE, ELSEWHERE = "PLANT", "PLANT-2"
ROOMS = 2

# A rule, whom it is about (nobody where it is about a place), and its first day.
Member = tuple[str, str | None, date]


@dataclass(frozen=True)
class Planted:
    """A rota with an ask, and the one minimal set that excludes it."""

    problem: Problem
    plan: Plan
    ask: Ask
    expected: frozenset[Member]


class Bed:
    """What is being planted: people, duties and pins beside those of the rota."""

    def __init__(self, base: Problem, chance: Random) -> None:
        self.base = base
        self.chance = chance
        self.people: list[Person] = []
        self.duties: list[Duty] = []
        self.pins: list[Placement] = []
        self.placed: list[Placement] = []
        self.askable: dict[str, frozenset[int]] = {}
        self.expected: set[Member] = set()
        self.session = next(each for each in base.sessions if each.kind == "AM")
        self.wanted = self.duty(self.session, competencies=frozenset({"planted"}))

    @property
    def day(self) -> date:
        return self.session.day

    def person(self, **given: object) -> Person:
        """Add somebody who could take the duty but for what is given."""
        usual: dict[str, object] = {
            "key": f"planted {len(self.people)}",
            "name": f"Planted Example {len(self.people)}",
            "role": ROLE,
            "discipline": "planted",
            "contract": "salaried",
            "weekly_minutes": 0,
            "session_minutes": 240,
            "competencies": frozenset({"planted"}),
            "credentials": (Credential("registration", None),),
            "inductions": {SITE: date(2020, 1, 1), ELSEWHERE: date(2020, 1, 1)},
        }
        self.people.append(Person(**{**usual, **given}))  # type: ignore[arg-type]
        return self.people[-1]

    def duty(self, session: Session, site: str = SITE, **given: object) -> Duty:
        """Add a duty for the team."""
        usual: dict[str, object] = {
            "number": 1 + max((each.number for each in (*self.base.duties, *self.duties)), default=0),
            "session": session.number,
            "site": site,
            "activity": "Planted clinic",
            "role_group": "Planted",
            "roles": frozenset({ROLE}),
            "starts": datetime.combine(session.day, time(9) if session.kind == "AM" else time(14)),
            "ends": datetime.combine(session.day, time(13) if session.kind == "AM" else time(18, 10)),
            "maximum": 20,
        }
        self.duties.append(Duty(**{**usual, **given}))  # type: ignore[arg-type]
        return self.duties[-1]

    def pin(self, person: Person, duty: Duty) -> None:
        """Pin somebody to a duty."""
        self.pins.append(Placement(person.key, duty.number))
        self.expected.add(("R34", person.key, self.day))

    def expect(self, code: str, person: Person | None) -> None:
        """Note a member of the set."""
        self.expected.add((code, person.key if person else None, self.day))

    def planted(self, ask: Ask) -> Planted:
        """Give the whole."""
        base = self.base
        sites = tuple(Site(code, f"{code} Example", code, {"planted": ROOMS}) for code in (SITE, ELSEWHERE))
        problem = replace(
            base,
            people=(*base.people, *self.people),
            duties=(*base.duties, *self.duties),
            sites=(*base.sites, *sites),
            pins=(*base.pins, *self.pins),
            required_credentials={**base.required_credentials, ROLE: frozenset({"registration"})},
        )
        plan = Plan.of((*base.pins, *self.pins, *self.placed))
        return Planted(problem, plan, replace(ask, askable=self.askable), frozenset(self.expected))


def on_leave(bed: Bed) -> None:
    here = bed.session.number
    bed.expect("R02", bed.person(unavailable={here: "annual leave"}, absent=frozenset({here})))


def not_in_pattern(bed: Bed) -> None:
    person = bed.person(unavailable={bed.session.number: "does not work then"})
    bed.askable[person.key] = frozenset({bed.session.number})
    bed.expect("R02", person)


def without_induction(bed: Bed) -> None:
    bed.expect("R05", bed.person(inductions={}))


def out_of_date(bed: Bed) -> None:
    ended = Credential("registration", bed.day - timedelta(1))
    bed.expect("R04", bed.person(credentials=(ended,)))


def not_signed_off(bed: Bed) -> None:
    bed.expect("R03", bed.person(competencies=frozenset()))


def kept(bed: Bed, *, protected: bool = False) -> None:
    begins = bed.wanted.starts + timedelta(hours=1)
    ends = begins + timedelta(hours=1)
    kept_time = Commitment(bed.session.number, "tutorial", begins, ends, protected=protected)
    bed.expect("R14" if protected else "R01", bed.person(commitments=(kept_time,)))


def protected(bed: Bed) -> None:
    kept(bed, protected=True)


def not_rested(bed: Bed) -> None:
    last = bed.wanted.starts - timedelta(hours=9)
    bed.expect("R18", bed.person(history=History(last_end=last)))


def too_long_a_run(bed: Bed) -> None:
    bed.expect("R21", bed.person(history=History(days_in_a_row=7)))


def pinned_elsewhere(bed: Bed) -> None:
    person = bed.person()
    bed.pin(person, bed.duty(bed.session, ELSEWHERE))
    bed.expect("R01", person)


def young_and_pinned(bed: Bed) -> None:
    afternoon = next(each for each in bed.base.sessions if (each.day, each.kind) == (bed.day, "PM"))
    person = bed.person(young=True)
    bed.pin(person, bed.duty(afternoon))
    bed.expect("R20", person)


def needed_elsewhere(bed: Bed) -> None:
    skill = f"planted {len(bed.people)} only"
    person = bed.person(competencies=frozenset({"planted", skill}))
    there = bed.duty(
        bed.session, ELSEWHERE, minimum=1, desired=1, competencies=frozenset({skill}), activity="Planted list"
    )
    bed.placed.append(Placement(person.key, there.number))
    bed.expect("R01", person)
    bed.expect("R06", None)


OBSTACLES: tuple[Callable[[Bed], None], ...] = (
    on_leave,
    not_in_pattern,
    without_induction,
    out_of_date,
    not_signed_off,
    kept,
    protected,
    not_rested,
    too_long_a_run,
    pinned_elsewhere,
    young_and_pinned,
    needed_elsewhere,
)


def too_few(base: Problem, seed: object) -> Planted:
    """Want one more than are free: what keeps each of the others off is the set."""
    chance = Random(f"too few {seed}")
    bed = Bed(base, chance)
    free = chance.choice((0, 1, 2))
    for _ in range(free):
        bed.person()
    for obstacle in chance.sample(OBSTACLES, chance.choice((1, 2, 3, 5))):
        obstacle(bed)
    return bed.planted(Ask(cover=(Cover(frozenset({bed.wanted.number}), free + 1),)))


def too_narrow(base: Problem, seed: object) -> Planted:
    """Want more people than there are rooms: that is the set, whoever they are."""
    bed = Bed(base, Random(f"too narrow {seed}"))
    roomy = bed.duty(bed.session, room="planted", activity="Planted room clinic")
    for _ in range(ROOMS + bed.chance.choice((1, 2))):
        bed.person()
    bed.expect("R27", None)
    return bed.planted(Ask(cover=(Cover(frozenset({roomy.number}), ROOMS + 1),)))


def unsupervised(base: Problem, seed: object) -> Planted:
    """Want a learner to work whose only supervisor cannot be there."""
    bed = Bed(base, Random(f"unsupervised {seed}"))
    here = bed.session.number
    needs = Learner(LEARNS, supervision_minutes=30)
    learner = bed.person(role=LEARNS, learner=needs)
    guide = bed.person(
        supervision=Supervision(frozenset({LEARNS}), 60, 2),
        unavailable={here: "annual leave"},
        absent=frozenset({here}),
    )
    taught = bed.duty(bed.session, roles=frozenset({LEARNS}), activity="Planted learning")
    bed.expect("R02", guide)
    bed.expect("R11", None)
    return bed.planted(Ask(works=frozenset({Placement(learner.key, taught.number)})))


KINDS = (too_few, too_few, too_few, too_narrow, unsupervised)


def plant(base: Problem, seed: int) -> Planted:
    """Plant an ask in a rota; the same rota and seed always give the same one."""
    return KINDS[seed % len(KINDS)](base, seed)
