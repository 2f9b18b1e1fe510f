"""The pages of sharing agreements: how each organisation's stands, its history, recording and ending."""

import uuid
from collections.abc import Iterable

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from mdt.agreements import commands
from mdt.agreements.forms import AgreementForm, EndForm
from mdt.agreements.queries import (
    agreement_of,
    agreements_for,
    get_agreement_for,
    history_of,
    uncovered_by_agreements,
)
from mdt.agreements.wording import agreement_tag
from network.access.guard import current_actor, guarded
from network.access.rules import Actor, Permission
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.fields import refusals_shown_on

agreements = Blueprint("agreements", __name__, url_prefix="/sharing/agreements")

ON_CARD = 5


@agreements.get("")
@guarded(Permission.SEE_SHARING)
def index() -> ResponseReturnValue:
    """List how each organisation's agreement stands."""
    actor = current_actor()
    return render_template(
        "mdt/agreements/index.html",
        found=agreements_for(actor),
        may_edit=_may_edit(actor),
        tag_of=agreement_tag,
    )


@agreements.route("/<uuid:organisation_id>", methods=["GET", "POST"])
@guarded(Permission.SEE_SHARING)
def show(organisation_id: uuid.UUID) -> ResponseReturnValue:
    """Show what an organisation signed, and record the next signature."""
    actor = current_actor()
    seen, form = agreement_of(actor, organisation_id), AgreementForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            agreement_id = commands.record_agreement(actor, organisation_id, form.details)
            undo = undo_by("agreements.take_back", agreement_id=agreement_id)
            return done(
                f"The agreement of {seen.organisation.name} is recorded.", _there(organisation_id), undo
            )
    return asked(
        "mdt/agreements/show.html",
        form,
        seen=seen,
        history=history_of(organisation_id),
        may_edit=_may_edit(actor),
        tag_of=agreement_tag,
    )


@agreements.route("/<uuid:agreement_id>/end", methods=["GET", "POST"])
@guarded(Permission.EDIT_SHARING)
def end(agreement_id: uuid.UUID) -> ResponseReturnValue:
    """Record that an agreement ended."""
    actor = current_actor()
    row, form = get_agreement_for(actor, agreement_id), EndForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.end_agreement(actor, agreement_id, form.ended_on.data)
            undo = undo_by("agreements.resume", agreement_id=agreement_id)
            return done("The agreement has ended.", _there(row.organisation_id), undo)
    return asked("mdt/agreements/end.html", form, agreement=row)


@agreements.post("/<uuid:agreement_id>/resume")
@guarded(Permission.EDIT_SHARING)
def resume(agreement_id: uuid.UUID) -> ResponseReturnValue:
    """Take back that an agreement ended."""
    actor = current_actor()
    commands.resume_agreement(actor, agreement_id)
    return done("The agreement holds again.", _there(get_agreement_for(actor, agreement_id).organisation_id))


@agreements.post("/<uuid:agreement_id>/take-back")
@guarded(Permission.EDIT_SHARING)
def take_back(agreement_id: uuid.UUID) -> ResponseReturnValue:
    """Take back an agreement that was recorded by a slip."""
    actor = current_actor()
    organisation_id = get_agreement_for(actor, agreement_id).organisation_id
    commands.take_back_agreement(actor, agreement_id)
    return done("Taken back.", _there(organisation_id))


@agreements.app_template_global()
def agreements_missing(organisation_ids: Iterable[str]) -> list[str]:
    """Warn of those of some choices of a form whose agreement is missing, ended or overdue."""
    return uncovered_by_agreements(uuid.UUID(each) for each in organisation_ids)


def card(actor: Actor) -> str:
    """Draw the card of the first page: whose agreement somebody has to see to."""
    if not actor.may(Permission.SEE_SHARING):
        return ""
    found = agreements_for(actor)
    amiss = [seen for seen in found if seen.is_amiss]
    # Where nothing was ever recorded there is nothing to be reminded of: the desk itself says so.
    if not amiss or not any(seen.latest for seen in found):
        return ""
    return render_template(
        "mdt/agreements/_card.html", amiss=amiss[:ON_CARD], number=len(amiss), tag_of=agreement_tag
    )


def _may_edit(actor: Actor) -> bool:
    return actor.may(Permission.EDIT_SHARING)


def _there(organisation_id: uuid.UUID) -> str:
    return url_for("agreements.show", organisation_id=organisation_id)
