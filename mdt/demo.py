"""The meeting wing's part of the demo: forty people, cases in every state, and a meeting today.

Made through commands, by the invented members of the network themselves.
"""

import uuid
from contextlib import AbstractContextManager
from datetime import datetime, time, timedelta

from mdt import invented
from mdt.answering.commands import give_contribution, not_known_to_us, nothing_to_add
from mdt.asking.commands import ask_for_contribution
from mdt.cases.queries import get_case_for
from mdt.cases.rules import CaseState
from mdt.closing.commands import withdraw_case
from mdt.contributions.queries import get_contribution_for
from mdt.contributions.rules import Given, Visibility
from mdt.demo_care_web import draw_care_web
from mdt.demo_effort import give_time
from mdt.demo_facts import note_invented
from mdt.demo_finding import find
from mdt.demo_members import Members, actors_of
from mdt.demo_outcomes import ask_how_they_are, learn_from_it, look_at_themselves
from mdt.demo_own_page import open_own_page
from mdt.demo_past import come_back, followed_up, held
from mdt.demo_plans import plan_together
from mdt.demo_services import offer_services
from mdt.demo_trust import look_after
from mdt.drafts.commands import keep_draft
from mdt.invented import InventedPatient, Report
from mdt.lists.commands import publish_list, put_on_list
from mdt.panels.rules import Answer
from mdt.referrals.commands import (
    accept_referral,
    decline_referral,
    redirect_referral,
    refer_patient,
    return_referral,
)
from mdt.referrals.rules import Referral
from mdt.series.commands import add_dates, add_member, start_series
from mdt.series.rules import SeriesDetails, days_from
from mdt.story.commands import add_carer, add_patient, note_statement, record_need
from mdt.story.rules import Heard
from mdt.writing.commands import change_letter_head
from network.access.rules import Actor, Role
from network.demo import Made
from network.plumbing.database import ENGLAND, days_ago, now, today
from network.vocabulary import Discipline

QUARTER = timedelta(minutes=15)
READERS = {Discipline.VOLUNTARY: Visibility.ALL, Discipline.SOCIAL_CARE: Visibility.ALL}
WEDNESDAY, LUNCH = 2, time(13, 0)
QUORUM = {"general_practice": 1, "pharmacy": 1, "social_care": 1, "community_nursing": 1, "dentistry": 1}
# Cases that an earlier meeting has discussed.
HELD = frozenset({"discussed", "acting", "review_due", "closed"})
PASTE = """Problems
{question}
Medicines
See the practice's record of {day}.
Allergies
None recorded"""


def make(made: Made) -> None:
    """Make the meeting wing's part of one invented network: first its past, then the meeting of today."""
    members = Members(made, tuple(actors_of(made)))
    last = datetime.combine(
        today() - timedelta(days=14 + (today().weekday() - WEDNESDAY) % 7), LUNCH, ENGLAND
    )
    with _at(last - timedelta(days=21)):
        series_id = _series(members)
        earlier_id = add_dates(members.coordinator, series_id, [last.date()], LUNCH)[0]
    _hold_earlier(members, earlier_id, last)
    _prepare_today(members, _dates(members, series_id))
    for place, patient in enumerate(invented.at_other_points()):
        if patient.state not in HELD:
            with _at(now() - timedelta(days=4) + place * timedelta(hours=6)):
                _brought_to(members, patient)
    for patient in invented.without_a_case():
        practice_id = made.practices[patient.practice]
        add_patient(members.coordinator, patient.identity, patient.contact, practice_id)
    look_after(members)
    offer_services(members)
    ask_how_they_are(members)
    learn_from_it(members)
    look_at_themselves(members)
    give_time(members)
    draw_care_web(members)
    plan_together(members)
    open_own_page(members)
    find(members)


def _hold_earlier(members: Members, meeting_id: uuid.UUID, starts_at: datetime) -> None:
    patients = [each for each in invented.at_other_points() if each.state in HELD]
    with _at(starts_at - timedelta(days=9)):
        cases = {_triaged(members, patient): patient for patient in patients}
    with _at(starts_at):
        held(members, meeting_id, cases)
    with _at(starts_at + timedelta(days=2)):
        for case_id, patient in cases.items():
            followed_up(members, case_id, patient)
    come_back()


def _prepare_today(members: Members, meeting_id: uuid.UUID) -> None:
    coordinator = members.coordinator
    with _at(now() - timedelta(days=9)):
        cases = {_triaged(members, patient): patient for patient in invented.for_today()}
    with _at(now() - timedelta(days=5)):
        for case_id, patient in cases.items():
            _contributions(members, case_id, patient)
            note_invented(coordinator, get_case_for(coordinator, case_id).case.patient_id, patient.noted)
            put_on_list(coordinator, meeting_id, case_id)
    with _at(now() - timedelta(days=3)):
        publish_list(coordinator, meeting_id)


def _at(moment: datetime) -> AbstractContextManager[None]:
    """Work at a moment of the past."""
    return days_ago((now() - moment) / timedelta(days=1))


def _series(members: Members) -> uuid.UUID:
    """Start the series, with everybody who belongs to it."""
    coordinator = members.coordinator
    change_letter_head(
        coordinator,
        team=f"{members.made.name} neighbourhood team",
        address="2 Hub Square, Exampleton EX1 1AA",
        phone="01632 960999",
        hours="Monday to Friday, 9 to 5",
    )
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
    return series_id


def _dates(members: Members, series_id: uuid.UUID) -> uuid.UUID:
    """Add a date within the hour, and more after it."""
    first = soon()
    with _at(now() - timedelta(days=20)):
        meeting_id = add_dates(members.coordinator, series_id, [first.date()], first.time())[0]
        wednesday = first.date() + timedelta(days=14 + (WEDNESDAY - first.weekday()) % 7)
        add_dates(members.coordinator, series_id, days_from(wednesday, 3, 2), LUNCH)
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
            answers={name: Answer(value, today()) for name, value in report.facts.items()},
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
    elif state is CaseState.DRAFT:
        practice_id = members.made.practices[patient.practice]
        asked = Referral(question=patient.question, wants=patient.wants)
        actor = members.of_practice(patient.practice)
        keep_draft(actor, patient.identity, asked, organisation_id=practice_id, practice_id=practice_id)
