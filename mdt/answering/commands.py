"""Answering what one is asked: in full, or in one click that there is nothing to say."""

import uuid

from mdt.cases.commands import WrongState, lock_case, tell
from mdt.cases.rules import OPEN
from mdt.contributions.commands import move_contribution, relate_asked
from mdt.contributions.queries import get_contribution_for
from mdt.contributions.records import Contribution
from mdt.contributions.rules import ContributionState, Given, Visibility, as_kept, wrong_with_given
from mdt.facts.commands import keep_facts
from mdt.facts.rules import FactOrigin, facts_in
from mdt.panels.queries import panel_of
from mdt.panels.rules import Panel
from mdt.sharing.commands import end_relations
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, now, today
from network.plumbing.refusals import Invalid, Refusal

C = ContributionState


class AnsweredMeanwhile(Refusal):
    """A colleague has answered, or the request was taken back, since it was looked at."""


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
        row = _asked_anew(actor, row)
    row.panel_version, row.answers = panel.version, as_kept(given.answers)
    row.words, row.offer, row.need = given.words.strip(), given.offer.strip(), given.need.strip()
    row.has_met, row.last_seen_on = given.has_met, given.last_seen_on
    row.visibility, row.named = given.visibility, [each.value for each in given.named]
    _keep_facts(actor, row, given, panel)
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
    """Take back an answer of one click: the request waits again."""
    row = _row_to_answer(actor, contribution_id)
    if row.state is C.WITHDRAWN:
        raise WrongState("This is asked no more.")
    was_unknown = row.state is C.NOT_KNOWN
    move_contribution(row, C.REQUESTED)
    row.given_by, row.given_at, row.reason = "", None, ""
    if was_unknown:
        relate_asked(actor, row)
    tell(actor, row.case, f"{row.asked_whom} is asked still: the answer was taken back.")
    record(actor, "take_back_answer", "case", row.case_id, ref=row.case.ref, contribution=str(row.id))
    return row.case_id


def _keep_facts(actor: Actor, row: Contribution, given: Given, panel: Panel) -> None:
    """Keep what prompts may use; what is for named disciplines only is told to nobody else that way."""
    facts = {} if given.visibility is Visibility.NAMED else facts_in(given.answers, panel.fields)
    if facts:
        keep_facts(actor, row.case.patient_id, facts, row.asked_whom, FactOrigin.CONTRIBUTION, row.id)


def _row_to_answer(actor: Actor, contribution_id: uuid.UUID) -> Contribution:
    asked = get_contribution_for(actor, contribution_id)
    require(asked.is_theirs or actor.may(Permission.BUILD_LISTS))
    lock_case(asked.seen.case)
    db.session.refresh(asked.contribution)
    if asked.seen.case.state not in OPEN:
        raise WrongState("This case is over: nobody waits for an answer any more.")
    return asked.contribution


def _answer(actor: Actor, row: Contribution, to: ContributionState, said: str, told_by: str) -> None:
    move_contribution(row, to)
    row.given_at = now()
    row.given_by = f"{told_by.strip()} (written down by {actor.name})" if told_by.strip() else actor.name
    tell(actor, row.case, f"{row.asked_whom} {said}.")
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


def _asked_anew(actor: Actor, row: Contribution) -> Contribution:
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
    if row.state is C.NOT_KNOWN:
        # They know the person after all: what ended with that answer begins anew.
        relate_asked(actor, again)
    return again
