"""The people of a bench network: sixty, in the real mix of roles, contracts, part-timers and learners."""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from bench.calendar import FIRST_DAY, HALVES, span
from rota.solver.staff_rota import (
    Commitment,
    Credential,
    History,
    Learner,
    Person,
    Session,
    Supervision,
    Wish,
)


class Post(NamedTuple):
    """A kind of post: how many hold one, on which contract, how many sessions a week, at how many sites."""

    role: str
    number: int
    contract: str
    sessions: tuple[int, int]
    sites: int
    minutes: int = 250


POSTS = (
    Post("GP partner", 8, "partner", (6, 8), 2),
    Post("Salaried GP", 8, "salaried", (4, 8), 3),
    Post("Locum GP", 2, "locum", (2, 6), 5),
    Post("GP registrar", 4, "learner", (10, 10), 1, 240),
    Post("Practice nurse", 8, "afc", (5, 9), 3, 225),
    Post("Healthcare assistant", 6, "afc", (5, 9), 3, 225),
    Post("Clinical pharmacist", 4, "arrs", (6, 10), 5, 225),
    Post("Trainee pharmacist", 1, "learner", (10, 10), 3, 225),
    Post("Pharmacy technician", 3, "arrs", (6, 10), 5, 225),
    Post("First contact physiotherapist", 3, "arrs", (6, 10), 5, 225),
    Post("Link worker", 4, "arrs", (5, 10), 6, 225),
    Post("Social worker", 2, "council", (6, 10), 4, 222),
    Post("Optometrist", 1, "afc", (4, 6), 1, 225),
    Post("Dentist", 1, "afc", (4, 6), 1, 210),
    Post("Dental therapist", 1, "afc", (4, 6), 1, 210),
    Post("Paramedic", 2, "arrs", (6, 10), 5, 225),
    Post("Mental health practitioner", 2, "arrs", (6, 10), 5, 225),
)
GENERAL_PRACTITIONERS = frozenset({"GP partner", "Salaried GP", "Locum GP"})
REGISTERED = {post.role: frozenset({"registration", "DBS"}) for post in POSTS if "worker" not in post.role}
GUIDES: dict[str, Supervision] = {
    "GP partner": Supervision(frozenset({"GP registrar"}), 60, 2),
    "Salaried GP": Supervision(frozenset({"GP registrar"}), 30, 1),
    "Clinical pharmacist": Supervision(frozenset({"Trainee pharmacist"}), 60, 1),
}
LEARNERS: dict[str, Learner] = {
    "GP registrar": Learner(
        "GP registrar", 30, most_clinical_minutes=28 * 60, least_educational_minutes=12 * 60
    ),
    "Trainee pharmacist": Learner("Trainee pharmacist", 45, strict=False),
}
GIVEN_NAMES = (
    "Ada",
    "Ben",
    "Cora",
    "Dev",
    "Ela",
    "Finn",
    "Gita",
    "Hugo",
    "Ivy",
    "Jon",
    "Kira",
    "Leo",
    "Mina",
)


def staff(
    chance: Random,
    sites: list[str],
    home_sites: Mapping[str, list[str]],
    sessions: tuple[Session, ...],
    prefix: str,
    posts: tuple[Post, ...] = POSTS,
) -> list[Person]:
    """Make the people of one network; each role has its own home sites."""
    people: list[Person] = []
    for post in posts:
        for place in range(post.number):
            homes = home_sites[post.role]
            home = homes[place % len(homes)]
            people.append(person(chance, post, f"{prefix}{len(people):02}", home, sites, sessions))
    return people


