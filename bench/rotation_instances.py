"""Seeded plans of rotations: a network, a place of four, and 32 networks that share some hosts. All of it is
made up.

A plan is drawn first, and hosts offer what it takes and a little more: so there is always a plan that leaves
nothing out.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from bench.rotation_programmes import HOSTS, SETTINGS, USUAL, WEEKS, Usual
from rota.solver.rotation_plan import (
    CATALOGUE,
    Approval,
    Host,
    Learner,
    Offer,
    Problem,
    Programme,
    Stay,
    Supervisor,
    Wishes,
)

# Weeks of notice that a host gives.
NOTICE = 8
MONDAY = date(2027, 8, 2)
# Networks, learners, hosts of their own in all, and hosts that all share.
SIZES = {"s": (1, 24, 19, 0), "m": (4, 96, 56, 4), "l": (32, 600, 304, 16)}
MINUTES = 120  # of supervision a week for one learner


def make(size: str, seed: int = 1) -> Problem:
    """Make an instance; the same size and seed always give the same one."""
    networks, learners, hosts, shared = SIZES[size]
    chance = Random(f"rotations {size} {seed}")
    common = [host_of("all", number, setting) for number, setting in enumerate(settings_of(shared))]
    places, people = list(common), list[Learner]()
    stays: list[Stay] = []
    for number in range(networks):
        own_hosts = part(hosts, networks, number)
        own = [
            host_of(f"n{number + 1}", place, setting) for place, setting in enumerate(settings_of(own_hosts))
        ]
        numbers = {place: len(places) + place for place in range(len(own))}
        places += own
        reach = {**{numbers[place]: own[place] for place in numbers}, **dict(enumerate(common))}
        for learner, year in learners_of(chance, number, part(learners, networks, number), reach):
            people.append(learner)
            stays += year
    return problem_of(chance, places, people, stays)


def part(whole: int, parts: int, number: int) -> int:
    """Give one of so many nearly equal parts."""
    return whole // parts + (number < whole % parts)


def settings_of(number: int) -> list[str]:
    """Give the settings of so many hosts: each at least once where there is room, then as is usual."""
    once = list(dict.fromkeys(HOSTS)) if number >= len(SETTINGS) else list(SETTINGS)[:5]
    rest = [setting for setting in HOSTS if setting in list(SETTINGS)[:6]]
    found = (once + rest)[:number] if number < len(HOSTS) else [*HOSTS]
    return found + [rest[place % len(rest)] for place in range(number - len(found))]


@dataclass(frozen=True)
class Place:
    """A host with its one offer, before its places are counted."""

    host: Host
    setting: str


def host_of(network: str, number: int, setting: str) -> Place:
    """Make a host. Every third belongs to another employer."""
    key = f"{network}-{setting}-{number + 1}"
    name = f"{SETTINGS[setting].capitalize()} {number + 1} of {network.upper()}"
    return Place(Host(key, name, employer=f"{network}-{number % 3}"), setting)


def learners_of(
    chance: Random, network: int, number: int, reach: Mapping[int, Place]
) -> Iterator[tuple[Learner, list[Stay]]]:
    """Make the learners of a network, each with a year that could be."""
    kinds = [usual for usual in USUAL for _ in range(usual.learners)]
    for place in range(number):
        usual = kinds[place * len(kinds) // number]
        key = f"n{network + 1}-{usual.programme.key}-{place + 1}"
        year = year_of(chance, key, usual, reach)
        yield learner_of(chance, key, network, usual, reach, year), year


def year_of(chance: Random, key: str, usual: Usual, reach: Mapping[int, Place]) -> list[Stay]:
    """Draw a year: the usual stays in an order that its requirements allow, no host twice."""
    order = list(usual.year)
    chance.shuffle(order)
    while not in_order(usual.programme, order):
        chance.shuffle(order)
    stays, first, seen = list[Stay](), 0, set[int]()
    for setting, weeks in order:
        open_ones = [offer for offer, place in reach.items() if place.setting == setting]
        offer = chance.choice([each for each in open_ones if each not in seen] or open_ones)
        seen.add(offer)
        stays.append(Stay(key, offer, first, weeks))
        first += weeks
    return stays


def in_order(programme: Programme, order: list[tuple[str, int]]) -> bool:
    """Say whether what comes before is done before."""
    done: dict[str, int] = {}
    for setting, weeks in order:
        if any(done.get(key, 0) < least for key, least in programme.requirement_by_key[setting].after):
            return False
        done[setting] = done.get(setting, 0) + weeks
    return True


def learner_of(
    chance: Random,
    key: str,
    network: int,
    usual: Usual,
    reach: Mapping[int, Place],
    year: list[Stay],
) -> Learner:
    """Make a learner with wishes for some of the offers in reach; whoever stays at a base has it."""
    wanted = [offer for offer, place in reach.items() if place.setting in dict(usual.year)]
    points = {offer: chance.randint(1, 5) for offer in wanted}
    best = sum(sorted(points.values())[-len(usual.year) :]) if usual.moves else 0
    travel = {site_of(reach[offer]): chance.choice((10, 20, 30, 40)) for offer in reach}
    return Learner(
        key=key,
        name=f"Learner {key.upper()}",
        programme=usual.programme.key,
        first=0,
        last=WEEKS - 1,
        base=reach[year[0].offer].host.key,
        employer=f"n{network + 1}-0",
        only=frozenset(reach),
        travel=travel,
        longest_travel=60,
        wishes=Wishes(points, most=best, moving=1) if usual.moves else Wishes(),
    )


def site_of(place: Place) -> str:
    """Name the site of a host."""
    return f"site of {place.host.key}"


def problem_of(chance: Random, places: list[Place], people: list[Learner], stays: list[Stay]) -> Problem:
    """Put an instance together: each host has places for the plan that was drawn, some for one more."""
    offers, supervisors = [], []
    for number, place in enumerate(places):
        most = most_in(stays, number) + (chance.random() < 0.5)
        key = f"supervisor of {place.host.key}"
        supervisors.append(
            Supervisor(key, key.capitalize(), (max(1, most) * MINUTES,) * WEEKS, frozenset({"DS"}))
        )
        offers.append(offer_of(number, place, max(1, most), key))
    return Problem(
        periods=WEEKS,
        programmes=tuple(usual.programme for usual in USUAL),
        learners=tuple(people),
        hosts=tuple(place.host for place in places),
        offers=tuple(offers),
        supervisors=tuple(supervisors),
        rules=tuple(card.as_choice() for card in CATALOGUE),
        monday=MONDAY,
    )


def most_in(stays: list[Stay], offer: int) -> int:
    """Count the learners with an offer in its fullest week."""
    return max(sum(stay.offer == offer and stay.covers(week) for stay in stays) for week in range(WEEKS))


def offer_of(number: int, place: Place, most: int, supervisor: str) -> Offer:
    """Make the offer of a host."""
    return Offer(
        number=number,
        host=place.host.key,
        name=place.host.name,
        settings={place.setting: 100},
        most=(most,) * WEEKS,
        approvals=tuple(Approval(usual.programme.key, 0, WEEKS - 1) for usual in USUAL),
        site=site_of(place),
        discipline=SETTINGS[place.setting],
        supervisors=(supervisor,),
        minutes=MINUTES,
    )


def taken_back(problem: Problem, told: Collection[Stay], now: int) -> tuple[Offer, int]:
    """Say which offer is taken back, and from when: the one to which most move after the notice."""
    since = now + NOTICE
    later = Counter(stay.offer for stay in told if stay.first >= since)
    busiest = max(problem.offers, key=lambda offer: (later[offer.number], -offer.number))
    return busiest, since
