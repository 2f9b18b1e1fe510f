"""Hosts, offers and supervisors as the search for rotations takes them; weeks count from a Monday."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, selectinload

from network.people.records import Engagement
from network.plumbing.database import db
from network.vocabulary import JobRole
from rota.demand.queries import closures_for_planning
from rota.hosts.planning.rules import Guide, Supervising, minutes_needed
from rota.hosts.queries import all_hosts, approvals_of, as_terms, limits_of
from rota.hosts.records import PlacementHost, PlacementOffer
from rota.hosts.rules import WEEK, is_approved_in, places_in, stretches
from rota.learners.records import LearnerApart
from rota.leave.queries import absences_for_planning, working_of
from rota.programmes.records import Programme
from rota.solver.rotation_plan.host import Approval, Host, Offer, Supervisor
from rota.staff.records import RotaMember, WorkingPattern

WHOLE = 100


@dataclass(frozen=True)
class Offered:
    """The hosts and offers of a plan, and by which number the search knows each offer."""

    hosts: tuple[Host, ...]
    offers: tuple[Offer, ...]
    number_of: Mapping[uuid.UUID, int]

    @property
    def offer_of(self) -> dict[int, uuid.UUID]:
        return {number: offer_id for offer_id, number in self.number_of.items()}


def offers_for_planning(starts_on: date, weeks: int) -> Offered:
    """Return the current network's hosts and offers for some weeks from a Monday.

    Keys are ids as text; numbers follow the hosts' names, so the same rows give the same problem.
    """
    mondays = _mondays(starts_on, weeks)
    hosts, needs = all_hosts(), _needs_by_role()
    rows = [(host, offer) for host in hosts for offer in host.offers]
    return Offered(
        hosts=tuple(_host(host, mondays) for host in hosts),
        offers=tuple(_offer(number, host, row, mondays, needs) for number, (host, row) in enumerate(rows)),
        number_of={row.id: number for number, (_, row) in enumerate(rows)},
    )


def supervisors_for_planning(starts_on: date, weeks: int) -> tuple[Supervisor, ...]:
    """Return whoever is named as a supervisor of an offer, with their minutes in each week."""
    mondays = _mondays(starts_on, weeks)
    kinds: dict[uuid.UUID, set[str]] = {}
    for host in all_hosts():
        for offer in host.offers:
            for each in offer.supervisors:
                kinds.setdefault(each.member_id, set()).add(each.kind.value)
    known = supervising_of(kinds, starts_on, starts_on + weeks * WEEK)
    programmes = _programmes_by_role()
    apart = _apart()
    names = _names(kinds)
    return tuple(
        Supervisor(
            key=str(member_id),
            name=names[member_id],
            minutes=tuple(each.minutes_in(monday) for monday in mondays),
            roles=frozenset(kinds[member_id]),
            programmes=frozenset(
                key for guide in each.guides for key in programmes.get(guide.role, frozenset())
            ),
            away=frozenset(week for week, monday in enumerate(mondays) if each.is_away_in(monday)),
            not_for=frozenset(apart.get(member_id, ())),
        )
        for member_id, each in sorted(known.items(), key=lambda item: (names[item[0]], str(item[0])))
    )


def supervising_of(
    member_ids: Iterable[uuid.UUID], starts_on: date, ends_on: date
) -> dict[uuid.UUID, Supervising]:
    """Return when some members work and what they may give to learners, over some days."""
    closures, absences = (
        closures_for_planning(starts_on, ends_on),
        absences_for_planning(starts_on, ends_on),
    )
    members = db.session.scalars(
        select(RotaMember)
        .join(RotaMember.engagement)
        .where(RotaMember.id.in_(list(member_ids)))
        .options(
            contains_eager(RotaMember.engagement),
            selectinload(RotaMember.patterns).selectinload(WorkingPattern.cells),
            selectinload(RotaMember.supervises),
        )
    )
    return {
        member.id: Supervising(
            guides=tuple(
                Guide(each.learner_role, each.minutes_per_session, each.starts_on, each.ends_on)
                for each in sorted(member.supervises, key=lambda each: each.learner_role)
            ),
            working=working_of(member, closures),
            absences=absences.get(member.id, ()),
            contract_sessions=-(-member.engagement.weekly_minutes // member.engagement.session_minutes),
        )
        for member in members
    }


def minutes_of(offer: PlacementOffer, needs: Mapping[JobRole, int] | None = None) -> int:
    """Return the minutes of supervision that one full-time learner takes in a week at an offer."""
    if offer.minutes is not None:
        return offer.minutes
    known = _needs_by_role() if needs is None else needs
    return max((known.get(each.programme.role, 0) for each in offer.programmes), default=0)


def _mondays(starts_on: date, weeks: int) -> list[date]:
    first = starts_on - timedelta(starts_on.weekday())
    return [first + week * WEEK for week in range(weeks)]


def _host(host: PlacementHost, mondays: Sequence[date]) -> Host:
    floors = [
        sum(
            offer.floor
            for offer in host.offers
            if places_in(as_terms(offer), limits_of(offer), offer.withdrawn_from, monday)[1]
        )
        for monday in mondays
    ]
    return Host(
        key=str(host.id),
        name=host.site.name,
        employer=host.site.organisation.short_name,
        floor=tuple(floors) if any(floors) else (),
    )


def _offer(
    number: int,
    host: PlacementHost,
    offer: PlacementOffer,
    mondays: Sequence[date],
    needs: Mapping[JobRole, int],
) -> Offer:
    terms, limits = as_terms(offer), limits_of(offer)

    def places(stage: str = "") -> list[tuple[int, int]]:
        return [places_in(terms, limits, offer.withdrawn_from, monday, stage) for monday in mondays]

    numbers = places()
    stages = sorted({limit.stage for limit in limits if limit.stage})
    programmes = sorted(terms.programmes, key=str)
    return Offer(
        number=number,
        host=str(host.id),
        name=f"{offer.name} at {host.site.name}",
        settings={setting.value: WHOLE for setting in terms.settings},
        most=tuple(most for _, most in numbers),
        least=tuple(least for least, _ in numbers),
        by_stage={stage: tuple(most for _, most in places(stage)) for stage in stages},
        programmes=frozenset(map(str, programmes)),
        approvals=tuple(_approvals(host, programmes, mondays)),
        site=host.site.code,
        discipline=offer.discipline.value,
        supervisors=tuple(sorted({str(each.member_id) for each in offer.supervisors})),
        minutes=minutes_of(offer, needs),
    )


def _approvals(
    host: PlacementHost, programmes: Sequence[uuid.UUID], mondays: Sequence[date]
) -> Iterable[Approval]:
    known = approvals_of(host)
    for programme_id in programmes:
        held = [is_approved_in(known, programme_id, monday) for monday in mondays]
        for first, last in stretches(held):
            yield Approval(str(programme_id), first, last)


def _needs_by_role() -> dict[JobRole, int]:
    """Give the most minutes a week that a full-time learner of each role takes, as the rota says of them."""
    rows = db.session.execute(
        select(RotaMember, Engagement)
        .join(RotaMember.engagement)
        .where(RotaMember.supervision_minutes.is_not(None))
    )
    found: dict[JobRole, int] = {}
    for member, post in rows:
        clinical = member.most_clinical_minutes or post.full_time_minutes
        minutes = minutes_needed(member.supervision_minutes, clinical, post.session_minutes)
        found[post.role] = max(found.get(post.role, 0), minutes)
    return found


def _programmes_by_role() -> dict[JobRole, frozenset[str]]:
    found: dict[JobRole, set[str]] = {}
    for programme_id, role in db.session.execute(select(Programme.id, Programme.role)):
        found.setdefault(role, set()).add(str(programme_id))
    return {role: frozenset(keys) for role, keys in found.items()}


def _names(member_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    members = db.session.scalars(select(RotaMember).where(RotaMember.id.in_(list(member_ids))))
    return {member.id: member.name for member in members}


def _apart() -> dict[uuid.UUID, set[str]]:
    """Give the learners whom somebody may not guide; why is kept elsewhere."""
    rows = db.session.execute(
        select(LearnerApart.from_member_id, LearnerApart.learner_id).where(
            LearnerApart.from_member_id.is_not(None)
        )
    )
    found: dict[uuid.UUID, set[str]] = {}
    for member_id, learner_id in rows:
        assert member_id is not None
        found.setdefault(member_id, set()).add(str(learner_id))
    return found
