"""Taking people on, and changing and ending their posts."""

import uuid
from dataclasses import asdict
from datetime import date
from typing import NamedTuple

from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.organisations.queries import get_organisation_for, has_left
from network.people.queries import find_by_email, get_engagement_for, get_person_for, may_engage
from network.people.records import Engagement, Person
from network.people.rules import Details, Terms, wrong_with_details, wrong_with_terms
from network.plumbing.commands import command
from network.plumbing.database import db, today
from network.plumbing.refusals import Invalid, Refusal


class Added(NamedTuple):
    """Someone new, with their first post."""

    person_id: uuid.UUID
    engagement_id: uuid.UUID


@command
def add_person(actor: Actor, details: Details, terms: Terms) -> Added:
    """Add someone whom the network does not know yet, with their first post."""
    _refuse_details(actor, details)
    person = Person()
    _describe(person, details)
    engagement = _engaged(actor, person, terms)
    record(actor, "add_person", "person", person.id, engagement=str(engagement.id))
    return Added(person.id, engagement.id)


@command
def change_person(actor: Actor, person_id: uuid.UUID, details: Details) -> None:
    """Correct who a person is or how to reach them."""
    person = get_person_for(actor, person_id)
    require(may_edit(actor, person))
    _refuse_details(actor, details, person)
    _describe(person, details)
    record(actor, "change_person", "person", person.id)


@command
def engage_person(actor: Actor, person_id: uuid.UUID, terms: Terms) -> uuid.UUID:
    """Give someone a further post."""
    engagement = _engaged(actor, get_person_for(actor, person_id), terms)
    record(actor, "engage_person", "engagement", engagement.id, person=str(person_id))
    return engagement.id


@command
def change_engagement(actor: Actor, engagement_id: uuid.UUID, terms: Terms) -> None:
    """Change the terms of a post; the employer stays, since another employer is another post."""
    engagement = _engagement_to_edit(actor, engagement_id)
    if terms.employer_id != engagement.employer_id:
        raise Invalid("End this post and add one with the new employer.")
    _agree(engagement, terms)
    record(actor, "change_engagement", "engagement", engagement.id)


@command
def end_engagement(actor: Actor, engagement_id: uuid.UUID, *, ends_on: date) -> None:
    """Set the last day of a post."""
    engagement = _engagement_to_edit(actor, engagement_id)
    if ends_on < engagement.starts_on:
        raise Invalid("Enter a last day on or after the first day.")
    engagement.ends_on = ends_on
    record(actor, "end_engagement", "engagement", engagement.id, ends_on=ends_on.isoformat())


@command
def resume_engagement(actor: Actor, engagement_id: uuid.UUID) -> None:
    """Take back the last day of a post."""
    engagement = _engagement_to_edit(actor, engagement_id)
    engagement.ends_on = None
    record(actor, "resume_engagement", "engagement", engagement.id)


def may_edit(actor: Actor, person: Person) -> bool:
    """Say whether one of the person's employers lets the actor edit its staff."""
    employers = [engagement.employer_id for engagement in person.engagements]
    return any(actor.may(Permission.EDIT_STAFF, organisation_id=employer) for employer in employers)


def _engaged(actor: Actor, person: Person, terms: Terms) -> Engagement:
    employer = get_organisation_for(actor, terms.employer_id)
    require(may_engage(actor, employer.id, terms.role))
    if has_left(actor, employer.id):
        raise Invalid("Choose an organisation that belongs to the network.")
    engagement = Engagement(person=person, employer=employer)
    _agree(engagement, terms)
    db.session.add(engagement)
    db.session.flush()
    return engagement


def _engagement_to_edit(actor: Actor, engagement_id: uuid.UUID) -> Engagement:
    engagement = get_engagement_for(actor, engagement_id)
    require(actor.may(Permission.EDIT_STAFF, organisation_id=engagement.employer_id))
    return engagement


def _agree(engagement: Engagement, terms: Terms) -> None:
    wrong = wrong_with_terms(terms)
    if wrong:
        raise Invalid(wrong)
    for name, value in asdict(terms).items():
        setattr(engagement, name, value)


def _describe(person: Person, details: Details) -> None:
    person.given_name, person.family_name, person.title = (
        details.given_name,
        details.family_name,
        details.title,
    )
    person.email, person.phone, person.born_on = details.email or None, details.phone, details.born_on


def _refuse_details(actor: Actor, details: Details, person: Person | None = None) -> None:
    wrong = wrong_with_details(details, today())
    if wrong:
        raise Invalid(wrong)
    holder = find_by_email(actor, details.email) if details.email else None
    if holder and holder is not person:
        raise Refusal(
            "Someone in your network has this email address already. Give that person a further post instead."
        )
