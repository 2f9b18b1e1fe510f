"""The funding ledger as far as the viewer may see it: counts and hours, never names."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import aliased

from network.access.rules import Actor, Permission
from network.organisations.records import Organisation, Site
from network.people.records import Engagement
from network.plumbing.database import db, today
from network.plumbing.refusals import NotFound
from network.vocabulary import RoleGroup
from rota.funding.queries import agreements_for_planning, list_sizes_of, sharing_for
from rota.funding.rules import agreement_on, shares_on
from rota.ledger.rules import Count, Line, Share, shared_groups, shares_in
from rota.rotas.queries import sees_drafts
from rota.rotas.records import Assignment, RotaPeriod, RotaVersion
from rota.rotas.rules import VersionState, said_period
from rota.staff.records import RotaMember


@dataclass(frozen=True)
class Span:
    """What a ledger is about: the published rotas of a month, or one version of a rota."""

    value: str
    said: str
    starts_on: date
    ends_on: date
    version_id: uuid.UUID | None = None
    is_draft: bool = False


@dataclass(frozen=True)
class Ledger:
    """The lines of a span, and the shares of the practices in it."""

    span: Span
    lines: tuple[Line, ...]
    shares: tuple[Share, ...]

    @property
    def to_check(self) -> list[Line]:
        """What is charged to a stream that was not made to pay for it."""
        return [line for line in self.lines if not line.is_payable]


def spans_for(viewer: Actor) -> list[Span]:
    """Offer the months that published rotas touch, the latest first, then rotas; drafts to those who plan."""
    if not viewer.may_somewhere(Permission.SEE_COUNTS):
        raise NotFound
    states = [VersionState.CHOSEN, *([VersionState.DRAFT] if sees_drafts(viewer) else [])]
    rows = db.session.execute(
        select(
            RotaVersion.id, RotaVersion.number, RotaVersion.state, RotaPeriod.starts_on, RotaPeriod.ends_on
        )
        .join(RotaVersion.period)
        .where(RotaVersion.state.in_(states))
        .order_by(RotaPeriod.starts_on.desc(), RotaVersion.number.desc())
    ).all()
    told = [(row.starts_on, row.ends_on) for row in rows if row.state is VersionState.CHOSEN]
    rotas = [
        Span(
            str(row.id),
            f"Rota of {said_period(row.starts_on, row.ends_on)}"
            + (f", draft {row.number}" if row.state is VersionState.DRAFT else ""),
            row.starts_on,
            row.ends_on,
            row.id,
            row.state is VersionState.DRAFT,
        )
        for row in rows
    ]
    return [*_months(told), *rotas]


def usual_span(spans: Sequence[Span]) -> Span | None:
    """Choose what a page opens with: this month, or the latest month there is."""
    now = f"{today():%Y-%m}"
    return next((span for span in spans if span.value == now), spans[0] if spans else None)


def ledger_for(viewer: Actor, value: str = "") -> Ledger | None:
    """Return the ledger of a span, of the usual one where none is named; None where there is no rota."""
    spans = spans_for(viewer)
    span = next((each for each in spans if each.value == value), None) if value else usual_span(spans)
    if span is None:
        if value:
            raise NotFound
        return None
    lines = _lines(viewer, span)
    return Ledger(span, lines, tuple(shares_in(lines, _shares(viewer, span, lines))))


def _months(told: Sequence[tuple[date, date]]) -> list[Span]:
    firsts = {
        day.replace(day=1)
        for starts_on, ends_on in told
        for day in (starts_on + timedelta(days) for days in range((ends_on - starts_on).days + 1))
    }
    return [
        Span(f"{first:%Y-%m}", f"{first:%B %Y}", first, _last_of(first))
        for first in sorted(firsts, reverse=True)
    ]


def _last_of(first: date) -> date:
    return (first + timedelta(31)).replace(day=1) - timedelta(1)


def _lines(viewer: Actor, span: Span) -> tuple[Line, ...]:
    employer, place = aliased(Organisation), aliased(Organisation)
    keys = (
        Assignment.funding,
        Engagement.role,
        Assignment.role_group,
        Engagement.contract,
        Assignment.activity,
        place.short_name,
        employer.short_name,
    )
    version = (
        Assignment.version_id == span.version_id
        if span.version_id
        else RotaVersion.state == VersionState.CHOSEN
    )
    rows = db.session.execute(
        select(*keys, func.count(), func.sum(Assignment.minutes))
        .join(Assignment.version)
        .join(Assignment.member)
        .join(RotaMember.engagement)
        .join(employer, employer.id == Engagement.employer_id)
        .outerjoin(Site, Site.id == Assignment.site_id)
        .outerjoin(place, place.id == Site.organisation_id)
        .where(version, Assignment.day.between(span.starts_on, span.ends_on), _reach(viewer))
        .group_by(*keys)
        .order_by(*keys)
    )
    return tuple(
        Line(funding, role, group, contract, activity, at or "", by, Count(sessions, int(minutes)))
        for funding, role, group, contract, activity, at, by, sessions, minutes in rows
    )


def _reach(viewer: Actor) -> ColumnElement[bool]:
    """Match the work of an organisation's own people, and the work at its sites."""
    reach = viewer.organisations_for(Permission.SEE_COUNTS)
    if reach is None:
        return Engagement.employer_id.is_not(None)
    return or_(Engagement.employer_id.in_(reach), Site.organisation_id.in_(reach))


def _shares(viewer: Actor, span: Span, lines: Sequence[Line]) -> Mapping[RoleGroup, Mapping[str, int]]:
    # Somebody who sees one practice only cannot see what the others had, and so no shares.
    if viewer.organisations_for(Permission.SEE_COUNTS) is not None:
        return {}
    sharing = sharing_for(viewer)
    names = {each.id: each.short_name for each in sharing}
    agreements = agreements_for_planning()
    agreed = [group for group in RoleGroup if agreement_on(agreements, group, span.starts_on)]
    return {
        group: {
            names[each]: percent
            for each, percent in shares_on(agreements, group, span.starts_on, list_sizes_of(sharing)).items()
            if each in names
        }
        for group in shared_groups(lines, agreed)
    }
