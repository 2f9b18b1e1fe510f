"""Making links by which people answer how they fare, taking their answers, and ending links."""

import uuid
from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import select

from mdt.cases.queries import get_case_for
from mdt.instruments.rules import Answers
from mdt.outcome_links.queries import LinkOpened, find_named, find_opened, get_link_for, state_of_link
from mdt.outcome_links.rules import LinkState
from mdt.outcomes.commands import keep_own_answers
from mdt.outcomes.queries import may_ask, waiting_for
from mdt.outcomes.records import MeasureLink
from mdt.outcomes.rules import How, Wave, wrong_with_sheet
from mdt.own_door.queries import bars_to
from mdt.sharing.commands import refuse_in_emergency
from network.access.guard import require
from network.access.rules import Actor
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, in_network, now, today
from network.plumbing.refusals import Invalid, Refusal

LONGEST = timedelta(days=84)
BY_LINK = {How.SELF: "The person, by their link", How.CARER: "A carer, by their link"}


class LinkGone(Refusal):
    status = 404

    def __init__(self) -> None:
        super().__init__(
            "This link does not work any more. If you have answered already, thank you: nothing else is"
            " needed. If you have not, ask whoever gave you the link for a new one."
        )


@command
def make_link(
    actor: Actor,
    case_id: uuid.UUID,
    wave: Wave,
    how: How,
    expires_on: date,
    *,
    helper: str = "",
    is_safe: bool,
) -> uuid.UUID:
    """Make a link by which one wave is answered once; the one before it is taken back."""
    seen = get_case_for(actor, case_id)
    require(may_ask(actor, seen))
    refuse_in_emergency(actor, seen.case.patient_id)
    waiting = [
        each
        for each in waiting_for(seen.case.patient_id)
        if each.measure.case_id == case_id and each.measure.wave is wave
    ]
    if not waiting:
        raise Refusal("Nothing waits to be asked in this wave.")
    if bars := bars_to(seen.access.patient, None):
        raise Refusal(f"No link can be made. {bars[0].label}")
    _refuse_unfit(how, helper, expires_on, is_safe)
    for before in _open_links(case_id, wave):
        before.ended_at, before.ended_by = now(), actor.name
    link = MeasureLink(
        case_id=case_id,
        wave=wave,
        how=how,
        helper=helper.strip() if how is How.CARER else "",
        made_by=actor.name,
        expires_on=expires_on,
    )
    db.session.add(link)
    db.session.flush()
    record(actor, "make_measure_link", "case", case_id, ref=seen.case.ref, wave=wave.value, how=how.value)
    return link.id


@command
def end_link(actor: Actor, link_id: uuid.UUID) -> uuid.UUID:
    """Make a link worthless; return whose case it is of."""
    link = get_link_for(actor, link_id)
    if state_of_link(link) is not LinkState.OPEN:
        raise Refusal("This link cannot be used any more as it is.")
    link.ended_at, link.ended_by = now(), actor.name
    record(actor, "end_measure_link", "case", link.case_id, ref=link.case.ref)
    return link.case_id


@command
def open_link(actor: Actor, token: str) -> None:
    """Keep that a link was opened; it is not used up by that: programs look at links in messages."""
    network_id, link_id = _named(token)
    with in_network(network_id):
        opened = _opened(link_id)
        record(_holder(opened), "open_measure_link", "case", opened.link.case_id, ref=opened.link.case.ref)


@command
def answer_by_link(actor: Actor, token: str, answers: Mapping[uuid.UUID, Answers]) -> None:
    """Keep what was answered by a link, which then works no more; `actor` is whoever holds it."""
    network_id, link_id = _named(token)
    with in_network(network_id):
        # Of two who send at once the later one finds the link used.
        db.session.scalars(select(MeasureLink.id).where(MeasureLink.id == link_id).with_for_update()).all()
        opened = _opened(link_id)
        link = opened.link
        db.session.refresh(link)
        if state_of_link(link) is not LinkState.OPEN:
            raise LinkGone
        keep_own_answers(_holder(opened), opened.patient.id, answers, link.how, link.helper)
        link.used_at = now()
        # Written while the network is the link's: outside of it there are no such rows.
        db.session.flush()


def _refuse_unfit(how: How, helper: str, expires_on: date, is_safe: bool) -> None:
    if how is How.WITH_HELP:
        raise Invalid("Give the link to the person, or to a carer. With your help, write their answers down.")
    if not is_safe:
        raise Invalid("Say that it is safe to give them a link, or ask them yourself.")
    if not today() < expires_on <= today() + LONGEST:
        raise Invalid(f"Enter a day from tomorrow up to {LONGEST.days} days from now.")
    if wrong := wrong_with_sheet(how, helper, today(), today()):
        raise Invalid(wrong)


def _open_links(case_id: uuid.UUID, wave: Wave) -> list[MeasureLink]:
    rows = select(MeasureLink).where(MeasureLink.case_id == case_id, MeasureLink.wave == wave)
    return [row for row in db.session.scalars(rows) if state_of_link(row) is LinkState.OPEN]


def _named(token: str) -> tuple[uuid.UUID, uuid.UUID]:
    found = find_named(token)
    if found is None:
        raise LinkGone
    return found


def _opened(link_id: uuid.UUID) -> LinkOpened:
    opened = find_opened(link_id)
    if opened is None:
        raise LinkGone
    return opened


def _holder(opened: LinkOpened) -> Actor:
    """Name whoever holds a link as the trail knows them, without a name."""
    return Actor(name=BY_LINK[opened.link.how], network_id=opened.link.network_id)
