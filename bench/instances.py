"""Seeded instances of the staff rota: size s is one network, size m a place of six. All of it is made up."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from bench.calendar import FIRST_DAY, WEEKS, sessions
from bench.demand import duties, services
from bench.staffing import POSTS, REGISTERED, staff
from rota.solver.staff_rota import CATALOGUE, Duty, Person, Problem, RuleChoice, Session, Site

NETWORKS = {"s": 1, "m": 6}
# The part of contracted time that demand asks for.
LOADS = {"calm": 0.85, "tight": 0.95}
PRACTICES = ("Elm", "Oak", "Ash", "Fir", "Yew", "Bay", "Box")
# Of them a network has so many, with sixty people; others have people in the measure of their practices.
USUAL = 5
SHARED = ("Pharmacist", "Physio")
HUB_ROLES = frozenset({"Optometrist", "Dentist", "Dental therapist"})


def make(
    size: str, flavour: str = "calm", seed: int = 1, weeks: int = WEEKS, practices: int = USUAL
) -> Problem:
    """Make an instance; the same size, flavour, seed, weeks and practices always give the same one."""
    chance = Random(f"{size} {flavour} {seed}")
    calendar = sessions(weeks)
    sites: list[Site] = []
    people: list[Person] = []
    demand: list[Duty] = []
    for number in range(NETWORKS[size]):
        own_sites, own_people, own_demand = network(
            chance, number, calendar, LOADS[flavour], len(demand), practices
        )
        sites += own_sites
        people += own_people
        demand += own_demand
    return Problem(
        sessions=calendar,
        sites=tuple(sites),
        people=tuple(people),
        duties=tuple(demand),
        rules=rules(),
        today=FIRST_DAY,
        required_credentials=REGISTERED,
        shares=shares(sites),
        unpopular=unpopular(calendar),
    )


def network(
    chance: Random, number: int, calendar: tuple[Session, ...], load: float, first: int, size: int = USUAL
) -> tuple[list[Site], list[Person], list[Duty]]:
    """Make one network: practices, a hub, a council base, people in their measure, and their duties."""
    prefix = f"N{number + 1}-"
    practices = [f"{prefix}{name.upper()}" for name in PRACTICES[:size]]
    hub, council = f"{prefix}HUB", f"{prefix}CIVIC"
    codes = [*practices, hub, council]
    homes = {post.role: [hub] if post.role in HUB_ROLES else practices for post in POSTS}
    homes["Social worker"] = [council]
    posts = tuple(post._replace(number=max(1, round(post.number * size / USUAL))) for post in POSTS)
    people = staff(chance, codes, homes, calendar, prefix, posts)
    made = duties(chance, services(practices, hub, council), people, calendar, load, hub, first)
    return [site(code, codes) for code in codes], people, [in_network(prefix, duty) for duty in made]


def in_network(prefix: str, duty: Duty) -> Duty:
    """Name the group of a shared role after its network: networks do not share it with each other."""
    return replace(duty, role_group=prefix + duty.role_group) if duty.role_group in SHARED else duty


def site(code: str, codes: list[str]) -> Site:
    """Make a site with its rooms and its distance to the others."""
    rooms = {"consulting": 6, "treatment": 2, "dark room": 0, "dental": 0}
    if code.endswith("HUB"):
        rooms = {"consulting": 4, "treatment": 3, "dark room": 1, "dental": 2}
    travel = {
        other: 10 + 5 * (abs(codes.index(code) - codes.index(other)) % 3) for other in codes if other != code
    }
    return Site(code, f"{code} Example", code, rooms, travel)


def rules() -> tuple[RuleChoice, ...]:
    """Give every rule with its defaults, and one skill mix."""
    choices = [card.as_choice() for card in CATALOGUE if card.code != "R09"]
    mix: dict[str, int | str] = {"have_roles": "GP partner,Salaried GP,Locum GP", "for_learners": 1, "per": 4}
    return (*choices, RuleChoice("R09", "soft", "T1", 80, mix))


def shares(sites: list[Site]) -> dict[str, dict[str, int]]:
    """Give each practice of a network the same part of its shared roles."""
    practices: dict[str, list[str]] = {}
    for site in sites:
        if not site.code.endswith(("HUB", "CIVIC")):
            practices.setdefault(site.code.partition("-")[0] + "-", []).append(site.organisation)
    return {
        prefix + group: dict.fromkeys(own, 100 // len(own))
        for prefix, own in practices.items()
        for group in SHARED
    }


def unpopular(calendar: tuple[Session, ...]) -> dict[str, frozenset[int]]:
    """Name the sessions that nobody likes."""
    kinds: dict[str, Callable[[Session], bool]] = {
        "Monday mornings": lambda each: each.day.weekday() == 0 and each.kind == "AM",
        "Friday afternoons": lambda each: each.day.weekday() == 4 and each.kind == "PM",
        "evenings": lambda each: each.kind == "EVE",
        "Saturdays": lambda each: each.kind.startswith("SAT"),
    }
    return {
        burden: frozenset(each.number for each in calendar if chosen(each))
        for burden, chosen in kinds.items()
    }
