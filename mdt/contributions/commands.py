"""Asking disciplines what they know of a case, and answering: in full, or in one click."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from flask import render_template

from mdt.cases.commands import WrongState, lock_case, tell
from mdt.cases.queries import get_case_for
from mdt.cases.records import Case
from mdt.cases.rules import OPEN, CaseState
from mdt.contributions.queries import (
    get_contribution_for,
    is_shut_out,
    latest_of,
    organisations_that_gave,
    requests_to,
)
from mdt.contributions.records import Contribution
from mdt.contributions.rules import (
    ANSWER_WITHIN,
    MOVES,
    ContributionState,
    Given,
    as_kept,
    guest_until,
    wrong_with_given,
)
from mdt.contributions.wording import subject_of
from mdt.panels.queries import panel_of
from mdt.respondents.queries import Respondent, emails_of, organisations_of, respondents_for
from mdt.sharing.commands import end_relations, note_disclosure, relate
from mdt.sharing.queries import objections_of
from mdt.sharing.rules import Reason
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.organisations.queries import get_organisation_for
from network.organisations.records import Organisation
from network.plumbing.commands import command
from network.plumbing.database import ENGLAND, db, now, today
from network.plumbing.mail import address_of, post
from network.plumbing.refusals import Invalid, Refusal
from network.vocabulary import Discipline

C = ContributionState
MAY_BE_ASKED_ABOUT = OPEN - {CaseState.DRAFT}


class AnsweredMeanwhile(Refusal):
    """A colleague has answered, or the request was taken back, since it was looked at."""


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
    row = get_contribution_for(actor, contribution_id).contribution
    case = _case_to_ask_about(actor, row.case_id)
    _move(row, C.WITHDRAWN)
    end_relations(row.id, today())
    tell(actor, case, f"{_named(row)} is asked no more.")
    record(actor, "take_back_request", "case", case.id, ref=case.ref, contribution=str(row.id))
    return case.id


@command
def remind(actor: Actor, contribution_id: uuid.UUID) -> int:
    """Write again to those who have not answered; return how many letters go out."""
    row = get_contribution_for(actor, contribution_id).contribution
    case = _case_to_ask_about(actor, row.case_id)
    if row.state is not C.REQUESTED:
        raise WrongState(f"{_named(row)} has answered already.")
    emails = emails_of(respondents_for(actor), row.discipline, row.organisation_id, row.account_id)
    if not emails:
        raise Refusal(f"Nobody at {row.organisation.short_name} can sign in to answer: ring them.")
    _post(row, case, emails)
    tell(actor, case, f"{_named(row)} was reminded.")
    record(actor, "remind", "case", case.id, ref=case.ref, letters=len(emails))
    return len(emails)


@command
def give_contribution(
    actor: Actor, contribution_id: uuid.UUID, given: Given, *, seen: int, told_by: str = ""
) -> uuid.UUID:
    """Say what a discipline knows; given once it stays, and what is changed later is kept beside it."""
    row = _row_to_answer(actor, contribution_id)
    if row.row_version != seen or row.state is C.WITHDRAWN:
        raise AnsweredMeanwhile(
            "This was answered or taken back while you wrote. Your words are still here: look at what stands"
            " there now, then send them again."
        )
    panel = panel_of(row.discipline)
    if wrong := wrong_with_given(given, panel, today()):
        raise Invalid(wrong)
    if row.state is not C.REQUESTED:
        row = _asked_anew(row)
    row.panel_version, row.answers = panel.version, as_kept(given.answers)
    row.words, row.offer, row.need = given.words.strip(), given.offer.strip(), given.need.strip()
    row.has_met, row.last_seen_on = given.has_met, given.last_seen_on
    row.visibility, row.named = given.visibility, [each.value for each in given.named]
    _answer(actor, row, C.GIVEN, "gave its contribution", told_by)
    return row.id


@command
def nothing_to_add(actor: Actor, contribution_id: uuid.UUID, *, told_by: str = "") -> uuid.UUID:
    """Say that there is nothing to add: silence is no answer, this is one."""
    row = _row_to_answer(actor, contribution_id)
    _answer(actor, row, C.NOTHING_TO_ADD, "has nothing to add", told_by)
    return row.case_id


@command
def not_known_to_us(actor: Actor, contribution_id: uuid.UUID, *, told_by: str = "") -> uuid.UUID:
    """Say that the person is not known here: whoever does not know them need not know of them."""
    row = _row_to_answer(actor, contribution_id)
    _answer(actor, row, C.NOT_KNOWN, "does not know this person", told_by)
    end_relations(row.id, today())
    return row.case_id


@command
def cannot_share(actor: Actor, contribution_id: uuid.UUID, reason: str, *, told_by: str = "") -> uuid.UUID:
    """Say that something is known and cannot be shared, and why."""
    row = _row_to_answer(actor, contribution_id)
    if not reason.strip():
        raise Invalid("Enter why this cannot be shared.")
    row.reason = reason.strip()
    _answer(actor, row, C.CANNOT_SHARE, "cannot share what it knows", told_by)
    return row.case_id


@command
def take_back_answer(actor: Actor, contribution_id: uuid.UUID) -> uuid.UUID:
    """Take back an answer of one click, or that a request was taken back: it waits for an answer again."""
    row = get_contribution_for(actor, contribution_id).contribution
    case = (
        _case_to_ask_about(actor, row.case_id)
        if row.state is C.WITHDRAWN
        else lock_case(_row_to_answer(actor, contribution_id).case)
    )
    was_related = row.state not in {C.NOT_KNOWN, C.WITHDRAWN}
    _move(row, C.REQUESTED)
    row.given_by, row.given_at, row.reason = "", None, ""
    if not was_related:
        _relate(actor, row, case)
    tell(actor, case, f"{_named(row)} is asked still: the answer was taken back.")
    record(actor, "take_back_answer", "case", case.id, ref=case.ref, contribution=str(row.id))
    return case.id


def end_asking(case_id: uuid.UUID) -> None:
    """End by the end of today what those who were asked about a case may know of it; part of closing it."""
    for row in latest_of([case_id]):
        end_relations(row.id, today())


def may_ask(actor: Actor) -> bool:
    """Say whether somebody may ask others about a case that they know: a coordinator, a chair."""
    return actor.may(Permission.BUILD_LISTS) or actor.may_somewhere(Permission.RUN_MEETINGS)


def _case_to_ask_about(actor: Actor, case_id: uuid.UUID) -> Case:
    case = get_case_for(actor, case_id).case
    require(may_ask(actor))
    case = lock_case(case)
    if case.state not in MAY_BE_ASKED_ABOUT:
        raise WrongState(f"This case is {case.state.label.lower()}: nobody is asked about it now.")
    if case.patient.died_on is not None:
        raise Refusal("This person has died: nobody is asked about them any more.")
    return case


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
    if due_on is not None and due_on < today():
        raise Invalid("Enter a day from today on by which the answer is needed.")
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
    _relate(actor, row, case)
    name = next((each.name for each in respondents if account_id and each.account_id == account_id), "")
    note_disclosure(
        case.patient_id,
        f"{name}, {organisation.name}" if name else organisation.name,
        f"asked for a contribution to {case.ref}",
        organisation_id=organisation.id,
        account_id=account_id,
    )
    if not is_written_to:
        _post(row, case, emails_of(respondents, discipline, organisation.id, account_id))
    tell(actor, case, f"{name or _named(row)} is asked for a contribution.")
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


def _refuse_unwanted(row: Contribution, case: Case) -> None:
    if is_shut_out(row, objections_of([case.patient_id]).get(case.patient_id, ())):
        raise Refusal(f"{_named(row)}: the person does not want this shared with them.")
    for other in latest_of([case.id]):
        same = (other.discipline, other.organisation_id, other.account_id)
        if same == (row.discipline, row.organisation_id, row.account_id) and other.state is C.REQUESTED:
            raise Refusal(f"{_named(row)}: asked already, and not answered yet.")


def _was_written_to_today(row: Contribution) -> bool:
    """Say whether a letter of today already leads them to their list: ten cases are no ten letters."""
    return any(
        other.account_id == row.account_id and other.asked_at.astimezone(ENGLAND).date() == today()
        for other in requests_to(row.organisation_id, row.discipline)
    )


def _relate(actor: Actor, row: Contribution, case: Case) -> None:
    if row.account_id is not None:
        until = guest_until(today(), row.due_on)
        relate(actor, case.patient, Reason.GUEST, account_id=row.account_id, from_id=row.id, ends_on=until)
        return
    relate(
        actor,
        case.patient,
        Reason.ASKED,
        organisation_id=row.organisation_id,
        discipline=row.discipline,
        from_id=row.id,
    )


def _post(row: Contribution, case: Case, emails: Collection[str]) -> None:
    body = render_template(
        "mdt/contributions/letter.txt",
        ref=case.ref,
        discipline=row.discipline,
        due_on=row.due_on,
        link=address_of("contributions.index"),
    )
    for email in emails:
        post(email, subject_of(case.ref), body)


def _row_to_answer(actor: Actor, contribution_id: uuid.UUID) -> Contribution:
    asked = get_contribution_for(actor, contribution_id)
    require(asked.is_theirs or actor.may(Permission.BUILD_LISTS))
    lock_case(asked.seen.case)
    db.session.refresh(asked.contribution)
    if asked.seen.case.state not in OPEN:
        raise WrongState("This case is over: nobody waits for an answer any more.")
    return asked.contribution


def _answer(actor: Actor, row: Contribution, to: ContributionState, said: str, told_by: str) -> None:
    _move(row, to)
    row.given_at = now()
    row.given_by = f"{told_by.strip()} (written down by {actor.name})" if told_by.strip() else actor.name
    tell(actor, row.case, f"{_named(row)} {said}.")
    record(
        actor,
        "answer_request",
        "case",
        row.case_id,
        ref=row.case.ref,
        contribution=str(row.id),
        state=to.value,
        discipline=row.discipline.value,
    )


def _asked_anew(row: Contribution) -> Contribution:
    again = Contribution(
        case_id=row.case_id,
        case=row.case,
        discipline=row.discipline,
        organisation_id=row.organisation_id,
        organisation=row.organisation,
        account_id=row.account_id,
        asked_by=row.asked_by,
        due_on=row.due_on,
        state=C.REQUESTED,
    )
    db.session.add(again)
    db.session.flush()
    return again


def _move(row: Contribution, to: ContributionState) -> None:
    if to not in MOVES[row.state]:
        raise WrongState(f"This is {row.state.label.lower()} by now: look at what stands there.")
    row.state = to


def _named(row: Contribution) -> str:
    return f"{row.discipline.label}, {row.organisation.short_name}"
