"""The minutes that supervisors have for learners, and those that placements take of them, by blocks."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from network.access.rules import Actor
from network.organisations.records import Site
from network.plumbing.database import db, today
from rota.hosts.planning.queries import minutes_of, supervising_of
from rota.hosts.records import OfferSupervisor, PlacementHost, PlacementOffer
from rota.hosts.rules import WEEK
from rota.rotations.queries import published_placements
from rota.staff.records import RotaMember
from rota.supervision.queries import in_reach, person_of, supervisors_of
from rota.supervision.rules import Load, Taken, minutes_for, tightest, used_in

BLOCK_WEEKS, BLOCKS = 4, 13


@dataclass(frozen=True)
class SupervisorShown:
    """A supervisor, where they supervise, and how much of their time learners take, by block."""

    member: RotaMember
    offers: tuple[PlacementOffer, ...]
    loads: tuple[Load, ...]

    @property
    def is_over(self) -> bool:
        return any(load.is_over for load in self.loads)


def supervisors_for(viewer: Actor) -> list[SupervisorShown]:
    """Return whoever is named at an offer, by name, with their minutes used and had in the coming year."""
    rows = db.session.scalars(
        select(OfferSupervisor)
        .join(PlacementOffer, PlacementOffer.id == OfferSupervisor.offer_id)
        .join(PlacementOffer.host)
        .join(PlacementHost.site)
        .where(in_reach(viewer, Site.organisation_id))
        .options(person_of(joinedload(OfferSupervisor.member)))
    ).all()
    offers = _offers({row.offer_id for row in rows})
    members = {row.member_id: row.member for row in rows}
    monday = today() - timedelta(today().weekday())
    mondays = [monday + week * WEEK for week in range(BLOCK_WEEKS * BLOCKS)]
    known = supervising_of(members, monday, mondays[-1] + WEEK)
    have = [{key: one.minutes_in(monday) for key, one in known.items()} for monday in mondays]
    used = _used(mondays, have)
    found = [
        SupervisorShown(
            member,
            tuple(offers[row.offer_id] for row in rows if row.member_id == member_id),
            _loads(
                mondays,
                [
                    (taken.get(member_id, 0), given[member_id])
                    for taken, given in zip(used, have, strict=True)
                ],
            ),
        )
        for member_id, member in members.items()
    ]
    return sorted(found, key=lambda each: (each.member.name, str(each.member.id)))


def _used(mondays: Sequence[date], have: Sequence[Mapping[uuid.UUID, int]]) -> list[dict[uuid.UUID, int]]:
    """Give, week by week, the minutes that placements take of each supervisor."""
    placed = published_placements(mondays[0], mondays[-1] + WEEK)
    needs = {each.id: minutes_of(each) for each in {one.offer_id: one.offer for one in placed}.values()}
    taken = [
        Taken(
            each.starts_on,
            each.ends_on,
            minutes_for(each.learner.percent, needs[each.offer_id]),
            supervisors_of(each),
        )
        for each in placed
    ]
    return [used_in(monday, taken, given) for monday, given in zip(mondays, have, strict=True)]


def _loads(mondays: Sequence[date], minutes: Sequence[tuple[int, int]]) -> tuple[Load, ...]:
    weeks = [
        (monday, monday + WEEK - timedelta(1), *each) for monday, each in zip(mondays, minutes, strict=True)
    ]
    return tuple(tightest(weeks[first : first + BLOCK_WEEKS]) for first in range(0, len(weeks), BLOCK_WEEKS))


def _offers(offer_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, PlacementOffer]:
    rows = db.session.scalars(
        select(PlacementOffer)
        .where(PlacementOffer.id.in_(list(offer_ids)))
        .options(joinedload(PlacementOffer.host).joinedload(PlacementHost.site))
    )
    return {row.id: row for row in rows}
