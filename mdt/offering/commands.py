"""Offering somebody a service, what they answer, and naming who helps them find their way."""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from mdt.actions.commands import add_action, leave_undone
from mdt.actions.queries import find_owner
from mdt.actions.rules import TO_DO, NotDone
from mdt.cases.commands import lock_case, tell
from mdt.cases.queries import CaseSeen, get_case_for
from mdt.offering.queries import (
    OfferSeen,
    get_navigator_for,
    get_offer_for,
    is_objected_to,
    may_offer,
    ways_for,
)
from mdt.services.queries import get_service_for, navigator_of
from mdt.services.records import Navigator, Offer, OfferStep, Service
from mdt.services.rules import (
    LONGEST_NOTE,
    OFFER_MOVES,
    RUNNING,
    Helped,
    OfferState,
    Way,
    wrong_with_answer,
)
from mdt.sharing.commands import refuse_in_emergency
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, now, today
from network.plumbing.refusals import Invalid, Refusal

LONGEST_NAME = 120


class NotNow(Refusal):
    """It cannot be offered, or answered, as things stand."""


@dataclass(frozen=True)
class Named:
    """Who helps somebody find their way, and how they are reached."""

    name: str
    organisation: str = ""
    phone: str = ""


@command
def offer_service(
    actor: Actor,
    case_id: uuid.UUID,
    service_id: uuid.UUID,
    way: Way,
    *,
    hopes: str = "",
    offered_on: date | None = None,
    refer_by: date | None = None,
) -> uuid.UUID:
    """Keep that somebody was offered a service; where we refer them, somebody has that to do by a day."""
    seen, service = get_case_for(actor, case_id), get_service_for(actor, service_id)
    require(actor.may_somewhere(Permission.CONTRIBUTE))
    refuse_in_emergency(actor, seen.case.patient_id)
    case = lock_case(seen.case)
    _refuse_wrong(actor, seen, service, way)
    day = offered_on or today()
    if day > today():
        raise Invalid("Enter a day that is not in the future.")
    offer = Offer(
        patient_id=case.patient_id,
        case_id=case.id,
        service_id=service.id,
        way=way,
        hopes=_short(hopes),
        offered_on=day,
        offered_by=actor.name,
        offered_by_id=actor.account_id,
    )
    if way is Way.REFER and seen.access.standing.is_clinical:
        offer.action_id = _refer(actor, case.id, service, refer_by or today())
    db.session.add(offer)
    db.session.flush()
    tell(actor, case, f"{actor.name} offered them {service.name}.")
    record(actor, "offer_service", "case", case.id, offer=str(offer.id), service=str(service.id))
    return offer.id


@command
def answer_offer(
    actor: Actor, offer_id: uuid.UUID, to: OfferState, on: date, words: str = "", helped: Helped | None = None
) -> uuid.UUID:
    """Keep what the person answered to an offer, or how it ended and whether it helped, in their words."""
    offer = _offer_to_change(actor, offer_id).offer
    if to is OfferState.WITHDRAWN:
        raise Invalid("Choose what they answered.")
    if wrong := wrong_with_answer(offer.state, to, on, offer.offered_on, today()):
        raise NotNow(wrong)
    step = OfferStep(
        offer_id=offer.id,
        state=to,
        on=on,
        words=_short(words),
        helped=helped if to is OfferState.FINISHED else None,
        noted_by=actor.name,
    )
    offer.state = to
    db.session.add(step)
    record(actor, "answer_offer", "case", offer.case_id, offer=str(offer.id), to=to.value)
    return offer.case_id


@command
def take_back_answer(actor: Actor, offer_id: uuid.UUID) -> uuid.UUID:
    """Take the last answer back, which was noted by mistake; it stays on record as taken back."""
    seen = _offer_to_change(actor, offer_id)
    if not seen.steps:
        raise NotNow("Nothing has been answered to this offer.")
    seen.steps[-1].taken_back_at = now()
    seen.offer.state = seen.steps[-2].state if len(seen.steps) > 1 else OfferState.OFFERED
    record(actor, "take_back_offer_answer", "case", seen.offer.case_id, offer=str(offer_id))
    return seen.offer.case_id


