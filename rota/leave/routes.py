"""The leave pages: asking, deciding, reporting sickness."""

import uuid

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.answers import asked, done
from network.plumbing.fields import refusals_shown_on
from rota.leave import commands
from rota.leave.forms import BackForm, ReasonForm, SicknessForm
from rota.leave.queries import absences_for, get_absence_for, over_limits, people_to_ask_for
from rota.leave.rules import AbsenceKind, AbsenceState, Show
from rota.leave.wording import LISTS, over_said, span, state_tag

leave = Blueprint("leave", __name__, url_prefix="/leave")


@leave.get("")
@guarded(Permission.SEE_LEAVE)
def index() -> ResponseReturnValue:
    """List absences: what waits for a decision, what is coming, what is past."""
    actor = current_actor()
    show = request.args.get("show", Show.WAITING, type=Show)
    page = max(request.args.get("page", 1, type=int), 1)
    absences, pages = absences_for(actor, show, page)
    decides = actor.may_somewhere(Permission.APPROVE_LEAVE)
    return render_template(
        "rota/leave/index.html",
        absences=absences,
        show=show,
        lists=[(text, url_for("leave.index", show=each), each == show) for each, text in LISTS.items()],
        page=page,
        pages=pages,
        may_ask=bool(people_to_ask_for(actor)),
        said=span,
        tag_of=state_tag,
        decides=decides,
        overs=over_limits(absences) if decides and show is not Show.PAST else {},
        over_said=over_said,
    )


@leave.route("/sickness", methods=["GET", "POST"])
@guarded(Permission.REQUEST_LEAVE)
def report() -> ResponseReturnValue:
    """Report that somebody cannot work."""
    actor = current_actor()
    form = SicknessForm(people_to_ask_for(actor))
    if form.validate_on_submit():
        with refusals_shown_on(form):
            away = form.away(AbsenceKind.SICKNESS)
            absence_id = commands.report_sickness(actor, form.member_id.data, away, form.note.data or "")
            page = "advice.show" if get_absence_for(actor, absence_id).may_decide else "leave.show"
            return done("The absence is reported.", url_for(page, absence_id=absence_id))
    return asked("rota/leave/report.html", form)


@leave.get("/<uuid:absence_id>")
@guarded(Permission.SEE_LEAVE)
def show(absence_id: uuid.UUID) -> ResponseReturnValue:
    """Show one absence, and what may be done about it."""
    absence = get_absence_for(current_actor(), absence_id)
    if absence.may_decide and absence.state is AbsenceState.REQUESTED:
        return redirect(url_for("advice.show", absence_id=absence_id), 303)
    return render_template("rota/leave/show.html", absence=absence, said=span, tag_of=state_tag)


@leave.post("/<uuid:absence_id>/approve")
@guarded(Permission.APPROVE_LEAVE)
def approve(absence_id: uuid.UUID) -> ResponseReturnValue:
    """Say yes to a request."""
    commands.approve_leave(current_actor(), absence_id)
    return done("The leave is approved.", url_for("advice.show", absence_id=absence_id))


@leave.route("/<uuid:absence_id>/decline", methods=["GET", "POST"])
@guarded(Permission.APPROVE_LEAVE)
def decline(absence_id: uuid.UUID) -> ResponseReturnValue:
    """Say no to a request, and why."""
    form, absence = ReasonForm(), get_absence_for(current_actor(), absence_id)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.decline_leave(current_actor(), absence_id, form.reason.data or "")
            return done("The leave is declined.", url_for("leave.index"))
    return asked("rota/leave/decline.html", form, absence=absence, said=span)


@leave.post("/<uuid:absence_id>/withdraw")
@guarded(Permission.REQUEST_LEAVE)
def withdraw(absence_id: uuid.UUID) -> ResponseReturnValue:
    """Take an absence back."""
    commands.withdraw_leave(current_actor(), absence_id)
    return done("It is withdrawn.", url_for("leave.show", absence_id=absence_id))


@leave.route("/<uuid:absence_id>/back", methods=["GET", "POST"])
@guarded(Permission.REQUEST_LEAVE)
def come_back(absence_id: uuid.UUID) -> ResponseReturnValue:
    """Say when somebody was back from an absence."""
    absence = get_absence_for(current_actor(), absence_id)
    if absence.state is not AbsenceState.REPORTED:
        abort(404)
    form = BackForm(data={"last_day": absence.away.ends_on})
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.end_sickness(current_actor(), absence_id, form.last_day.data)
            sentence = "The rota can plan with the days from then on again."
            return done(sentence, url_for("leave.show", absence_id=absence_id))
    return asked("rota/leave/come_back.html", form, absence=absence)
