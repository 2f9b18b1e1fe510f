"""The meeting wing's part of the demo: forty people, cases in every state, and a meeting today.

Made through commands, by the invented members of the network themselves.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import select

from mdt import invented
from mdt.answering.commands import give_contribution, not_known_to_us, nothing_to_add
from mdt.asking.commands import ask_for_contribution
from mdt.cases.queries import get_case_for
from mdt.cases.rules import CaseState
from mdt.contributions.queries import get_contribution_for
from mdt.contributions.rules import Given, Visibility
from mdt.invented import InventedPatient, Report
from mdt.lists.commands import publish_list, put_on_list
from mdt.referrals.commands import (
    accept_referral,
    decline_referral,
    redirect_referral,
    refer_patient,
    return_referral,
    withdraw_case,
)
from mdt.referrals.rules import Referral
from mdt.series.commands import add_dates, add_member, start_series
from mdt.series.rules import SeriesDetails, days_from
from mdt.story.commands import add_carer, note_statement, record_need
from mdt.story.rules import Heard
from network.access.rules import Actor, Role
from network.accounts.queries import workplace_of
from network.accounts.records import Account, RoleGrant
from network.demo import Made
from network.plumbing.database import ENGLAND, db, now, today
from network.vocabulary import Discipline, OrganisationKind

QUARTER = timedelta(minutes=15)
READERS = {Discipline.VOLUNTARY: Visibility.ALL, Discipline.SOCIAL_CARE: Visibility.ALL}
WEDNESDAY, LUNCH = 2, time(13, 0)
QUORUM = {"general_practice": 1, "pharmacy": 1, "social_care": 1, "community_nursing": 1, "dentistry": 1}
PASTE = """Problems
{question}
Medicines
See the practice's record of {day}.
Allergies
None recorded"""
# Who answers for a discipline in the demo, where it is not the person's own practice.
ANSWERS: dict[Discipline, tuple[Role, OrganisationKind | None]] = {
    Discipline.PHARMACY: (Role.CLINICIAN, OrganisationKind.NETWORK),
    Discipline.OPTOMETRY: (Role.CLINICIAN, OrganisationKind.OPTICIAN),
    Discipline.DENTISTRY: (Role.CLINICIAN, OrganisationKind.DENTAL_PRACTICE),
    Discipline.SOCIAL_CARE: (Role.SOCIAL_CARE_MEMBER, None),
    Discipline.COMMUNITY_NURSING: (Role.CLINICIAN, OrganisationKind.COMMUNITY_TRUST),
    Discipline.MENTAL_HEALTH: (Role.CLINICIAN, OrganisationKind.NETWORK),
    Discipline.HOSPITAL_CARE: (Role.CLINICIAN, OrganisationKind.HOSPITAL_TRUST),
    Discipline.VOLUNTARY: (Role.VOLUNTARY_MEMBER, None),
}


@dataclass(frozen=True)
class Members:
    """The invented members of one network, who do all that is done in its demo."""

    made: Made
    actors: tuple[Actor, ...]

    def one(self, role: Role, organisation_id: uuid.UUID | None = None) -> Actor:
        """Return somebody with a role, at an organisation where one is said."""
        return next(
            actor
            for actor in self.actors
            for grant in actor.grants
            if grant.role is role and organisation_id in (None, grant.organisation_id)
        )

    @property
    def coordinator(self) -> Actor:
        return self.one(Role.CARE_COORDINATOR)

    @property
    def chair(self) -> Actor:
        return self.one(Role.CHAIR)

    def of_practice(self, practice: int) -> Actor:
        """Return who refers for a practice; the first one's is the chair."""
        return self.chair if practice == 0 else self.one(Role.CLINICIAN, self.made.practices[practice])

    def who_answers(self, discipline: Discipline, practice: int) -> tuple[Actor, uuid.UUID]:
        """Return who answers for a discipline, and of which organisation."""
        if discipline is Discipline.GENERAL_PRACTICE:
            return self.of_practice(practice), self.made.practices[practice]
        role, kind = ANSWERS[discipline]
        if kind is OrganisationKind.NETWORK:
            return self._of_the_network(discipline), self.made.network_id
        actor = self.one(role, self.made.partners[kind] if kind else None)
        return actor, next(grant.organisation_id for grant in actor.grants if grant.role is role)

    def _of_the_network(self, discipline: Discipline) -> Actor:
        people = {
            one.person_id: one.invented.post.role.discipline
            for one in self.made.people
            if one.employer_id == self.made.network_id
        }
        return next(
            actor for actor in self.actors if actor.person_id and people.get(actor.person_id) is discipline
        )


def make(made: Made) -> None:
    """Make the meeting wing's part of one invented network."""
    members = Members(made, tuple(_actors(made)))
    meeting_id = _meeting(members)
    for patient in invented.for_today():
        case_id = _triaged(members, patient)
        _contributions(members, case_id, patient)
        put_on_list(members.coordinator, meeting_id, case_id)
    publish_list(members.coordinator, meeting_id)
    for patient in invented.at_other_points():
        _brought_to(members, patient)


def _actors(made: Made) -> list[Actor]:
    accounts = db.session.scalars(
        select(Account)
        .join(RoleGrant)
        .where(RoleGrant.network_id == made.network_id)
        .order_by(Account.created_at)
        .distinct()
    )
    return [workplace_of(account, made.network_id).actor for account in accounts]