@command
def withdraw_offer(actor: Actor, offer_id: uuid.UUID) -> uuid.UUID:
    """Take back an offer that was noted by mistake; nobody refers them then."""
    offer = _offer_to_change(actor, offer_id).offer
    if OfferState.WITHDRAWN not in OFFER_MOVES[offer.state]:
        raise NotNow(f"This offer is {offer.state.label.lower()}. Take that back first.")
    offer.state = OfferState.WITHDRAWN
    if offer.action is not None and offer.action.state in TO_DO:
        leave_undone(actor, offer.action.id, NotDone.NOT_NEEDED, "The offer was noted by mistake.")
    record(actor, "withdraw_offer", "case", offer.case_id, offer=str(offer.id))
    return offer.case_id


@command
def name_navigator(actor: Actor, case_id: uuid.UUID, named: Named, starts_on: date) -> uuid.UUID:
    """Name who helps somebody find their way, as they wished; the one before ends."""
    seen = get_case_for(actor, case_id)
    require(actor.may_somewhere(Permission.CONTRIBUTE))
    refuse_in_emergency(actor, seen.case.patient_id)
    case = lock_case(seen.case)
    if not may_offer(actor, case):
        raise NotNow("Nobody can be named in this case now.")
    if not named.name.strip():
        raise Invalid("Enter who it is.")
    if max(map(len, (named.name, named.organisation, named.phone))) > LONGEST_NAME:
        raise Invalid(f"Shorten each answer to {LONGEST_NAME} characters.")
    if (before := navigator_of(case.patient_id)) is not None:
        before.ended_on = today()
    row = Navigator(
        patient_id=case.patient_id,
        name=named.name.strip(),
        organisation=named.organisation.strip(),
        phone=named.phone.strip(),
        wished_on=today(),
        starts_on=starts_on,
        named_by=actor.name,
    )
    db.session.add(row)
    db.session.flush()
    record(actor, "name_navigator", "case", case.id, navigator=str(row.id))
    return row.id


@command
def end_navigator(actor: Actor, navigator_id: uuid.UUID) -> uuid.UUID:
    """Keep that somebody helps the person find their way no more."""
    row = get_navigator_for(actor, navigator_id)
    require(actor.may_somewhere(Permission.CONTRIBUTE))
    if row.ended_on is not None:
        raise NotNow("This has ended already.")
    row.ended_on = today()
    record(actor, "end_navigator", "patient", row.patient_id, navigator=str(row.id))
    return row.patient_id


def _refuse_wrong(actor: Actor, seen: CaseSeen, service: Service, way: Way) -> None:
    """Refuse what cannot be offered to this person, or not in this way."""
    if seen.case.patient.died_on is not None:
        raise NotNow("This person has died.")
    if not may_offer(actor, seen.case):
        raise NotNow(f"This case is {seen.case.state.label.lower()}: nothing is offered in it now.")
    if service.ended_on is not None:
        raise NotNow(f"{service.name} has ended. Choose another service.")
    if way not in ways_for(actor, seen, service):
        raise Invalid("Choose from the list how they come to it.")
    if way is Way.REFER and is_objected_to(seen.case.patient_id, service):
        raise NotNow(
            f"The person does not want {service.provider} told of them. They can go there themselves."
        )
    running = select(Offer.id).where(
        Offer.patient_id == seen.case.patient_id,
        Offer.service_id == service.id,
        Offer.state.in_(RUNNING),
    )
    if db.session.scalars(running).first() is not None:
        raise NotNow(f"They have been offered {service.name} already, or have it. Note what they answered.")


def _refer(actor: Actor, case_id: uuid.UUID, service: Service, by: date) -> uuid.UUID:
    """Give whoever runs the service the action where they can be asked here, else whoever offers it."""
    asks_them = actor.may(Permission.ACT) and find_owner(actor, case_id, None, service.organisation_id)
    if service.organisation_id is not None and asks_them:
        words = f"Get in touch with them about {service.name}."
        return add_action(actor, case_id, words, by, organisation_id=service.organisation_id)
    words = f"Refer them to {service.name}, {service.provider}. {service.how_to_refer}".strip()
    return add_action(actor, case_id, words, by, account_id=actor.account_id)


def _offer_to_change(actor: Actor, offer_id: uuid.UUID) -> OfferSeen:
    """Return an offer, its case locked: two who note an answer at once follow each other."""
    offer = get_offer_for(actor, offer_id).offer
    require(actor.may_somewhere(Permission.CONTRIBUTE))
    refuse_in_emergency(actor, offer.patient_id)
    lock_case(offer.case)
    db.session.refresh(offer)
    return get_offer_for(actor, offer_id)


def _short(words: str) -> str:
    if len(words.strip()) > LONGEST_NOTE:
        raise Invalid(f"Shorten this to {LONGEST_NOTE} characters: it has {len(words.strip())}.")
    return words.strip()
