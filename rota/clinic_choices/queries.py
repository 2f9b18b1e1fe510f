"""Proposals as they are shown side by side: where and when, with whom, and what each comes to."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from network.access.rules import Actor, Permission
from network.organisations.records import Site
from network.people.records import Engagement
from network.plumbing.database import db
from rota.clinic_plans.queries import get_plan_for, proposals_of
from rota.clinic_plans.records import ClinicPlan
from rota.clinic_plans.rules import AT_WORK, Figures, PlanState, Proposal, pattern_of, places_after
from rota.clinic_seats.queries import may_open
from rota.staff.records import RotaMember


@dataclass(frozen=True)
class SittingSeen:
    """One clinic of a proposal: when and where, and who sits in it, by group."""

    when: str
    site: str
    seats: tuple[tuple[str, tuple[str, ...]], ...]
    served: int


@dataclass(frozen=True)
class Choice:
    """A proposal, ready to be accepted."""

    number: int
    title: str
    usual: str
    site: str
    figures: Figures
    sittings: tuple[SittingSeen, ...]
    later: int
    is_accepted: bool


@dataclass(frozen=True)
class Choices:
    """A plan with what was found for it."""

    plan: ClinicPlan
    found: tuple[Choice, ...]
    may_accept: bool
    may_open: bool

    @property
    def is_at_work(self) -> bool:
        return self.plan.state in AT_WORK

    @property
    def most_rooms(self) -> int:
        return max((each.figures.rooms for each in self.found), default=0)

    @property
    def most_backfill(self) -> int:
        return max((each.figures.backfill for each in self.found), default=0)

    @property
    def most_travel(self) -> int:
        return max((each.figures.travel or 0 for each in self.found), default=0)


def choices_for(viewer: Actor, plan_id: uuid.UUID) -> Choices:
    """Return a plan with its proposals."""
    plan = get_plan_for(viewer, plan_id)
    proposals = proposals_of(plan)
    sites = {row.id: row.name for row in db.session.scalars(select(Site))}
    names = _names(proposals)
    chosen = plan.accepted.get("number") if plan.state is PlanState.ACCEPTED else None
    found = (
        _choice(plan, number, proposal, sites, names, number == chosen)
        for number, proposal in enumerate(proposals)
    )
    return Choices(plan, tuple(found), viewer.may(Permission.EDIT_CLINICS), may_open(viewer, plan.version))


def _choice(
    plan: ClinicPlan,
    number: int,
    proposal: Proposal,
    sites: dict[uuid.UUID, str],
    names: dict[uuid.UUID, str],
    is_accepted: bool,
) -> Choice:
    pattern = pattern_of(proposal, plan.every_weeks, plan.ends_on)
    sittings = (
        SittingSeen(
            when=f"{each.place.day:%A} {each.place.day.day} {each.place.day:%B} {each.place.kind.label}",
            site=sites[each.place.site_id],
            seats=tuple(
                (group.label, tuple(names.get(member, "no longer planned") for member in members))
                for group, members in each.people.items()
                if members
            ),
            served=sum(each.served.values()) + each.asked,
        )
        for each in proposal.sittings
    )
    return Choice(
        number=number,
        title=proposal.title,
        usual=pattern.said,
        site=sites[proposal.usual.site_id],
        figures=proposal.figures,
        sittings=tuple(sittings),
        later=len(places_after(proposal, pattern, plan.version.period.ends_on)),
        is_accepted=is_accepted,
    )


def _names(proposals: Sequence[Proposal]) -> dict[uuid.UUID, str]:
    ids = {
        member
        for proposal in proposals
        for sitting in proposal.sittings
        for members in sitting.people.values()
        for member in members
    }
    rows = db.session.scalars(
        select(RotaMember)
        .where(RotaMember.id.in_(ids))
        .options(joinedload(RotaMember.engagement).joinedload(Engagement.person))
    )
    return {row.id: row.name for row in rows}
