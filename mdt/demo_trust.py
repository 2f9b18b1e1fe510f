"""What the demo's governance desk looks after: agreements, an emergency, a copy to give, a double entry."""

import uuid
from datetime import timedelta
from itertools import chain, repeat

from sqlalchemy import select

from mdt.agreements.commands import record_agreement
from mdt.agreements.rules import AgreementDetails
from mdt.cases.records import Case
from mdt.cases.rules import CaseState
from mdt.demo_members import Members
from mdt.emergencies.commands import open_in_emergency
from mdt.emergencies.rules import EmergencyKind, Wanted
from mdt.learners.commands import let_learner_in
from mdt.learners.rules import Told
from mdt.objections.commands import object_to_sharing
from mdt.patients.rules import Contact, Identity
from mdt.sharing.rules import ObjectionScope
from mdt.story.commands import add_patient
from mdt.subject_access.commands import record_request
from mdt.subject_access.rules import AskedBy
from network.access.rules import Role
from network.plumbing.database import db, today
from network.vocabulary import OrganisationKind

# Days ago signed, and days until the review: one is due soon, one is overdue, all others hold.
DUE_SOON, OVERDUE, HOLDS = (340, 25), (420, -12), (300, 430)
ASKED_DAYS_AGO = 25


def look_after(members: Members) -> None:
    """Give those who answer for sharing their morning."""
    _sign(members)
    cases = _cases_of(members)
    _open_in_emergency(members, cases[0])
    _learn(members, cases[1])
    record_request(
        members.coordinator,
        cases[2].patient_id,
        AskedBy.PERSON,
        today() - timedelta(days=ASKED_DAYS_AGO),
        "Asked at the desk; would like it on paper, in large print.",
    )
    _enter_twice(members, cases[3])
    object_to_sharing(
        members.coordinator,
        cases[4].patient_id,
        ObjectionScope.ORGANISATION,
        organisation_id=members.made.partners[OrganisationKind.DENTAL_PRACTICE],
    )


def _sign(members: Members) -> None:
    """Let all but one organisation have signed, one of them long ago."""
    lead, made = members.one(Role.GOVERNANCE_LEAD), members.made
    signers = [*made.practices, *made.partners.values()]
    terms = chain((HOLDS, DUE_SOON, HOLDS, OVERDUE), repeat(HOLDS))
    for organisation_id, (ago, ahead) in zip(signers[:-1], terms, strict=False):
        details = AgreementDetails(
            reference=f"{made.name} sharing agreement, version 2",
            signed_by="The Caldicott Guardian",
            signed_on=today() - timedelta(days=ago),
            review_on=today() + timedelta(days=ahead),
        )
        record_agreement(lead, organisation_id, details)


def _cases_of(members: Members) -> list[Case]:
    """Return cases of the first practice's people that no list has: other practices know nothing of them."""
    found = db.session.scalars(
        select(Case)
        .where(Case.state.in_((CaseState.TRIAGED, CaseState.SUBMITTED, CaseState.ACTING)))
        .order_by(Case.number)
    )
    return list(found)


def _open_in_emergency(members: Members, case: Case) -> None:
    """Let a clinician of another practice open a case."""
    homes = members.made.practices
    away = next(place for place, home in enumerate(homes) if place and home != case.patient.practice_id)
    open_in_emergency(
        members.of_practice(away),
        Wanted(nhs_number=case.patient.nhs_number or ""),
        EmergencyKind.CARING_NOW,
        "Came to our surgery confused and without papers; I needed to know what was agreed.",
    )


def _learn(members: Members, case: Case) -> None:
    learner = members.one(Role.LEARNER)
    assert learner.account_id
    told = Told("Asked on the phone, said yes", members.coordinator.name, today(), did_not_object=True)
    let_learner_in(
        members.coordinator, case.id, learner.account_id, today(), today() + timedelta(days=13), told
    )


def _enter_twice(members: Members, case: Case) -> uuid.UUID:
    """Enter somebody again without a number, as a hospital's letter might spell them."""
    patient = case.patient
    return add_patient(
        members.coordinator,
        Identity(patient.family_name, patient.given_name[:3], patient.born_on, sex=patient.sex),
        Contact(phone="01632 960123"),
        is_somebody_else=True,
    )
