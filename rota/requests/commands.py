"""Making, changing and withdrawing requests, within the points and until the last day."""

import uuid

from sqlalchemy import select

from network.access.guard import require
from network.access.rules import Actor
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, now, today
from network.plumbing.refusals import Invalid, NotFound, Refusal
from rota.requests.queries import (
    find_member,
    get_request_for,
    may_ask_for,
    points_of_a_full_post,
    sessions_asked,
)
from rota.requests.records import RotaRequest
from rota.requests.rules import Asked, budget_of, why_not_now, wrong_with_points, wrong_with_request
from rota.requests.wording import said
from rota.rotas.records import RotaPeriod
from rota.staff.records import RotaMember


@command
def make_request(actor: Actor, period_id: uuid.UUID, member_id: uuid.UUID, asked: Asked) -> uuid.UUID:
    """Wish to work or to be off in a rota: for oneself, or for somebody whom the actor plans."""
    member, period = _locked(actor, member_id), db.session.get(RotaPeriod, period_id)
    if period is None:
        raise NotFound
    _refuse(period, member, asked)
    row = RotaRequest(period=period, member=member, made_by=actor.name)
    _write(row, asked)
    db.session.add(row)
    db.session.flush()
    record(actor, "make_request", "rota_request", row.id, wish=said(asked), member=str(member.id))
    return row.id


@command
def change_request(actor: Actor, request_id: uuid.UUID, asked: Asked) -> None:
    """Wish something else in place of an earlier wish."""
    row = get_request_for(actor, request_id)
    member = _locked(actor, row.member_id)
    _refuse(row.period, member, asked, besides=row)
    before = said(row.value)
    _write(row, asked)
    row.made_by, row.made_at = actor.name, now()
    record(actor, "change_request", "rota_request", row.id, before=before, wish=said(asked))


@command
def withdraw_request(actor: Actor, request_id: uuid.UUID) -> None:
    """Take a wish back; its points are free again."""
    row = get_request_for(actor, request_id)
    _locked(actor, row.member_id)
    _refuse_late(row.period)
    db.session.delete(row)
    record(actor, "withdraw_request", "rota_request", row.id, wish=said(row.value))


def _write(row: RotaRequest, asked: Asked) -> None:
    row.works, row.points = asked.works, asked.points
    row.day, row.weekday, row.kind = asked.span.day, asked.span.weekday, asked.span.kind


def _locked(actor: Actor, member_id: uuid.UUID) -> RotaMember:
    # Two wishes at the same moment must not spend the same points.
    db.session.execute(select(RotaMember.id).where(RotaMember.id == member_id).with_for_update())
    member = find_member(actor, member_id)
    if member is None:
        raise NotFound
    require(may_ask_for(actor, member))
    return member


def _refuse(period: RotaPeriod, member: RotaMember, asked: Asked, besides: RotaRequest | None = None) -> None:
    _refuse_late(period)
    if wrong := wrong_with_request(asked, period.starts_on, period.ends_on):
        raise Invalid(wrong)
    points = points_of_a_full_post()
    if not points:
        raise Refusal("Your network does not take wishes into account at present. Speak to your manager.")
    others = [row for row in _others(period, member) if besides is None or row.id != besides.id]
    left = budget_of(points, member.engagement.wte) - sum(row.points for row in others)
    if wrong := wrong_with_points(asked.points, left):
        raise Invalid(wrong)
    _refuse_what_changes_nothing(period, member, asked, [row.value for row in others])


def _refuse_late(period: RotaPeriod) -> None:
    if late := why_not_now(period.state, period.requests_until, today()):
        raise Refusal(late)


def _refuse_what_changes_nothing(
    period: RotaPeriod, member: RotaMember, asked: Asked, others: list[Asked]
) -> None:
    sessions = sessions_asked(member, period, asked.span)
    if not sessions and asked.works:
        raise Invalid("The working pattern and leave offer no session then. Choose another time.")
    if not sessions:
        raise Invalid(
            "The pattern or leave keeps that time free already: this would cost points for nothing."
        )
    for other in others:
        if any(other.span.takes(day, kind) for day, kind in sessions):
            raise Refusal(f"This crosses another wish: '{said(other)}'. Change that one instead.")


def _others(period: RotaPeriod, member: RotaMember) -> list[RotaRequest]:
    return list(
        db.session.scalars(
            select(RotaRequest)
            .where(RotaRequest.period_id == period.id, RotaRequest.member_id == member.id)
            # A page may have read them before they were locked.
            .execution_options(populate_existing=True)
        )
    )
