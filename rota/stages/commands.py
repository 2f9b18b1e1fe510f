"""The life of a rota: requests collected, drafted, proposed and agreed on, and closed in the end."""

import uuid
from datetime import date

from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, now, today
from network.plumbing.refusals import Invalid, NotAllowed, NotFound, Refusal
from rota.jobs.queries import find_running_job
from rota.rotas.commands import WrongState, get_draft_to_plan, lock, move_period, require_planner
from rota.rotas.queries import find_draft, get_version_for, has_assignments
from rota.rotas.records import RotaPeriod, RotaVersion, VersionApproval
from rota.rotas.rules import PeriodState, VersionState, wrong_with_requests_until
from rota.stages.queries import find_approval, organisations_in


@command
def collect_requests(actor: Actor, version_id: uuid.UUID, until: date) -> None:
    """Ask for requests up to a day, for the first time or for longer than was said before."""
    period = _period_to_plan(actor, version_id)
    if wrong := wrong_with_requests_until(until, period.starts_on, today()):
        raise Invalid(wrong)
    if period.state is not PeriodState.COLLECTING:
        move_period(period, PeriodState.COLLECTING)
    period.requests_until = until
    record(actor, "collect_requests", "rota_period", period.id, until=str(until))


@command
def begin_drafting(actor: Actor, version_id: uuid.UUID) -> None:
    """End the time for requests and begin to draft."""
    period = _period_to_plan(actor, version_id)
    if period.state is not PeriodState.COLLECTING:
        raise WrongState("No requests are collected for this rota at the moment.")
    move_period(period, PeriodState.DRAFTING)
    record(actor, "begin_drafting", "rota_period", period.id)


@command
def propose_version(actor: Actor, version_id: uuid.UUID) -> None:
    """Show a draft to the practices, so that each looks over its part."""
    version = get_draft_to_plan(actor, version_id)
    if find_running_job(version.id):
        raise Refusal("This draft is being filled. Wait for it to end, or stop it.")
    if not has_assignments(version.id):
        raise Refusal("Nobody is placed in this draft yet. Fill it first.")
    move_period(lock(version.period), PeriodState.PROPOSED)
    version.proposed_at, version.proposed_by = now(), actor.name
    record(actor, "propose_version", "rota_version", version.id, number=version.number)


@command
def take_back_proposal(actor: Actor, version_id: uuid.UUID) -> None:
    """Go back from a proposal to drafting."""
    version = get_draft_to_plan(actor, version_id)
    if version.proposed_at is None:
        raise WrongState("This version is not proposed.")
    move_period(lock(version.period), PeriodState.DRAFTING)
    version.proposed_at, version.proposed_by = None, ""
    record(actor, "take_back_proposal", "rota_version", version.id, number=version.number)


@command
def approve_part(actor: Actor, version_id: uuid.UUID, organisation_id: uuid.UUID) -> None:
    """Agree, for one organisation, to its part of a proposed version as it stands now."""
    version = _proposed(actor, version_id, organisation_id)
    approval = find_approval(version.id, organisation_id)
    if approval is None:
        approval = VersionApproval(version_id=version.id, organisation_id=organisation_id)
        db.session.add(approval)
    approval.by, approval.at = actor.name, now()
    record(actor, "approve_part", "rota_version", version.id, organisation=str(organisation_id))


@command
def withdraw_approval(actor: Actor, version_id: uuid.UUID, organisation_id: uuid.UUID) -> None:
    """Take back that an organisation agreed to its part of a proposed version."""
    version = _proposed(actor, version_id, organisation_id)
    approval = find_approval(version.id, organisation_id)
    if approval is None:
        raise Refusal("This part is not approved.")
    db.session.delete(approval)
    record(actor, "withdraw_approval", "rota_version", version.id, organisation=str(organisation_id))


@command
def close_period(actor: Actor, version_id: uuid.UUID, on: date) -> None:
    """Close a published rota whose last day is over: payroll counts it as it stands."""
    version = get_version_for(actor, version_id)
    if not actor.may(Permission.PUBLISH_ROTA):
        raise NotAllowed
    period = lock(version.period)
    if period.ends_on >= on:
        raise Refusal("A rota can be closed once its last day is over.")
    if find_draft(period.id):
        raise Refusal("There is a draft of this rota still. Publish it or put it aside first.")
    move_period(period, PeriodState.CLOSED)
    period.closed_at, period.closed_by = now(), actor.name
    record(actor, "close_period", "rota_period", version.period_id)


@command
def reopen_period(actor: Actor, version_id: uuid.UUID, why: str) -> None:
    """Open a closed rota again, although payroll may have counted it."""
    version = get_version_for(actor, version_id)
    if not actor.may(Permission.PUBLISH_ROTA):
        raise NotAllowed
    if not why.strip():
        raise Invalid("Enter why the rota is opened again: payroll may have counted it.")
    period = lock(version.period)
    if period.state is not PeriodState.CLOSED:
        raise WrongState("This rota is not closed.")
    move_period(period, PeriodState.PUBLISHED)
    period.reopened_why = why.strip()
    record(actor, "reopen_period", "rota_period", period.id, why=period.reopened_why)


def _proposed(actor: Actor, version_id: uuid.UUID, organisation_id: uuid.UUID) -> RotaVersion:
    version = get_version_for(actor, version_id)
    if organisation_id not in organisations_in(version):
        raise NotFound
    if not actor.may(Permission.EDIT_ROTA, organisation_id=organisation_id):
        raise NotAllowed
    version = lock(version)
    if version.state is not VersionState.DRAFT or version.proposed_at is None:
        raise WrongState("This version is not proposed to the practices at the moment.")
    return version


def _period_to_plan(actor: Actor, version_id: uuid.UUID) -> RotaPeriod:
    version = get_version_for(actor, version_id)
    require_planner(actor)
    return lock(version.period)