def _meeting(members: Members) -> uuid.UUID:
    """Start the series and give it a date within the hour, and more after it."""
    coordinator = members.coordinator
    series_id = start_series(
        coordinator,
        SeriesDetails(
            name=f"{members.made.name} frailty MDT",
            purpose="People whose care several services share, who would fall through the gaps between them.",
            place="Hub, group room",
            chair_id=members.chair.account_id,
            minute_taker_id=coordinator.account_id,
            quorum=QUORUM,
        ),
    )
    for role in (Role.CLINICIAN, Role.SOCIAL_CARE_MEMBER, Role.VOLUNTARY_MEMBER):
        for actor in members.actors:
            if actor.account_id and any(grant.role is role for grant in actor.grants):
                add_member(coordinator, series_id, actor.account_id)
    first = soon()
    meeting_id = add_dates(coordinator, series_id, [first.date()], first.time())[0]
    wednesday = first.date() + timedelta(days=14 + (WEDNESDAY - first.weekday()) % 7)
    add_dates(coordinator, series_id, days_from(wednesday, 3, 2), LUNCH)
    return meeting_id


def soon() -> datetime:
    """Return the next quarter of an hour, in England."""
    moment = now().astimezone(ENGLAND).replace(second=0, microsecond=0) + QUARTER
    return moment - timedelta(minutes=moment.minute % 15)


def _triaged(members: Members, patient: InventedPatient) -> uuid.UUID:
    case_id = _referred(members, patient)
    coordinator = members.coordinator
    assert coordinator.account_id
    accept_referral(coordinator, case_id, coordinator_id=coordinator.account_id, risks=patient.risks)
    return case_id


def _referred(members: Members, patient: InventedPatient) -> uuid.UUID:
    """Let somebody be referred, with all that they said and need."""
    practice_id = members.made.practices[patient.practice]
    actor, organisation_id = members.of_practice(patient.practice), practice_id
    if patient.referrer == "hospital":
        actor, organisation_id = members.who_answers(Discipline.HOSPITAL_CARE, patient.practice)
    if patient.referrer == "voluntary":
        actor, organisation_id = members.who_answers(Discipline.VOLUNTARY, patient.practice)
    case_id = refer_patient(
        actor,
        patient.identity,
        Referral(
            question=patient.question,
            wants=patient.wants,
            why_not_asked=patient.why_not_asked,
            urgency=patient.urgency,
            pasted=PASTE.format(question=patient.question, day=today()),
            basis=patient.basis,
            how_informed="Told at the last visit, with the leaflet about sharing.",
            informed_on=today() - timedelta(days=5),
        ),
        organisation_id=organisation_id,
        practice_id=practice_id,
        contact=patient.contact,
    )
    _tell(actor, get_case_for(actor, case_id).case.patient_id, patient)
    return case_id


def _tell(actor: Actor, patient_id: uuid.UUID, patient: InventedPatient) -> None:
    for said in patient.said:
        heard_on = today() - timedelta(days=said.ago)
        note_statement(actor, patient_id, Heard(said.kind, said.words, said.by, actor.name, heard_on))
    for kind, words in patient.needs.items():
        record_need(actor, patient_id, kind, words)
    for carer in patient.carers:
        add_carer(actor, patient_id, carer)


def _contributions(members: Members, case_id: uuid.UUID, patient: InventedPatient) -> None:
    for discipline, report in patient.reports.items():
        actor, organisation_id = members.who_answers(discipline, patient.practice)
        asked = ask_for_contribution(members.coordinator, case_id, discipline, organisation_id)
        _answer(actor, asked, discipline, report)
    for discipline in patient.asked:
        _, organisation_id = members.who_answers(discipline, patient.practice)
        ask_for_contribution(members.coordinator, case_id, discipline, organisation_id)


def _answer(actor: Actor, contribution_id: uuid.UUID, discipline: Discipline, report: Report) -> None:
    if report.is_unknown:
        not_known_to_us(actor, contribution_id)
    elif not report.words:
        nothing_to_add(actor, contribution_id)
    else:
        seen = get_contribution_for(actor, contribution_id).contribution.row_version
        usual = READERS.get(discipline, Visibility.CLINICAL)
        named = (Discipline.SOCIAL_CARE, Discipline.GENERAL_PRACTICE) if report.is_sensitive else ()
        given = Given(
            words=report.words,
            offer=report.offer,
            need=report.need,
            has_met=report.has_met,
            visibility=Visibility.NAMED if report.is_sensitive else usual,
            named=named,
        )
        give_contribution(actor, contribution_id, given, seen=seen)


def _brought_to(members: Members, patient: InventedPatient) -> None:
    """Bring a case to the point of its way at which the demo shows it."""
    coordinator, state = members.coordinator, CaseState(patient.state)
    answers = {
        CaseState.RETURNED: return_referral,
        CaseState.REDIRECTED: redirect_referral,
        CaseState.DECLINED: decline_referral,
        CaseState.WITHDRAWN: withdraw_case,
    }
    if state is CaseState.TRIAGED:
        _triaged(members, patient)
    elif state in answers:
        answers[state](coordinator, _referred(members, patient), patient.answer)
    elif state is CaseState.SUBMITTED:
        _referred(members, patient)
