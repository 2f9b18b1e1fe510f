"""Who bears the unpopular sessions, counted as the solver counts them."""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, selectinload

from network.access.rules import Actor, Permission
from network.people.records import Engagement, Person
from network.plumbing.database import db, today
from rota.facts.queries import remembered_facts_of
from rota.fairness.rules import Bearer, Burden, in_order
from rota.planning.queries import planned_for
from rota.roster.queries import burdens_between
from rota.roster.rules import BURDENS, FAIRNESS_LOOKS_BACK, burden_of
from rota.rotas.queries import get_version_for, last_planned_day, periods_for
from rota.rotas.rules import VersionState
from rota.solver.staff_rota.rules.fairness import bearers_of, borne_in, common_share, share_in, weight_of
from rota.staff.queries import planned_between
from rota.staff.records import RotaMember, WorkingPattern
from rota.staff.rules import Availability

WEEKS = FAIRNESS_LOOKS_BACK.days // 7


@dataclass(frozen=True)
class Fairness:
    """All kinds of unpopular sessions over some time, with the people the viewer may see."""

    burdens: tuple[Burden, ...]
    seen: frozenset[uuid.UUID]

    def find(self, name: str) -> Burden | None:
        return next((burden for burden in self.burdens if burden.name == name), None)


def fairness_in(viewer: Actor, version_id: uuid.UUID) -> Fairness:
    """Count the unpopular sessions of a rota and of the months before it."""
    version = get_version_for(viewer, version_id)
    planned = planned_for(version, remembered_facts_of(version.period))
    problem = planned.problem
    burdens = []
    for name in problem.unpopular:
        here, share = borne_in(problem, planned.plan, name), share_in(problem, name)
        bearers = [
            _bearer(
                planned.members[uuid.UUID(person.key)],
                person.history.unpopular.get(name, 0),
                here[person.key],
                share,
            )
            for person in bearers_of(problem, name)
        ]
        burdens.append(Burden(name, share, in_order(bearers)))
    return Fairness(_as_told(burdens), _seen_by(viewer, planned.members.values()))


def fairness_behind(viewer: Actor, day: date) -> Fairness:
    """Count the unpopular sessions of the weeks up to a day, and those that are published after it."""
    first = day - FAIRNESS_LOOKS_BACK + timedelta(1)
    behind, ahead = burdens_between(first, day), _ahead(day)
    members = db.session.scalars(
        select(RotaMember)
        .join(RotaMember.engagement)
        .join(Engagement.person)
        .where(planned_between(first, max(day, last_planned_day() or day)))
        .options(
            contains_eager(RotaMember.engagement).contains_eager(Engagement.person),
            contains_eager(RotaMember.engagement).joinedload(Engagement.employer),
            selectinload(RotaMember.patterns).selectinload(WorkingPattern.cells),
        )
        .order_by(Person.family_name)
    ).all()
    burdens = [_behind(name, members, behind, ahead) for name in BURDENS]
    return Fairness(_as_told(burdens), _seen_by(viewer, members))


def own_fairness(viewer: Actor) -> list[tuple[Burden, Bearer]]:
    """Return how the viewer stands in each kind of unpopular session that their roles share."""
    own = {
        member_id
        for member_id in db.session.scalars(
            select(RotaMember.id)
            .join(RotaMember.engagement)
            .where(Engagement.person_id == viewer.person_id, planned_between(today(), today()))
        )
    }
    if not own:
        return []
    burdens = fairness_behind(viewer, today()).burdens
    return [(burden, each) for burden in burdens for each in burden.bearers if each.member_id in own]


def rotas_to_choose(viewer: Actor) -> list[tuple[uuid.UUID, str]]:
    """Offer the published rotas, and to those who plan the drafts as well."""
    return [
        (version.id, view.said if version.state is VersionState.CHOSEN else f"{view.said}, draft")
        for view in periods_for(viewer)
        for version in reversed(view.versions)
        if version.state is VersionState.CHOSEN or version is view.draft
    ]


def sees_others(viewer: Actor) -> bool:
    """Say whether somebody may see how others stand: those who see staff beside themselves."""
    reach = viewer.organisations_for(Permission.SEE_STAFF)
    return reach is None or bool(reach)


def _behind(
    name: str,
    members: Sequence[RotaMember],
    behind: Mapping[uuid.UUID, Counter[str]],
    ahead: Mapping[uuid.UUID, Counter[str]],
) -> Burden:
    def sessions_of(found: Mapping[uuid.UUID, Counter[str]], member: RotaMember) -> int:
        return found.get(member.id, Counter())[name]

    bearing = {m.id: m.engagement.role for m in members if sessions_of(behind, m) or sessions_of(ahead, m)}
    roles = set(bearing.values())
    sharing = [
        m for m in members if m.id in bearing or (m.engagement.role in roles and name in _offered_by(m))
    ]
    borne = sum(sessions_of(behind, m) + sessions_of(ahead, m) for m in sharing)
    share = common_share(borne, (max(1, member.engagement.wte) for member in sharing))
    bearers = [_bearer(m, sessions_of(behind, m), sessions_of(ahead, m), share) for m in sharing]
    return Burden(name, share, in_order(bearers))


def _offered_by(member: RotaMember) -> set[str | None]:
    """Name the unpopular sessions that somebody's patterns offer."""
    monday = date.min  # the calendar begins on one
    return {
        burden_of(monday + timedelta(cell.weekday), cell.kind, is_eve=is_eve)
        for pattern in member.patterns
        for cell in pattern.cells
        if cell.availability in (Availability.AVAILABLE, Availability.PREFERRED)
        for is_eve in (False, True)
    }


def _bearer(member: RotaMember, before: int, here: int, share: int) -> Bearer:
    wte = max(1, member.engagement.wte)
    return Bearer(
        member_id=member.id,
        name=member.name,
        role=member.engagement.role.label,
        wte=wte,
        before=before,
        here=here,
        load=(before + here) * weight_of(wte),
        share=share,
    )


def _ahead(day: date) -> Mapping[uuid.UUID, Counter[str]]:
    last = last_planned_day()
    return burdens_between(day + timedelta(1), last) if last and last > day else {}


def _as_told(burdens: Iterable[Burden]) -> tuple[Burden, ...]:
    """Leave out what nobody shares, and put the rest in the order of the vocabulary."""
    return tuple(
        sorted((each for each in burdens if each.bearers), key=lambda each: BURDENS.index(each.name))
    )


def _seen_by(viewer: Actor, members: Iterable[RotaMember]) -> frozenset[uuid.UUID]:
    reach = viewer.organisations_for(Permission.SEE_STAFF)
    return frozenset(
        member.id
        for member in members
        if reach is None
        or member.engagement.employer_id in reach
        or (viewer.person_id is not None and member.engagement.person_id == viewer.person_id)
    )
