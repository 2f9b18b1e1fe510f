"""Asking hosts for placements by a link, and taking what they answer."""

import uuid
from collections.abc import Sequence

from flask import render_template
from sqlalchemy import select

from network.access.guard import require
from network.access.rules import SYSTEM, Actor
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, in_network, now, today
from network.plumbing.mail import address_of, post
from network.plumbing.refusals import Invalid, NotFound, Refusal
from rota.host_answers.queries import (
    EDIT,
    AskingSeen,
    find_asking_by,
    get_asking_by_link,
    get_asking_for,
    hosts_to_ask,
    link_token,
)
from rota.host_answers.records import HostAnswer, HostAsking
from rota.host_answers.rules import HOLDS_FOR, Answer, AskingState, wrong_with_answer
from rota.rotations.commands import lock_version, note_host_answer
from rota.rotations.queries import get_version_for
from rota.rotations.rules import PlanVersionState, Stretch

ASKED_FOR = frozenset({PlanVersionState.DRAFT, PlanVersionState.CHOSEN})
SUBJECT = "Placements for you to accept or decline"


class LinkGone(Refusal):
    status = 404

    def __init__(self) -> None:
        super().__init__("This link was taken back or is out of date. Ask whoever sent it for a new one.")


@command
def ask_hosts(
    actor: Actor, version_id: uuid.UUID, host_ids: Sequence[uuid.UUID] | None = None
) -> list[uuid.UUID]:
    """Ask hosts (None: all) for the placements of a version that they do not know of, each by one link."""
    require(actor.may(EDIT))
    # Of two who ask at once, the later one finds that all were asked.
    version = lock_version(get_version_for(actor, version_id).id)
    if version.state not in ASKED_FOR:
        raise Refusal(f"This version is {version.state.label.lower()}: no host is asked for it any more.")
    wanted = [
        each for each in hosts_to_ask(actor, version_id) if host_ids is None or each.host.id in host_ids
    ]
    if not wanted:
        raise Invalid("Choose at least one host with placements that it has not been asked about.")
    made = []
    for each in wanted:
        row = HostAsking(
            host_id=each.host.id,
            sent_to=each.host.lead_email,
            asked_by=actor.name,
            expires_on=today() + HOLDS_FOR,
            answers=[
                HostAnswer(
                    stay_id=placement.stay_id,
                    offer_id=placement.offer_id,
                    starts_on=placement.starts_on,
                    ends_on=placement.ends_on,
                )
                for placement in each.placements
            ],
        )
        row.host = each.host
        db.session.add(row)
        db.session.flush()
        _write_letter(row, len(each.placements))
        record(
            actor,
            "ask_host",
            "host_asking",
            row.id,
            host=each.host.site.code,
            placements=len(each.placements),
            letter=bool(row.sent_to),
        )
        made.append(row.id)
    return made


@command
def remind_host(actor: Actor, asking_id: uuid.UUID) -> None:
    """Send the link again to a host that has not answered, and let it hold for as long again."""
    seen = _asking_to_edit(actor, asking_id)
    if not seen.waiting:
        raise Refusal("Nothing waits for an answer in this letter.")
    if not seen.row.host.lead_email:
        raise Refusal(f"{seen.row.host.site.name} has no email address. Hand over the link, or ring them.")
    seen.row.sent_to = seen.row.host.lead_email
    seen.row.expires_on = today() + HOLDS_FOR
    _write_letter(seen.row, len(seen.waiting))
    record(actor, "remind_host", "host_asking", seen.row.id, host=seen.row.host.site.code)


@command
def end_link(actor: Actor, asking_id: uuid.UUID) -> None:
    """Make a host's link worthless; what it has answered stays."""
    seen = _asking_to_edit(actor, asking_id)
    seen.row.ended_at, seen.row.ended_by = now(), actor.name
    record(actor, "end_host_link", "host_asking", seen.row.id, host=seen.row.host.site.code)


