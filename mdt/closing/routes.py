"""The pages on which a case ends, comes back, or is opened again."""

import uuid

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from mdt.actions.queries import open_actions_of
from mdt.actions.wording import state_tag
from mdt.cases.queries import get_case_for
from mdt.closing import commands
from mdt.closing.forms import CloseForm, ReopenForm, ReviewForm, WithdrawForm
from mdt.closing.queries import standings_of
from mdt.closing.rules import missing_to_close
from mdt.story.queries import banner_for
from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.database import today
from network.plumbing.fields import refusals_shown_on

closing = Blueprint("closing", __name__, url_prefix="/cases/<uuid:case_id>")

LISTS = Permission.BUILD_LISTS


@closing.route("/close", methods=["GET", "POST"])
@guarded(LISTS)
def close(case_id: uuid.UUID) -> ResponseReturnValue:
    """Close a case, or show what has to be done before."""
    actor = current_actor()
    seen = get_case_for(actor, case_id)
    form = CloseForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.close_case(actor, case_id, form.why.data, form.words.data)
            undo = undo_by("closing.take_back", case_id=case_id)
            return done(f"{seen.case.ref} is closed.", _page(case_id), undo)
    return asked(
        "mdt/closing/close.html",
        form,
        case=seen.case,
        banner=banner_for(seen.access.patient),
        missing=missing_to_close(standings_of([seen.case])[case_id]),
        to_do=open_actions_of([case_id]).get(case_id, []),
        tag_of=state_tag,
        today=today(),
    )


@closing.route("/withdraw", methods=["GET", "POST"])
@guarded(Permission.REFER_CASES)
def withdraw(case_id: uuid.UUID) -> ResponseReturnValue:
    """Take a case back."""
    actor = current_actor()
    seen = get_case_for(actor, case_id)
    form = WithdrawForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.withdraw_case(actor, case_id, form.reason.data)
            return done(f"{seen.case.ref} is withdrawn.", _page(case_id))
    return asked("mdt/closing/withdraw.html", form, case=seen.case, banner=banner_for(seen.access.patient))


@closing.route("/reopen", methods=["GET", "POST"])
@guarded(LISTS)
def reopen(case_id: uuid.UUID) -> ResponseReturnValue:
    """Open a case again."""
    actor = current_actor()
    seen = get_case_for(actor, case_id)
    form = ReopenForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.reopen_case(actor, case_id, form.reason.data)
            return done(f"{seen.case.ref} is open again, and ready for a list.", _page(case_id))
    return asked("mdt/closing/reopen.html", form, case=seen.case, banner=banner_for(seen.access.patient))


@closing.route("/review", methods=["GET", "POST"])
@guarded(LISTS)
def review(case_id: uuid.UUID) -> ResponseReturnValue:
    """Agree on the day on which a case is looked at again."""
    actor = current_actor()
    seen = get_case_for(actor, case_id)
    form = ReviewForm()
    if not form.is_submitted():
        form.day.data = seen.case.review_due
    elif form.validate():
        with refusals_shown_on(form):
            commands.agree_review(actor, case_id, form.day.data)
            return done("The day is kept." if form.day.data else "No review is needed.", _page(case_id))
    return asked("mdt/closing/review.html", form, case=seen.case, banner=banner_for(seen.access.patient))


@closing.post("/take-back-closing")
@guarded(LISTS)
def take_back(case_id: uuid.UUID) -> ResponseReturnValue:
    """Take a closing back."""
    commands.take_back_closing(current_actor(), case_id)
    return done("Taken back: the case is open as before.", _page(case_id))


@closing.post("/bring-back")
@guarded(LISTS)
def bring_back(case_id: uuid.UUID) -> ResponseReturnValue:
    """Bring a case back before its day."""
    commands.bring_back(current_actor(), case_id)
    return done("It is ready for a list.", _page(case_id))


def _page(case_id: uuid.UUID) -> str:
    return url_for("folder.show", case_id=case_id)
