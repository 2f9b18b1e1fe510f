"""The pages of removing: what was proposed, what somebody agreed to, what became of it."""

import uuid

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from mdt.removals.commands import agree_to_removal, drop_removal, propose_removal
from mdt.retention.forms import AgreeForm, ProposeForm
from mdt.retention.queries import due_for, get_removal_for, goes_with
from mdt.retention.routes import shown
from mdt.retention.rules import may_agree
from mdt.retention.wording import FIGURES, removal_tag, rows_said
from mdt.sharing.queries import accesses
from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.accounts.queries import own_account_ids
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.fields import refusals_shown_on

removals = Blueprint("removals", __name__, url_prefix="/sharing/retention/removals")


@removals.post("")
@guarded(Permission.EDIT_SHARING)
def propose() -> ResponseReturnValue:
    """Propose to remove those who were ticked."""
    actor, form = current_actor(), ProposeForm()
    form.offer([(due.key, due.refs) for due in due_for(actor)])
    if form.validate_on_submit():
        with refusals_shown_on(form):
            removal_id = propose_removal(actor, form.keys.data or ())
            sentence = "Proposed. Nothing is removed before somebody else has agreed."
            return done(sentence, _page(removal_id), undo_by("removals.drop", removal_id=removal_id))
    return shown(form)


@removals.route("/<uuid:removal_id>", methods=["GET", "POST"])
@guarded(Permission.REMOVE_PEOPLE)
def show(removal_id: uuid.UUID) -> ResponseReturnValue:
    """Show a removal line by line; agree to it."""
    actor, form = current_actor(), AgreeForm()
    removal = get_removal_for(actor, removal_id)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            agree_to_removal(actor, removal_id, has_looked=form.has_looked.data)
            return done("Agreed. They are being removed, one after the other.", _page(removal_id))
    waits = removal.agreed_at is None and removal.dropped_at is None
    return asked(
        "mdt/removals/show.html",
        form,
        removal=removal,
        waits=waits,
        may_agree=may_agree(removal.proposed_by_id, own_account_ids(actor)),
        known=accesses(actor, {line.patient_id for line in removal.lines}),
        goes=rows_said(goes_with(removal.lines)) if waits else [],
        went=rows_said(removal.rows),
        figures=sorted(removal.figures.items()),
        words_of=FIGURES,
        tag_of=removal_tag,
    )


@removals.post("/<uuid:removal_id>/drop")
@guarded(Permission.REMOVE_PEOPLE)
def drop(removal_id: uuid.UUID) -> ResponseReturnValue:
    """Drop a removal: everything stays."""
    drop_removal(current_actor(), removal_id)
    return done("Dropped: everything stays.", url_for("retention.index"))


def _page(removal_id: uuid.UUID) -> str:
    return url_for("removals.show", removal_id=removal_id)