@command
def answer_placement(actor: Actor, answer_id: uuid.UUID, answer: Answer, reason: str = "") -> None:
    """Answer for a host that one leads, or pass on what a host has said."""
    row = _locked(answer_id)
    seen = get_asking_for(actor, row.asking_id)
    require(seen.may_answer)
    _answer(actor, seen, row, answer, reason)


@command
def answer_by_link(
    actor: Actor, token: str, answer_id: uuid.UUID | None, answer: Answer, reason: str = ""
) -> None:
    """Answer for a host by its link, for all that wait where none is named; `actor` is whoever holds it."""
    network_id, asking_id = _named(token)
    with in_network(network_id):
        seen = _open(asking_id)
        for row in _rows_of(seen, answer_id):
            _answer(_holder(seen), seen, row, answer, reason)
        # Written while the network is the link's: outside of it there are no such rows.
        db.session.flush()


@command
def open_link(actor: Actor, token: str) -> None:
    """Keep that a host's link was used."""
    network_id, asking_id = _named(token)
    with in_network(network_id):
        seen = _open(asking_id)
        record(_holder(seen), "open_host_link", "host_asking", seen.row.id, host=seen.row.host.site.code)


def _asking_to_edit(actor: Actor, asking_id: uuid.UUID) -> AskingSeen:
    seen = get_asking_for(actor, asking_id)
    require(seen.may_edit)
    if seen.state is AskingState.ENDED:
        raise Refusal("This link was taken back already.")
    return seen


def _named(token: str) -> tuple[uuid.UUID, uuid.UUID]:
    found = find_asking_by(token)
    if found is None:
        raise LinkGone
    return found


def _open(asking_id: uuid.UUID) -> AskingSeen:
    try:
        return get_asking_by_link(asking_id)
    except NotFound:
        raise LinkGone from None


def _rows_of(seen: AskingSeen, answer_id: uuid.UUID | None) -> list[HostAnswer]:
    wanted = [each.id for each in seen.asked if each.id == answer_id or (answer_id is None and each.waits)]
    if not wanted:
        raise NotFound
    return [_locked(each) for each in wanted]


def _holder(seen: AskingSeen) -> Actor:
    """Name whoever holds a link as the trail knows them."""
    host = seen.row.host
    return Actor(name=f"{host.lead_name or host.site.name}, by link", network_id=seen.row.network_id)


def _locked(answer_id: uuid.UUID) -> HostAnswer:
    """Return an answer, locked: of two clicks at once the later one counts."""
    locked = select(HostAnswer).where(HostAnswer.id == answer_id).with_for_update()
    row = db.session.scalars(locked.execution_options(populate_existing=True)).one_or_none()
    if row is None:
        raise NotFound
    return row


def _answer(actor: Actor, seen: AskingSeen, row: HostAnswer, answer: Answer, reason: str) -> None:
    if answer is Answer.ASKED:
        raise Invalid("Accept the placement or decline it.")
    if wrong := wrong_with_answer(answer, reason):
        raise Invalid(wrong)
    asked = next(each for each in seen.asked if each.id == row.id)
    if not asked.is_open:
        raise Refusal("This placement has changed since you were asked. It needs no answer any more.")
    row.answer, row.answered_by, row.answered_at = answer, actor.name, now()
    row.reason = reason.strip() or None
    note_host_answer(
        SYSTEM, row.stay_id, row.offer_id, Stretch(row.starts_on, row.ends_on), answer is Answer.ACCEPTED
    )
    # The reason stays out of the trail: it is for those who plan rotations.
    record(actor, "answer_placement", "host_asking", row.asking_id, stay=str(row.stay_id), answer=answer)


def _write_letter(row: HostAsking, placements: int) -> None:
    if not row.sent_to:
        return
    link = address_of("host_answers.answer", token=link_token(row))
    letter = render_template("rota/host_answers/letter.txt", asking=row, placements=placements, link=link)
    post(row.sent_to, SUBJECT, letter)
