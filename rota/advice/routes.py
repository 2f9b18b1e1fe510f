"""Leave with what it means for the rota: asking, deciding, and recording it beside the grid."""

import uuid
from datetime import timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Actor, Permission
from network.plumbing.answers import asked, done
from network.plumbing.database import today
from network.plumbing.fields import refusals_shown_on
from network.plumbing.typed import day_of_address
from rota.advice import commands
from rota.advice.forms import IllForm, QuickForm
from rota.advice.queries import QuickCell, decision_for, losses_for, marks_for, quick_for, weighed_for
from rota.advice.wording import Answer, answer_of, card_said, decision_said, sent_said, toll_said
from rota.allowances.queries import own_balances
from rota.leave.commands import record_leave, report_sickness
from rota.leave.forms import LeaveForm
from rota.leave.queries import get_absence_for, own_absences, people_to_ask_for, waiting_for
from rota.leave.rules import AbsenceKind, Away, wrong_with_days
from rota.leave.wording import span, state_tag
from rota.losses.queries import tolls_for
from rota.rotas.queries import sees_drafts

advice = Blueprint("advice", __name__, url_prefix="/leave")


@advice.get("/mine")
@guarded(Permission.REQUEST_LEAVE)
def mine() -> ResponseReturnValue:
    """Show one's own leave: what is left, what is coming, what was asked."""
    actor = current_actor()
    return render_template(
        "rota/advice/mine.html",
        balances=own_balances(actor),
        absences=own_absences(actor),
        said=span,
        tag_of=state_tag,
    )


@advice.route("/new", methods=["GET", "POST"])
@guarded(Permission.REQUEST_LEAVE)
def ask() -> ResponseReturnValue:
    """Ask for leave; what stands against it is said before it is sent."""
    actor = current_actor()
    people = people_to_ask_for(actor)
    form = LeaveForm(people, data={"starts_on": request.args.get("day", type=day_of_address)})
    shown = {"people": people, "marks": marks_for(actor, people[0][0]) if len(people) == 1 else {}}
    if form.validate_on_submit():
        with refusals_shown_on(form):
            member_id, away = form.member_id.data, form.away(form.kind.data)
            if "check" in request.form:
                told = _answer(actor, member_id, away)
                return render_template("rota/advice/ask.html", form=form, answer=told, **shown)
            sent = commands.ask_for_leave(actor, member_id, away, form.note.data or "")
            return done(sent_said(sent.is_approved), url_for("leave.show", absence_id=sent.absence_id))
    return asked("rota/advice/ask.html", form, answer=None, **shown)


@advice.get("/answer")
@guarded(Permission.REQUEST_LEAVE)
def answer() -> ResponseReturnValue:
    """Say at once what would be answered, while the questions are being answered."""
    actor, told = current_actor(), None
    form = LeaveForm(people_to_ask_for(actor), formdata=request.args, meta={"csrf": False})
    if form.validate() and not wrong_with_days(away := form.away(form.kind.data), today()):
        told = _answer(actor, form.member_id.data, away)
    return render_template("rota/advice/_answer.html", answer=told)


@advice.get("/<uuid:absence_id>/decision")
@guarded(Permission.APPROVE_LEAVE)
def show(absence_id: uuid.UUID) -> ResponseReturnValue:
    """Show what an absence means for the rota to who decides on it."""
    decision = decision_for(current_actor(), absence_id)
    return render_template(
        "rota/advice/show.html",
        decision=decision,
        reasons=decision_said(decision.weighed),
        said=span,
        tag_of=state_tag,
    )


@advice.post("/<uuid:absence_id>/open")
@guarded(Permission.APPROVE_LEAVE)
def approve_and_open(absence_id: uuid.UUID) -> ResponseReturnValue:
    """Say yes to a request, and go where its gaps can be filled."""
    actor = current_actor()
    version_id = commands.approve_and_open(actor, absence_id)
    if version_id is None:
        return done("The leave is approved. It takes nothing from any rota.", url_for("leave.index"))
    first = decision_for(actor, absence_id).absence.away.starts_on
    sentence = "The leave is approved, and the gaps it leaves are open in this draft."
    return done(sentence, url_for("grid.show", version_id=version_id, week=first))


@advice.post("/ill")
@guarded(Permission.REQUEST_LEAVE)
def ill() -> ResponseReturnValue:
    """Report, in one click, that somebody is ill today, or today and tomorrow."""
    actor = current_actor()
    form = IllForm(people_to_ask_for(actor))
    if not form.validate_on_submit():
        return redirect(url_for("leave.report"), 303)
    days = 1 if request.form.get("until") == "tomorrow" else 0
    away = Away(AbsenceKind.SICKNESS, today(), today() + timedelta(days))
    absence_id = report_sickness(actor, form.member_id.data, away)
    return done("The absence is reported.", url_for(_next_page(actor, absence_id), absence_id=absence_id))


@advice.route("/quick", methods=["GET", "POST"])
@guarded(Permission.APPROVE_LEAVE)
def quick() -> ResponseReturnValue:
    """Record leave from a cell of the grid."""
    actor = current_actor()
    if "member" not in request.args:
        return redirect(url_for("advice.ask"))
    asked_for = (request.args.get(name, "") for name in ("member", "day", "kind", "version"))
    cell, form, told = quick_for(actor, *asked_for), QuickForm(), ""
    if form.validate_on_submit():
        with refusals_shown_on(form):
            away = form.away(cell.day, cell.kind)
            record_leave(actor, cell.member_id, away)
            told = toll_said(losses_for(actor, cell.member_id, away))
            if "HX-Request" not in request.headers:
                return done(f"The absence is recorded. {told}", _back(cell))
    page = "_quick" if "HX-Request" in request.headers else "quick"
    html = render_template(f"rota/advice/{page}.html", form=form, cell=cell, told=told, back_to=_back(cell))
    if told:
        return html, 200, {"HX-Trigger": "rota-facts-changed"}
    return html, 422 if form.is_submitted() else 200


def card(actor: Actor) -> str:
    """Draw the card of the Today page: what waits and what fell out, or one's own leave."""
    if not actor.may_somewhere(Permission.REQUEST_LEAVE):
        return ""
    people = people_to_ask_for(actor)
    decides = actor.may_somewhere(Permission.APPROVE_LEAVE)
    return render_template(
        "rota/advice/_card.html",
        form=IllForm(people),
        people=people,
        decides=decides,
        waiting=waiting_for(actor) if decides else 0,
        tolls=[(toll, card_said(toll)) for toll in tolls_for(actor)],
        balances=own_balances(actor) if not decides else [],
    )


def _next_page(actor: Actor, absence_id: uuid.UUID) -> str:
    """Name where somebody goes on who reported an illness: to its cover, where they publish the rota."""
    if not get_absence_for(actor, absence_id).may_decide:
        return "leave.show"
    return "standins.show" if actor.may(Permission.PUBLISH_ROTA) else "advice.show"


def _answer(actor: Actor, member_id: uuid.UUID, away: Away) -> Answer:
    weighed, is_own = weighed_for(actor, member_id, away)
    return answer_of(weighed, is_own, sees_drafts(actor))


def _back(cell: QuickCell) -> str:
    if cell.version_id is None:
        return url_for("leave.index", show="coming")
    return url_for("grid.show", version_id=cell.version_id, week=cell.day)
