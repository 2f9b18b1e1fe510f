"""The pages of requests: one's own, on a phone; everybody's, for those who plan."""

import uuid
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Actor, Permission
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.fields import refusals_shown_on
from network.plumbing.refusals import Refusal
from rota.requests import commands
from rota.requests.forms import WishForm, as_answers
from rota.requests.queries import (
    get_request_for,
    own_wishes,
    rotas_to_ask_for,
    wishes_in_rota,
    wishes_of,
)
from rota.requests.wording import said, said_outcome, said_points
from rota.rotas.rules import said_period

requests = Blueprint("requests", __name__, url_prefix="/requests")


@requests.get("")
@guarded(Permission.ASK_FOR_SESSIONS)
def index() -> ResponseReturnValue:
    """Show the rotas that take requests: one's own points, and for planners everybody's wishes."""
    actor = current_actor()
    plans = actor.may_somewhere(Permission.EDIT_ROTA)
    rotas = [(each.id, said_period(each.starts_on, each.ends_on)) for each in rotas_to_ask_for(actor)]
    return render_template(
        "rota/requests/index.html", own=own_wishes(actor), rotas=rotas if plans else [], plans=plans
    )


@requests.get("/<uuid:period_id>")
@guarded(Permission.EDIT_ROTA)
def everybody(period_id: uuid.UUID) -> ResponseReturnValue:
    """List the wishes of the people one plans, and what became of them."""
    period, people = wishes_in_rota(current_actor(), period_id)
    return render_template(
        "rota/requests/everybody.html",
        period=period,
        title=said_period(period.starts_on, period.ends_on),
        people=people,
        outcome_of=said_outcome,
    )


@requests.get("/find")
@guarded(Permission.EDIT_ROTA)
def find() -> ResponseReturnValue:
    """Go to the person chosen from the list."""
    period_id, member_id = (request.args.get(name, type=uuid.UUID) for name in ("period_id", "member_id"))
    if period_id is None:
        return redirect(url_for("requests.index"), 303)
    if member_id is None:
        flash("Choose a person from the list.", "error")
        return redirect(url_for("requests.everybody", period_id=period_id), 303)
    return redirect(url_for("requests.person", period_id=period_id, member_id=member_id), 303)


@requests.route("/<uuid:period_id>/<uuid:member_id>", methods=["GET", "POST"])
@guarded(Permission.ASK_FOR_SESSIONS)
def person(period_id: uuid.UUID, member_id: uuid.UUID) -> ResponseReturnValue:
    """Show one person's wishes and points, and take another wish."""
    actor = current_actor()
    wishing = wishes_of(actor, period_id, member_id)
    form = WishForm(wishing.period.starts_on, wishing.period.ends_on)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.make_request(actor, period_id, member_id, form.asked)
            return done(
                f"Noted: {said(form.asked)}.",
                url_for("requests.person", period_id=period_id, member_id=member_id),
            )
    return asked(
        "rota/requests/person.html", form, wishing=wishing, outcome_of=said_outcome, points_said=said_points
    )


@requests.route("/change/<uuid:request_id>", methods=["GET", "POST"])
@guarded(Permission.ASK_FOR_SESSIONS)
def change(request_id: uuid.UUID) -> ResponseReturnValue:
    """Change a wish."""
    actor = current_actor()
    row = get_request_for(actor, request_id)
    back_to = url_for("requests.person", period_id=row.period_id, member_id=row.member_id)
    form = WishForm(row.period.starts_on, row.period.ends_on, data=as_answers(row.value))
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.change_request(actor, request_id, form.asked)
            return done(f"Changed to: {said(form.asked)}.", back_to)
    wishing = wishes_of(actor, row.period_id, row.member_id)
    return asked("rota/requests/change.html", form, wishing=wishing, request_id=request_id, back_to=back_to)


@requests.post("/withdraw/<uuid:request_id>")
@guarded(Permission.ASK_FOR_SESSIONS)
def withdraw(request_id: uuid.UUID) -> ResponseReturnValue:
    """Take a wish back."""
    actor = current_actor()
    row = get_request_for(actor, request_id)
    where: dict[str, Any] = {"period_id": row.period_id, "member_id": row.member_id}
    answers = [(name, str(value)) for name, value in as_answers(row.value).items()]
    back_to = url_for("requests.person", **where)
    try:
        commands.withdraw_request(actor, request_id)
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        flash(refusal.sentence, "error")
        return redirect(back_to, 303)
    sentence = "The wish is withdrawn, and its points are free again."
    return done(sentence, back_to, undo=undo_by("requests.person", *answers, **where))


def card(actor: Actor) -> str:
    """Draw the card of the Today page: rotas one may still wish for, and what became of one's wishes."""
    own = own_wishes(actor)
    return render_template("rota/requests/_card.html", own=own) if own else ""
