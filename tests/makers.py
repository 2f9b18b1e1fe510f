"""Makers of rows for tests: each takes only what the test is about and fills in the rest."""

import itertools
from collections.abc import Iterable
from datetime import date, time
from typing import TypeVar

from network.organisations.records import Membership, Organisation, Room, Site, SiteOpening
from network.people.records import Engagement, Person
from network.plumbing.database import Model, db
from network.vocabulary import ContractType, JobRole, OrganisationKind, RoomKind, SessionKind
from rota.staff.records import RotaMember

MONDAY = date(2026, 12, 7)
LONG_AGO = date(2024, 4, 1)
HOURS = {
    SessionKind.MORNING: (time(8, 0), time(12, 10)),
    SessionKind.AFTERNOON: (time(13, 30), time(17, 40)),
    SessionKind.EVENING: (time(18, 30), time(20, 0)),
}

Row = TypeVar("Row")
_numbers = itertools.count(1)


def keep(row: Row) -> Row:
    """Add the row and send it to the database; the test decides whether to commit."""
    db.session.add(row)
    db.session.flush()
    return row


def keep_all(rows: Iterable[Model]) -> None:
    """Send many rows at once, which costs little more than to send one."""
    db.session.add_all(rows)
    db.session.flush()


def make_network(name: str = "Riverside") -> Organisation:
    return keep(Organisation(kind=OrganisationKind.NETWORK, name=f"{name} network", short_name=name))


def make_organisation(
    network: Organisation, name: str = "", kind: OrganisationKind = OrganisationKind.GP_PRACTICE
) -> Organisation:
    name = name or f"Practice {next(_numbers)}"
    organisation = keep(Organisation(kind=kind, name=name, short_name=name))
    keep(Membership(network_id=network.id, organisation_id=organisation.id, joined_on=LONG_AGO))
    return organisation


def make_site(organisation: Organisation, code: str = "", rooms: int = 3) -> Site:
    code = code or f"S{next(_numbers)}"[:4]
    site = keep(Site(organisation_id=organisation.id, name=f"{code.title()} Surgery", code=code))
    db.session.add_all(
        SiteOpening(site_id=site.id, weekday=weekday, kind=kind, starts_at=starts, ends_at=ends)
        for weekday, (kind, (starts, ends)) in itertools.product(range(5), HOURS.items())
    )
    db.session.add_all(
        Room(site_id=site.id, name=f"Room {number}", kind=RoomKind.CONSULTING)
        for number in range(1, rooms + 1)
    )
    db.session.flush()
    return site


def make_person(family_name: str = "", given_name: str = "Alex") -> Person:
    return keep(Person(given_name=given_name, family_name=family_name or f"Example{next(_numbers)}"))


def make_engagement(
    employer: Organisation,
    person: Person | None = None,
    role: JobRole = JobRole.GP,
    contract: ContractType = ContractType.SALARIED,
    sessions: int = 8,
) -> Engagement:
    person = person or make_person()
    return keep(
        Engagement(
            person_id=person.id,
            employer_id=employer.id,
            role=role,
            contract=contract,
            weekly_minutes=sessions * 250,
            session_minutes=250,
            starts_on=LONG_AGO,
        )
    )


def make_member(engagement: Engagement, network: Organisation, home_site: Site | None = None) -> RotaMember:
    return keep(
        RotaMember(
            network_id=network.id,
            engagement_id=engagement.id,
            home_site_id=home_site.id if home_site else None,
            planned_from=LONG_AGO,
        )
    )