def person(
    chance: Random, post: Post, key: str, home: str, sites: list[str], sessions: tuple[Session, ...]
) -> Person:
    """Make one person."""
    weekly = chance.randint(*post.sessions)
    unavailable, credits = absences(chance, post, weekly, sessions)
    elsewhere = [site for site in sites if site != home]
    others = chance.sample(elsewhere, min(len(elsewhere), post.sites - 1))
    fixed = commitments(post, sessions) if post.role in LEARNERS else ()
    return Person(
        key=key,
        name=f"{chance.choice(GIVEN_NAMES)} Example {key}",
        role=post.role,
        discipline=post.role,
        contract=post.contract,
        weekly_minutes=0 if post.contract == "locum" else weekly * post.minutes,
        session_minutes=post.minutes,
        wte=weekly * 10,
        tolerance_minutes=weekly * post.minutes if post.contract == "locum" else 120,
        young=post.role == "Healthcare assistant" and key.endswith("27"),
        home_site=home,
        unavailable={number: why for number, why in unavailable.items()},
        credits=credits,
        protected_sessions=int(post.contract == "salaried" and weekly >= 6),
        commitments=fixed,
        competencies=frozenset({"prescribing"} if chance.random() < 0.5 else ()),
        credentials=credentials(chance),
        inductions={site: date(2026, 1, 5) for site in (home, *others)},
        learner=LEARNERS.get(post.role),
        supervision=GUIDES.get(post.role),
        wishes=wishes(chance, sessions),
        history=history(chance),
    )


def absences(
    chance: Random, post: Post, weekly: int, sessions: tuple[Session, ...]
) -> tuple[dict[int, str], dict[int, int]]:
    """Draw a working pattern and leave: which sessions are closed, and what leave credits to the contract."""
    halves = [(day, half) for day in range(5) for half in HALVES]
    open_halves = set(chance.sample(halves, min(10, weekly + 2)))
    extended = chance.random() < 0.5 and post.role not in LEARNERS
    days = 7 * (1 + (sessions[-1].day - FIRST_DAY).days // 7)
    leave = {day for _ in range(chance.choice((0, 0, 1, 1, 2))) for day in leave_days(chance, days)}
    closed: dict[int, str] = {}
    credits: dict[int, int] = {}
    for session in sessions:
        works = (session.day.weekday(), session.kind) in open_halves if session.kind in HALVES else extended
        if session.day in leave:
            closed[session.number] = "annual leave"
            if session.kind in HALVES:
                credits[session.number] = weekly * post.minutes // 10
        elif not works:
            closed[session.number] = "working pattern"
    return closed, credits


def leave_days(chance: Random, days: int) -> list[date]:
    """Draw a stretch of leave."""
    first = FIRST_DAY + timedelta(chance.randrange(days))
    return [first + timedelta(day) for day in range(chance.choice((1, 1, 2, 3, 5)))]


def commitments(post: Post, sessions: tuple[Session, ...]) -> tuple[Commitment, ...]:
    """Give a learner's week its fixed education: a tutorial, the release half-day, self-directed learning."""
    fixed = {(2, "AM"): "tutorial", (2, "PM"): "day release", (4, "PM"): "self-directed learning"}
    return tuple(
        Commitment(
            session.number,
            fixed[session.day.weekday(), session.kind],
            span(session)[0],
            span(session)[0] + timedelta(minutes=post.minutes),
            educational=True,
            protected=True,
        )
        for session in sessions
        if (session.day.weekday(), session.kind) in fixed
    )


def credentials(chance: Random) -> tuple[Credential, ...]:
    """Give registration and DBS; now and then the registration runs out within the period."""
    runs_out = FIRST_DAY + timedelta(chance.randrange(7, 28)) if chance.random() < 0.04 else date(2028, 4, 30)
    return Credential("registration", runs_out), Credential("DBS", None)


def wishes(chance: Random, sessions: tuple[Session, ...]) -> tuple[Wish, ...]:
    """Draw a few wishes of one day or of one session."""
    found = []
    for _ in range(chance.choice((0, 0, 1, 2, 3))):
        chosen = chance.choice(sessions)
        day = frozenset(each.number for each in sessions if each.day == chosen.day)
        wished = day if chance.random() < 0.5 else frozenset({chosen.number})
        found.append(Wish(wished, chance.random() < 0.3, chance.randint(1, 10)))
    return tuple(found)


def history(chance: Random) -> History:
    """Draw what the months before hand on."""
    before = FIRST_DAY - timedelta(3)
    burdens = ("Monday mornings", "Friday afternoons", "evenings", "Saturdays")
    return History(
        worked_days=frozenset(before - timedelta(back) for back in range(5)),
        unpopular={burden: chance.randrange(4) for burden in burdens},
    )
