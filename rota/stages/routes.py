"""The page of one rota: where it is in its life, its versions, and what can be done next."""

import uuid

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Actor, Permission
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.database import today
from network.plumbing.fields import refusals_shown_on
from rota.rotas.queries import get_period_for, get_version_for, said_of, sees_drafts
from rota.stages import commands
from rota.stages.forms import CollectForm, ReopenForm
from rota.stages.queries import proposal_for, waiting_for
from rota.stages.wording import TONES

stages = Blueprint("stages", __name__, url_prefix="/rota")


@stages.get("/<uuid:period_id>")
@guarded(Permission.SEE_ROTA)
def show(period_id: uuid.UUID) -> ResponseReturnValue:
    """Show where a rota is, its versions, and who has looked over what is proposed."""
    actor = current_actor()
    view = get_period_for(actor, period_id)
    return render_template(
        "rota/stages/show.html",
        view=view,
        proposal=proposal_for(actor, view.proposed.id) if view.proposed else None,
        tones=TONES,
        plans=sees_drafts(actor),
        may_plan=actor.may(Permission.FILL_ROTA),
        may_publish=actor.may(Permission.PUBLISH_ROTA),
    )


@stages.route("/versions/<uuid:version_id>/collect", methods=["GET", "POST"])
@guarded(Permission.PLAN_ROTA)
def collect(version_id: uuid.UUID) -> ResponseReturnValue:
    """Ask up to which day requests are collected."""
    version = get_version_for(current_actor(), version_id)
    form = CollectForm(data={"until": version.period.requests_until})
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.collect_requests(current_actor(), version_id, form.until.data)
            return done("Staff can ask for sessions and days off.", _page(version_id))
    return asked("rota/stages/collect.html", form, version=version, said=said_of(version))


@stages.post("/versions/<uuid:version_id>/draft")
@guarded(Permission.FILL_ROTA)
def begin_drafting(version_id: uuid.UUID) -> ResponseReturnValue:
    """End the time for requests."""
    commands.begin_drafting(current_actor(), version_id)
    return done("Requests are closed. Now fill the rota.", url_for("readiness.show", version_id=version_id))


@stages.post("/versions/<uuid:version_id>/propose")
@guarded(Permission.FILL_ROTA)
def propose(version_id: uuid.UUID) -> ResponseReturnValue:
    """Show a draft to the practices."""
    commands.propose_version(current_actor(), version_id)
    undo = undo_by("stages.take_back", version_id=version_id)
    return done("The draft is proposed: each practice can look over its part.", _page(version_id), undo)


@stages.post("/versions/<uuid:version_id>/take-back")
@guarded(Permission.FILL_ROTA)
def take_back(version_id: uuid.UUID) -> ResponseReturnValue:
    """Go back to drafting."""
    commands.take_back_proposal(current_actor(), version_id)
    undo = undo_by("stages.propose", version_id=version_id)
    return done("It is a draft again. What was approved is kept.", _page(version_id), undo)


@stages.post("/versions/<uuid:version_id>/approve/<uuid:organisation_id>")
@guarded(Permission.EDIT_ROTA)
def approve(version_id: uuid.UUID, organisation_id: uuid.UUID) -> ResponseReturnValue:
    """Agree to an organisation's part as it stands."""
    commands.approve_part(current_actor(), version_id, organisation_id)
    undo = undo_by("stages.withdraw", version_id=version_id, organisation_id=organisation_id)
    return done("Approved. You are told here if it is changed afterwards.", _page(version_id), undo)


@stages.post("/versions/<uuid:version_id>/withdraw/<uuid:organisation_id>")
@guarded(Permission.EDIT_ROTA)
def withdraw(version_id: uuid.UUID, organisation_id: uuid.UUID) -> ResponseReturnValue:
    """Take an approval back."""
    commands.withdraw_approval(current_actor(), version_id, organisation_id)
    undo = undo_by("stages.approve", version_id=version_id, organisation_id=organisation_id)
    return done("The approval is taken back.", _page(version_id), undo)


@stages.post("/versions/<uuid:version_id>/close")
@guarded(Permission.PUBLISH_ROTA)
def close(version_id: uuid.UUID) -> ResponseReturnValue:
    """Close a rota that is over."""
    commands.close_period(current_actor(), version_id, today())
    return done("The rota is closed. Payroll can count it.", _page(version_id))


@stages.route("/versions/<uuid:version_id>/reopen", methods=["GET", "POST"])
@guarded(Permission.PUBLISH_ROTA)
def reopen(version_id: uuid.UUID) -> ResponseReturnValue:
    """Ask why a closed rota is opened again."""
    version, form = get_version_for(current_actor(), version_id), ReopenForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.reopen_period(current_actor(), version_id, form.why.data)
            return done("The rota is open again.", _page(version_id))
    return asked("rota/stages/reopen.html", form, version=version, said=said_of(version))


def _page(version_id: uuid.UUID) -> str:
    return url_for("stages.show", period_id=get_version_for(current_actor(), version_id).period_id)


def card(actor: Actor) -> str:
    """Draw the card of the Today page: rotas that wait for the viewer."""
    waiting = waiting_for(actor)
    return render_template("rota/stages/_card.html", waiting=waiting) if waiting else ""
