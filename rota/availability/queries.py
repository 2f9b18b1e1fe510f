"""Who is free at a time, as far as the published rota, leave, patterns and meetings tell."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from network.organisations.records import Organisation
from network.people.records import Engagement, Person
from network.plumbing.database import db, in_network, today
from network.vocabulary import OrganisationKind
from rota.availability.rules import Duty, Missed, cannot_come, free_of, kinds_at, short_of
from rota.demand.queries import closures_for_planning
from rota.holds.queries import holds_between, holds_by, holds_for_planning, kept_of
from rota.holds.records import Hold
from rota.holds.rules import Free, Span
from rota.leave.queries import absences_for_planning
from rota.leave.rules import Away
from rota.roster.queries import shut_by_site, times_of
from rota.roster.rules import Time, local
from rota.rotas.records import Assignment, RotaVersion
from rota.rotas.rules import VersionState
from rota.staff.queries import planned_between
from rota.staff.records import RotaMember, WorkingPattern

FAR_OFF = date.max


def free_people(
    day: date,
    starts: time,
    ends: time,
    person_ids: Collection[uuid.UUID],
    *,
    but: uuid.UUID | None = None,
) -> Mapping[uuid.UUID, Free]:
    """Say of each of some people whether they are free at a time; `but` is a meeting that does not count.

    Whoever is planned in no rota here is taken to be.
    """
    span = datetime.combine(day, starts), datetime.combine(day, ends)
    posts = _posts(day, person_ids)
    duties = _duties(day, person_ids)
    meetings = _meetings(day, but)
    return {
        person_id: free_of(
            posts.get(person_id, []), duties.get(person_id, []), meetings.get(person_id, []), span
        )
        for person_id in person_ids
    }


def quorum_of(keys: Collection[uuid.UUID]) -> Mapping[uuid.UUID, tuple[str, ...]]:
    """Say of meetings whose time is kept what stands against each now; of others, nothing is said at all."""
    return {hold.key: tuple(standing_against(hold)) for hold in holds_by(list(keys))}


def standing_against(hold: Hold) -> list[str]:
    """Say in sentences who cannot come to a meeting that needs them, and what its quorum lacks."""
    ids = [each.person_id for each in hold.people]
    free = free_people(hold.day, hold.starts, hold.ends, ids, but=hold.key)
    names = _names(ids)
    kept = kept_of(hold)
    said = [cannot_come(names[each], free[each]) for each in sorted(kept.needed, key=names.__getitem__)]
    said += (
        short_of(
            need.discipline,
            need.least,
            [(names[each], free[each]) for each in sorted(need.person_ids, key=names.__getitem__)],
        )
        for need in kept.quorum
    )
    return [each for each in said if each]


def missed_by(person_id: uuid.UUID, away: Away) -> list[Missed]:
    """Return the meetings that time away would take somebody from: who is to come, or makes a quorum."""
    found = []
    for kept in holds_for_planning(max(away.starts_on, today()), away.ends_on):
        if not any(away.takes(kept.day, kind) for kind in kinds_at((kept.starts, kept.ends))):
            continue
        if person_id in kept.needed:
            found.append(Missed(kept.starts, None))
        elif (need := next((each for each in kept.quorum if person_id in each.person_ids), None)) is not None:
            others = need.person_ids - {person_id}
            free = free_people(kept.day, kept.starts.time(), kept.ends.time(), others, but=kept.key)
            if sum(each.is_free for each in free.values()) < need.least:
                found.append(Missed(kept.starts, need.discipline))
    return found


def holds_to_look_at() -> Sequence[Hold]:
    """Return the time that is kept for meetings in the current network, from today on."""
    return holds_between(today(), FAR_OFF)


def networks_that_changed() -> list[uuid.UUID]:
    """Return the networks in which what stands against a meeting is not what it was when last looked at."""
    networks = db.session.scalars(
        select(Organisation.id).where(Organisation.kind == OrganisationKind.NETWORK).order_by(Organisation.id)
    ).all()
    found = []
    for each in networks:
        # Each network's holds are hidden from all others.
        with in_network(each):
            if any(standing_against(hold) != hold.short for hold in holds_to_look_at()):
                found.append(each)
    return found


def _posts(day: date, person_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Time]]:
    absences = absences_for_planning(day, day)
    shut = shut_by_site(closures_for_planning(day, day))
    found: dict[uuid.UUID, list[Time]] = {}
    members = db.session.scalars(
        select(RotaMember)
        .join(RotaMember.engagement)
        .where(Engagement.person_id.in_(person_ids), planned_between(day, day))
        .options(
            contains_eager(RotaMember.engagement),
            joinedload(RotaMember.home_site),
            selectinload(RotaMember.patterns).selectinload(WorkingPattern.cells),
        )
    )
    for member in members:
        times = times_of(member, absences.get(member.id, ()), shut.get(member.home_site_id, {}))
        found.setdefault(member.engagement.person_id, []).append(times)
    return found


def _duties(day: date, person_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Duty]]:
    rows = db.session.scalars(
        select(Assignment)
        .join(Assignment.version)
        .join(Assignment.member)
        .join(RotaMember.engagement)
        .where(
            RotaVersion.state == VersionState.CHOSEN,
            Assignment.day == day,
            Engagement.person_id.in_(person_ids),
        )
        .options(
            contains_eager(Assignment.member).contains_eager(RotaMember.engagement),
            joinedload(Assignment.site),
        )
    )
    found: dict[uuid.UUID, list[Duty]] = {}
    for row in rows:
        where = f"on duty at {row.site.name} then" if row.site else "on duty then"
        duty = Duty(local(row.starts_at), local(row.ends_at), where)
        found.setdefault(row.member.engagement.person_id, []).append(duty)
    return found


def _meetings(day: date, but: uuid.UUID | None) -> dict[uuid.UUID, list[Span]]:
    found: dict[uuid.UUID, list[Span]] = {}
    for row in holds_between(day, day):
        if row.key != but:
            kept = kept_of(row)
            for person_id in kept.needed:
                found.setdefault(person_id, []).append((kept.starts, kept.ends))
    return found


def _names(person_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    rows = db.session.scalars(select(Person).where(Person.id.in_(person_ids)))
    return {row.id: row.name for row in rows}
