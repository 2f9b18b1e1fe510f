"""Seeded instances of one-stop clinics in a bench network: types, candidates, and who waits."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from random import Random

from bench.calendar import FIRST_DAY, HALVES, WEEKS, span
from rota.solver.staff_rota import Duty, Problem, Session
from rota.solver.staff_rota.clinics import Bundle, ClinicKind, Clinics, Kit, Opening, Seat

WEEK = 7
AREAS = ("North", "South")
# People of a network who wait in four weeks, and into how many groups of like needs each area's fall.
PEOPLE = 220
GROUPS = 6
# Of the ten half-days of a week so many suit a type of clinic.
SUITING = 5
LEAVE = "annual leave"
AREAS = ("North", "South")
ROLES = {
    "Nurse": ("Practice nurse", "treatment"),
    "HCA": ("Healthcare assistant", None),
    "Pharmacist": ("Clinical pharmacist", None),
    "Physio": ("First contact physiotherapist", "consulting"),
    "Link worker": ("Link worker", None),
    "Social worker": ("Social worker", None),
    "Optometrist": ("Optometrist", "dark room"),
    "Dentist": ("Dentist", "dental"),
}
LICENSED = ("Dentist", "Optometrist")


def seat(group: str, throughput: int, needed: int = 1, most: int = 1) -> Seat:
    """Make a seat of a group, which is a discipline here."""
    return Seat(group, group, needed, needed, min(needed, 1), most, throughput)


KINDS = (
    ClinicKind(
        "diabetes",
        "Diabetes one-stop",
        (seat("Nurse", 15), seat("HCA", 20), seat("Pharmacist", 15)),
        equipment={"camera": 1},
        every=(1, 4),
        fewest_days_apart=6,
    ),
    ClinicKind(
        "frailty",
        "Frailty one-stop",
        (seat("Nurse", 12), seat("Physio", 12), seat("Social worker", 12), seat("Link worker", 12, 0)),
        rooms={"consulting": 1},
        huddle=True,
        together=(("Physio", "Social worker"),),
        every=(1, 4),
        fewest_days_apart=6,
    ),
    ClinicKind(
        "respiratory",
        "Respiratory one-stop",
        (seat("Nurse", 15), seat("Pharmacist", 15), seat("Physio", 15)),
        equipment={"spirometer": 1},
        every=(1, 4),
        fewest_days_apart=6,
    ),
    ClinicKind(
        "eye and mouth",
        "Eye and mouth one-stop",
        (seat("Optometrist", 16), seat("Dentist", 16)),
        every=(1, 2),
        fewest_days_apart=13,
    ),
)


def with_clinics(problem: Problem, seed: int, weeks: int, building: str | None = None) -> Problem:
    """Give the network of a problem its clinics: candidates, and people who wait in their measure.

    Its hub is their second home, or the `building` that is named.
    """
    making = Making(problem, seed, weeks, building)
    making.add_network()
    return making.made()


def usual(problem: Problem) -> Problem:
    """Tell leave apart from working patterns, which a blueprint keeps."""
    return replace(
        problem,
        people=tuple(
            replace(person, absent=frozenset(n for n, why in person.unavailable.items() if why == LEAVE))
            for person in problem.people
        ),
    )


class Making:
    """Clinics being made for a problem."""

    def __init__(self, problem: Problem, seed: int, weeks: int, building: str | None) -> None:
        self.problem = problem
        self.weeks = weeks
        self.hub = next(site.code for site in problem.sites if site.code.endswith("HUB"))
        self.second = building or self.hub
        self.chance = Random(f"clinics {seed}")
        self.openings: list[Opening] = []
        self.duties: list[Duty] = []
        self.bundles: list[Bundle] = []

    def add_network(self) -> None:
        """Make the clinics of the network: each area has a practice of its own, and they share the rest."""
        practices = [site.code for site in self.problem.sites if not site.code.endswith(("HUB", "CIVIC"))]
        for area, home in zip(AREAS, practices, strict=False):
            for kind in KINDS:
                sites = [self.hub] if kind.disciplines & set(LICENSED) else [home, self.second]
                self._add_openings(kind, area, sites)
            self._add_bundles(area, home)

    def made(self) -> Problem:
        """Give the problem with its clinics."""
        clinics = Clinics(
            kinds=tuple(replace(kind, every=self._every(kind)) for kind in KINDS),
            openings=tuple(self.openings),
            bundles=tuple(self.bundles),
            kit=(Kit("camera", 1), Kit("spirometer", 1)),
            licences=dict.fromkeys(LICENSED, frozenset({self.hub})),
            step_free=frozenset(site.code for site in self.problem.sites),
        )
        return replace(self.problem, duties=(*self.problem.duties, *self.duties), clinics=clinics)

    def _every(self, kind: ClinicKind) -> tuple[int, int]:
        least, most = kind.every or (0, WEEKS)
        return least * self.weeks // WEEKS, max(1, most * self.weeks // WEEKS)

    def _add_openings(self, kind: ClinicKind, area: str, sites: Iterable[str]) -> None:
        halves = [(day, half) for day in range(5) for half in HALVES]
        for site in sites:
            suiting = set(self.chance.sample(halves, SUITING))
            for session in self.problem.sessions:
                if (session.day.weekday(), session.kind) in suiting:
                    self._add_opening(kind, area, site, session)

    def _add_opening(self, kind: ClinicKind, area: str, site: str, session: Session) -> None:
        first = len(self.problem.duties) + len(self.duties)
        self.duties += (
            seat_duty(first + place, each, kind, site, session) for place, each in enumerate(kind.seats)
        )
        numbers = tuple(range(first, first + len(kind.seats)))
        self.openings.append(Opening(len(self.openings), kind.key, site, session.number, area, numbers))

    def _add_bundles(self, area: str, home: str) -> None:
        people = PEOPLE * self.weeks // (WEEKS * len(AREAS))
        counts = [people // GROUPS + int(place < people % GROUPS) for place in range(GROUPS)]
        for count in counts:
            kind = self.chance.choice(KINDS)
            core = sorted(kind.core)
            needed = self.chance.sample(core, self.chance.randint(2, len(core)))
            last = FIRST_DAY + timedelta(WEEK * self.weeks)
            self.bundles.append(
                Bundle(
                    number=len(self.bundles),
                    area=area,
                    disciplines=frozenset(needed),
                    count=count,
                    weight=self.chance.choice((1, 1, 2, 3)),
                    due=self.chance.choice((None, last - timedelta(self.weeks))),
                    home=home,
                    longest_minutes=60,
                    needs_step_free=self.chance.random() < 0.2,
                )
            )


def seat_duty(number: int, place: Seat, kind: ClinicKind, site: str, session: Session) -> Duty:
    """Make the duty of a seat."""
    role, room = ROLES[place.group]
    starts, ends = span(session)
    return Duty(
        number=number,
        session=session.number,
        site=site,
        activity=kind.name,
        role_group=place.group,
        roles=frozenset({role}),
        starts=starts,
        ends=ends,
        maximum=place.most,
        room=room,
        streams=("Core",),
    )
