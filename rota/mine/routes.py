"""One's own rota, on a phone before all."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, signed_in
from network.access.rules import Actor, Permission
from network.plumbing.answers import done
from network.plumbing.database import today
from network.plumbing.typed import day_of_address
from rota.mine.queries import coming_days, my_rota
from rota.notices.commands import confirm_notices, note_seen
from rota.notices.forms import ids_in
from rota.rotas.queries import sees_drafts

mine = Blueprint("mine", __name__, url_prefix="/my-rota")


@mine.get("")
@signed_in
def show() -> ResponseReturnValue:
    """Show one's own weeks, and what is new in them."""
    actor = current_actor()
    week = request.args.get("week", type=day_of_address)
    own = my_rota(actor, week)
    page = render_template("rota/mine/show.html", mine=own, name=actor.name, today=today())
    # Drawn first: on this very page it is news still.
    if own.has_unseen:
        note_seen(actor)
    return page


@mine.post("/confirm")
@signed_in
def confirm() -> ResponseReturnValue:
    """Say that one has seen what was new when the page was drawn."""
    confirm_notices(current_actor(), ids_in(request.form.getlist("notice")))
    return done("Thank you. Whoever plans the rota sees that you know.", url_for("mine.show"))


def card(actor: Actor) -> str:
    """Draw the card of the first page: one's own coming days."""
    coming = coming_days(actor)
    # Staff whom nobody plans may wonder; planners and all others know that they are not on the rota.
    if not coming.is_member and (sees_drafts(actor) or not actor.may_somewhere(Permission.SEE_ROTA)):
        return ""
    return render_template("rota/mine/_card.html", coming=coming, today=today())
