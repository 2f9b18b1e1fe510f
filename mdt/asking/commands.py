"""Asking disciplines what they know of a case, reminding them, and taking a request back."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from flask import render_template

from mdt.asking.queries import organisations_that_gave, requests_to
from mdt.asking.wording import subject_of
from mdt.cases.commands import WrongState, lock_case, tell
from mdt.cases.queries import get_case_for
from mdt.cases.records import Case
from mdt.cases.rules import OPEN
from mdt.contributions.commands import move_contribution, relate_asked
from mdt.contributions.queries import get_contribution_for, is_shut_out, latest_of
from mdt.contributions.records import Contribution
from mdt.contributions.rules import ANSWER_WITHIN, ContributionState, wrong_with_due
from mdt.respondents.queries import Respondent, emails_of, organisations_of, respondents_for
from mdt.sharing.commands import end_relations, note_disclosure
from mdt.sharing.queries import objections_of
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.organisations.queries import get_organisation_for
from network.organisations.records import Organisation
from network.plumbing.commands import command
from network.plumbing.database import ENGLAND, db, today
from network.plumbing.mail import address_of, post
from network.plumbing.refusals import Invalid, Refusal
from network.vocabulary import Discipline

C = ContributionState


@dataclass(frozen=True)
class Asking:
    """Who was asked, and why others were not: sentences for whoever asked."""

    asked: tuple[str, ...]
    not_asked: tuple[str, ...]


@command
def ask_for_contribution(
    actor: Actor,
    case_id: uuid.UUID,
    discipline: Discipline,
    organisation_id: uuid.UUID,
    account_id: uuid.UUID | None = None,
    due_on: date | None = None,
) -> uuid.UUID:
    """Ask an organisation for what its discipline knows, or one person of it as a guest of this case."""
    case = _case_to_ask_about(actor, case_id)
    organisation = get_organisation_for(actor, organisation_id)
    return _ask(actor, case, discipline, organisation, respondents_for(actor), account_id, due_on).id


@command
def ask_disciplines(
    actor: Actor, case_id: uuid.UUID, disciplines: Collection[Discipline], due_on: date | None = None
) -> Asking:
    """Ask each discipline where it is plain who answers for it; say where somebody has to choose."""
    case = _case_to_ask_about(actor, case_id)
    respondents = respondents_for(actor)
    asked, not_asked = [], []
    for discipline in sorted(set(disciplines), key=list(Discipline).index):
        try:
            organisation = _who_answers(actor, case, discipline, respondents)
            _ask(actor, case, discipline, organisation, respondents, None, due_on)
            asked.append(f"{discipline.label}, {organisation.short_name}")
        except Refusal as refusal:
            not_asked.append(refusal.sentence)
    record(actor, "ask_disciplines", "case", case.id, asked=len(asked), not_asked=len(not_asked))
    return Asking(tuple(asked), tuple(not_asked))


@command
def take_back_request(actor: Actor, contribution_id: uuid.UUID) -> uuid.UUID:
    """Take back what was asked of the wrong people: they know of the person no more by it."""
    row, case = _request(actor, contribution_id)
    move_contribution(row, C.WITHDRAWN)
    end_relations(row.id, today())
    tell(actor, case, f"{row.asked_whom} is asked no more.")
    record(actor, "take_back_request", "case", case.id, ref=case.ref, contribution=str(row.id))
    return case.id


@command
def ask_still(actor: Actor, contribution_id: uuid.UUID) -> uuid.UUID:
    """Ask after all what was taken back."""
    row, case = _request(actor, contribution_id)
    _refuse_unwanted(row, case)
    move_contribution(row, C.REQUESTED)
    relate_asked(actor, row)
    tell(actor, case, f"{row.asked_whom} is asked after all.")
    record(actor, "ask_still", "case", case.id, ref=case.ref, contribution=str(row.id))
    return case.id


@command
def remind(actor: Actor, contribution_id: uuid.UUID) -> int:
    """Write again to those who have not answered; return how many letters go out."""
    row, case = _request(actor, contribution_id)
    if row.state is not C.REQUESTED:
        raise WrongState(f"{row.asked_whom} has answered already.")
    _refuse_objected(row, case)
    emails = emails_of(respondents_for(actor), row.discipline, row.organisation_id, row.account_id)
    if not emails:
        raise Refusal(f"Nobody at {row.organisation.short_name} can sign in to answer: ring them.")
    _post(row, case, emails)
    tell(actor, case, f"{row.asked_whom} was reminded.")
    record(actor, "remind", "case", case.id, ref=case.ref, letters=len(emails))
    return len(emails)


def may_ask(actor: Actor) -> bool:
    """Say whether somebody may ask others about a case that they know: a coordinator, a chair."""
    return actor.may(Permission.BUILD_LISTS) or actor.may_somewhere(Permission.RUN_MEETINGS)


def _case_to_ask_about(actor: Actor, case_id: uuid.UUID) -> Case:
    case = get_case_for(actor, case_id).case
    require(may_ask(actor))
    case = lock_case(case)
    if case.state not in OPEN:
        raise WrongState(f"This case is {case.state.label.lower()}: nobody is asked about it now.")
    if case.patient.died_on is not None:
        raise Refusal("This person has died: nobody is asked about them any more.")
    return case


def _request(actor: Actor, contribution_id: uuid.UUID) -> tuple[Contribution, Case]:
    row = get_contribution_for(actor, contribution_id).contribution
    case = _case_to_ask_about(actor, row.case_id)
    # Somebody may have answered while the case was waited for.
    db.session.refresh(row)
    return row, case


def _who_answers(
    actor: Actor, case: Case, discipline: Discipline, respondents: Collection[Respondent]
) -> Organisation:
    """Find the one organisation to ask: to ask several would tell those who do not know the person."""
    found = organisations_of(actor, discipline, case.patient, respondents)
    if not found:
        where = " Record their practice first." if discipline is Discipline.GENERAL_PRACTICE else ""
        raise Refusal(f"{discipline.label}: nobody in this network answers for it.{where}")
    gave = organisations_that_gave(case.patient_id, discipline)
    staffed = {each.organisation_id for each in respondents if discipline in each.disciplines}
    for fits in (gave, {one.id for one in found}, staffed):
        if len(plain := [one for one in found if one.id in fits]) == 1:
            return plain[0]
    raise Refusal(f"{discipline.label}: {len(found)} organisations could answer. Choose one.")


def _ask(
    actor: Actor,
    case: Case,
    discipline: Discipline,
    organisation: Organisation,
    respondents: Collection[Respondent],
    account_id: uuid.UUID | None,
    due_on: date | None,
) -> Contribution:
    if due_on is not None and (wrong := wrong_with_due(due_on, today())):
        raise Invalid(wrong)
    if account_id is not None and not any(
        each.account_id == account_id and each.organisation_id == organisation.id for each in respondents
    ):
        raise Invalid("Choose somebody who takes part in meetings for this organisation.")
    row = Contribution(
        case_id=case.id,
        case=case,
        discipline=discipline,
        organisation_id=organisation.id,
        organisation=organisation,
        account_id=account_id,
        asked_by=actor.name,
        due_on=due_on or today() + ANSWER_WITHIN,
    )
    _refuse_unwanted(row, case)
    is_written_to = _was_written_to_today(row)
    db.session.add(row)
    db.session.flush()
    relate_asked(actor, row)
    name = next((each.name for each in respondents if account_id and each.account_id == account_id), "")
    note_disclosure(
        case.patient_id,
        f"{name}, {organisation.name}" if name else organisation.name,
        # Whoever reads who was told of a person may know of another case of theirs.
        "asked for a contribution",
        organisation_id=organisation.id,
        account_id=account_id,
    )
    if not is_written_to:
        _post(row, case, emails_of(respondents, discipline, organisation.id, account_id))
    tell(actor, case, f"{name or row.asked_whom} is asked for a contribution.")
    record(
        actor,
        "ask_for_contribution",
        "case",
        case.id,
        ref=case.ref,
        discipline=discipline.value,
        organisation=str(organisation.id),
    )
    return row


def _refuse_objected(row: Contribution, case: Case) -> None:
    if is_shut_out(row, objections_of([case.patient_id]).get(case.patient_id, ())):
        raise Refusal(f"{row.asked_whom}: the person does not want this shared with them.")


def _refuse_unwanted(row: Contribution, case: Case) -> None:
    _refuse_objected(row, case)
    for other in latest_of([case.id]):
        same = (other.discipline, other.organisation_id, other.account_id)
        if same == (row.discipline, row.organisation_id, row.account_id) and other.state is C.REQUESTED:
            raise Refusal(f"{row.asked_whom}: asked already, and not answered yet.")


def _was_written_to_today(row: Contribution) -> bool:
    """Say whether a letter of today already leads them to their list: ten cases are no ten letters."""
    return any(
        other.account_id == row.account_id and other.asked_at.astimezone(ENGLAND).date() == today()
        for other in requests_to(row.organisation_id, row.discipline)
    )


def _post(row: Contribution, case: Case, emails: Collection[str]) -> None:
    body = render_template(
        "mdt/asking/letter.txt",
        ref=case.ref,
        discipline=row.discipline,
        due_on=row.due_on,
        link=address_of("answering.index"),
    )
    for email in emails:
        post(email, subject_of(case.ref), body)
