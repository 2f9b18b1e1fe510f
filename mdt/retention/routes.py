"""The pages of keeping: how long, whose time is over, and who is held back."""

import uuid

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from mdt.cases.commands import look_up_person
from mdt.retention import queries
from mdt.retention.commands import choose_lengths, hold_person, lift_hold
from mdt.retention.forms import HoldForm, LengthsForm, ProposeForm
from mdt.retention.rules import MOST_AT_ONCE, Lengths, may_agree
from mdt.retention.wording import removal_tag, rows_said
from network.access.guard import current_actor, guarded
from network.access.rules import Actor, Permission
from network.accounts.queries import own_account_ids
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.fields import refusals_shown_on
from network.plumbing.refusals import Invalid

retention = Blueprint("retention", __name__, url_prefix="/sharing/retention")


@retention.get("")
@guarded(Permission.REMOVE_PEOPLE)
def index() -> ResponseReturnValue:
    """Show how long things are kept, and what would go now; nothing goes from here."""
    return shown(ProposeForm())


@retention.route("/lengths", methods=["GET", "POST"])
@guarded(Permission.EDIT_SHARING)
def choose() -> ResponseReturnValue:
    """Choose how long things are kept."""
    before = queries.lengths()
    form = LengthsForm(obj=before)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            chosen = Lengths(form.years_after_closing.data, form.years_after_death.data, form.draft_days.data)
            choose_lengths(current_actor(), chosen)
            fields = [(name, str(value)) for name, value in vars(before).items()]
            sentence = "Saved. Nothing is removed before it is proposed and agreed to."
            return done(sentence, url_for("retention.index"), undo_by("retention.choose", *fields))
    return asked("mdt/retention/choose.html", form, usual=Lengths())


@retention.route("/holds", methods=["GET", "POST"])
@guarded(Permission.REMOVE_PEOPLE)
def hold() -> ResponseReturnValue:
    """Keep somebody's story whatever its age."""
    form = HoldForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            hold_id = hold_person(current_actor(), _meant(current_actor(), form), form.reason.data or "")
            undo = undo_by("retention.lift", hold_id=hold_id)
            return done("Held: nothing of them is removed.", url_for("retention.index"), undo)
    return asked("mdt/retention/hold.html", form)


@retention.post("/holds/<uuid:hold_id>/lift")
@guarded(Permission.REMOVE_PEOPLE)
def lift(hold_id: uuid.UUID) -> ResponseReturnValue:
    """Let somebody's time run again."""
    lift_hold(current_actor(), hold_id)
    return done("The hold is lifted.", url_for("retention.index"))


def card(actor: Actor) -> str:
    """Draw the card of the first page: a removal that waits for somebody else to agree to it."""
    if not actor.may(Permission.REMOVE_PEOPLE):
        return ""
    own = own_account_ids(actor)
    waiting = [each for each in queries.waiting_for(actor) if may_agree(each.proposed_by_id, own)]
    return render_template("mdt/retention/_card.html", removal=waiting[0]) if waiting else ""


def shown(form: ProposeForm) -> tuple[str, int]:
    """Show the page with what was ticked and what was wrong with it; also for whoever takes the form."""
    actor = current_actor()
    due = queries.due_for(actor)
    free = [each for each in due if not each.held_because]
    form.offer([(each.key, each.refs) for each in free])
    ticked = set(form.keys.data or ()) if form.is_submitted() else {each.key for each in free[:MOST_AT_ONCE]}
    return asked(
        "mdt/retention/index.html",
        form,
        kept=queries.lengths(),
        free=free[:MOST_AT_ONCE],
        number=len(free),
        held=[each for each in due if each.held_because],
        drafts=sum(each.draft_id is not None for each in free),
        ticked=ticked,
        goes=rows_said(queries.goes_with(free[:MOST_AT_ONCE])),
        forgotten=queries.forgotten_for(actor),
        holds=queries.holds_for(actor),
        removals=queries.removals_for(actor),
        waiting=queries.waiting_for(actor),
        tag_of=removal_tag,
        may_choose=actor.may(Permission.EDIT_SHARING),
    )


def _meant(actor: Actor, form: HoldForm) -> uuid.UUID:
    patient_id = look_up_person(actor, form.whom.data)
    if patient_id is None:
        raise Invalid("Nobody here has that reference or NHS number. Check it and try again.")
    return patient_id
