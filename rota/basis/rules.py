"""What a rota was filled on, in brief, and which of it has changed since."""

import json
import uuid
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any

from network.vocabulary import Word
from rota.roster.rules import Time
from rota.solver.staff_rota import CARDS, Duty, Person, Problem
from rota.solver.staff_rota.archive import plain

Basis = Mapping[str, Any]


class Aspect(Word):
    """What of a person a rota depends on."""

    PATTERN = "pattern", "working pattern"
    POST = "post", "post, contract or skills"
    AGREED = "agreed", "what was agreed on how they work"
    MEETINGS = "meetings", "meetings that they are to come to"
    PLACEMENT = "placement", "where their training places them"
    PAPERS = "papers", "registration, other credentials or inductions"
    WISHES = "wishes", "requests"
    PAST = "past", "what the rota before hands on"


PEOPLE: Mapping[Aspect, tuple[str, ...]] = {
    Aspect.POST: (
        "role",
        "contract",
        "weekly_minutes",
        "session_minutes",
        "wte",
        "tolerance_minutes",
        "annualised",
        "young",
        "home_site",
        "competencies",
        "learner",
        "supervision",
        "streams",
        "protected_sessions",
        "individual",
    ),
    Aspect.AGREED: ("terms", "opted_out_on", "elsewhere_minutes"),
    Aspect.PLACEMENT: ("placed_at",),
    Aspect.PAPERS: ("credentials", "inductions"),
    Aspect.WISHES: ("wishes",),
    Aspect.PAST: ("history",),
}


# Who is paired with whom is nobody's business here either: it changes "the rest".
GENERAL = (
    "required_credentials",
    "shares",
    "unpopular",
    "patients",
    "payers",
    "pairings",
    "cadences",
    "meetings",
)


@dataclass(frozen=True)
class Leave:
    """Days on which somebody is away; why is nobody's business here."""

    starts_on: date
    ends_on: date
    starts_with: str
    ends_with: str


@dataclass(frozen=True)
class Changes:
    """Which facts are not what they were: leave, people, cover by site and day, sites, rules, clinics, the
    rest.
    """

    leave_new: tuple[tuple[str, Leave], ...] = ()
    leave_gone: tuple[tuple[str, Leave], ...] = ()
    people: tuple[tuple[str, Aspect], ...] = ()
    joined: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    cover: tuple[tuple[str, date], ...] = ()
    sites: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    clinics: bool = False
    general: bool = False

    def about(self, names: Collection[str]) -> "Changes":
        """Give the same changes, with nothing of others' posts, papers and patterns."""
        return replace(
            self,
            people=tuple(each for each in self.people if each[0] in names),
            general=self.general or any(each[0] not in names for each in self.people),
        )


def basis_of(facts: Problem, times: Mapping[uuid.UUID, Time]) -> dict[str, Any]:
    """Put the facts of a filling in brief: enough to name what changes, too little to fill again."""
    days = {session.number: session.day for session in facts.sessions}
    cover: dict[str, list[Any]] = {}
    for duty in facts.duties:
        cover.setdefault(f"{duty.site or ''} {days[duty.session].isoformat()}", []).append(_wanted(duty))
    return {
        "people": {
            person.key: _person(person, times[uuid.UUID(person.key)], facts) for person in facts.people
        },
        "cover": {place: mark(sorted(wanted, key=json.dumps)) for place, wanted in cover.items()},
        "sites": {site.code: mark(plain(site)) for site in facts.sites},
        "rules": _rules(facts),
        "clinics": mark(_clinics(facts)),
        "general": mark(plain(tuple(getattr(facts, name) for name in GENERAL))),
    }


def changes_between(before: Basis, after: Basis) -> Changes:
    """Name what differs between two sets of facts."""
    old, new = before["people"], after["people"]
    both = [key for key in new if key in old]
    return Changes(
        leave_new=tuple((new[key]["name"], each) for key in both for each in _only_in(new[key], old[key])),
        leave_gone=tuple((old[key]["name"], each) for key in both for each in _only_in(old[key], new[key])),
        people=tuple(
            (new[key]["name"], aspect)
            for key in both
            for aspect in Aspect
            # What was not yet kept when the rota was filled cannot be told to have changed.
            if new[key][aspect.value] != old[key].get(aspect.value, new[key][aspect.value])
        ),
        joined=tuple(new[key]["name"] for key in new if key not in old),
        left=tuple(old[key]["name"] for key in old if key not in new),
        cover=tuple(_place(key) for key in _differing(before["cover"], after["cover"])),
        sites=tuple(_differing(before["sites"], after["sites"])),
        rules=tuple(_differing(before["rules"], after["rules"])),
        # What was filled before clinics were among the facts cannot tell.
        clinics=before.get("clinics", after.get("clinics")) != after.get("clinics"),
        general=before["general"] != after["general"],
    )


def mark(value: Any) -> str:
    """Give a short mark of a plain value."""
    return sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:12]


def rule_name(code: str) -> str:
    """Name a rule as the rulebook does."""
    return f"{code} {CARDS[code].name}" if code in CARDS else code


def _person(person: Person, times: Time, facts: Problem) -> dict[str, Any]:
    marks = {
        aspect.value: mark([plain(getattr(person, name)) for name in names])
        for aspect, names in PEOPLE.items()
    }
    kept = [each for each in person.commitments if each.meeting]
    return {
        "name": person.name,
        "leave": sorted(_leave(times, facts)),
        Aspect.MEETINGS.value: mark([plain(each) for each in kept]),
        Aspect.PATTERN.value: mark([_pattern(each) for each in times.patterns] + [plain(times.planned)]),
        **marks,
    }


def _leave(times: Time, facts: Problem) -> Iterator[list[str]]:
    first, last = facts.sessions[0].day, facts.sessions[-1].day
    for away in times.absences:
        if away.starts_on <= last and away.ends_on >= first:
            days = away.starts_on.isoformat(), away.ends_on.isoformat()
            yield [*days, away.starts_with.value, away.ends_with.value]


def _pattern(pattern: Any) -> list[Any]:
    choices = sorted([plain(tuple(slot)), plain(choice)] for slot, choice in pattern.choices.items())
    return [pattern.starts_on.isoformat(), plain(pattern.ends_on), pattern.cycle_weeks, choices]


def _wanted(duty: Duty) -> Any:
    # Its number and its session's shift with every line that is added elsewhere.
    wanted = plain(duty)
    return {name: value for name, value in wanted.items() if name not in ("number", "session")}


def _clinics(facts: Problem) -> Any:
    clinics = facts.clinics
    if not clinics.openings:
        return None
    # Who sits in them is among the cover; the numbers of duties and sessions shift with every line.
    places = sorted((each.kind, each.site) for each in clinics.openings)
    return [plain(replace(clinics, openings=())), plain(tuple(places))]


def _rules(facts: Problem) -> dict[str, str]:
    found: dict[str, list[Any]] = {}
    for rule in facts.rules:
        found.setdefault(rule.code, []).append(plain(rule))
    return {code: mark(choices) for code, choices in found.items()}


def _only_in(one: Basis, other: Basis) -> Iterator[Leave]:
    for start, end, starts_with, ends_with in one["leave"]:
        if [start, end, starts_with, ends_with] not in other["leave"]:
            yield Leave(date.fromisoformat(start), date.fromisoformat(end), starts_with, ends_with)


def _differing(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    return sorted(key for key in {*before, *after} if before.get(key) != after.get(key))


def _place(key: str) -> tuple[str, date]:
    site, _, day = key.rpartition(" ")
    return site, date.fromisoformat(day)
