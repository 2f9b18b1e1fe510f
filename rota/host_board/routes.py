"""The pages of hosts and offers with who is placed there, and of withdrawing an offer."""

import uuid

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded, require
from network.access.rules import Actor, Permission
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.database import today
from network.plumbing.fields import refusals_shown_on
from network.plumbing.templating import plural
from network.plumbing.typed import day_of_address
from rota.host_board.queries import (
    host_list_for,
    host_page_for,
    is_over,
    offer_page_for,
    touched_by_withdrawal,
    withdrawn_with_learners,
)
from rota.hosts import commands, wording
from rota.hosts.forms import WithdrawForm
from rota.hosts.queries import as_terms, get_offer_for, may_change

host_board = Blueprint("host_board", __name__, url_prefix="/hosts")

SEE, OFFER = Permission.SEE_ROTATIONS, Permission.OFFER_PLACEMENTS


@host_board.get("")
@guarded(SEE)
def index() -> ResponseReturnValue:
    """List the hosts."""
    actor = current_actor()
    may_add = actor.may_somewhere(OFFER)
    return render_template("rota/host_board/index.html", hosts=host_list_for(actor), may_add=may_add)


@host_board.get("/<uuid:host_id>")
@guarded(SEE)
def host(host_id: uuid.UUID) -> ResponseReturnValue:
    """Show a host: what it offers, who approved it, and what learners read."""
    page = host_page_for(current_actor(), host_id)
    return render_template(
        "rota/host_board/host.html",
        page=page,
        host=page.row,
        offers=[(offer, as_terms(offer)) for offer in sorted(page.row.offers, key=is_over)],
        may_edit=may_change(current_actor(), page.row),
        today=today(),
        said=wording,
    )


@host_board.get("/offers/<uuid:offer_id>")
@guarded(SEE)
def offer(offer_id: uuid.UUID) -> ResponseReturnValue:
    """Show an offer, its supervisors, and who is placed there."""
    page = offer_page_for(current_actor(), offer_id)
    left = (
        touched_by_withdrawal(current_actor(), offer_id, page.row.withdrawn_from)
        if page.row.withdrawn_from
        else []
    )
    return render_template(
        "rota/host_board/offer.html", page=page, offer=page.row, left=left, today=today(), said=wording
    )


@host_board.route("/offers/<uuid:offer_id>/withdraw", methods=["GET", "POST"])
@guarded(OFFER)
def withdraw(offer_id: uuid.UUID) -> ResponseReturnValue:
    """Withdraw an offer from a day on, with the placements that this touches before one's eyes."""
    actor, row = current_actor(), get_offer_for(current_actor(), offer_id)
    require(may_change(actor, row.host))
    leaves_on = request.args.get("leaves_on", today(), type=day_of_address)
    form = WithdrawForm(data={"leaves_on": leaves_on})
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.withdraw_offer(actor, offer_id, form.leaves_on.data, form.why.data)
            left = len(touched_by_withdrawal(actor, offer_id, form.leaves_on.data))
            undo = undo_by("hosts.bring_back", offer_id=offer_id)
            return done(
                f"The offer is withdrawn. {_left(left)}", url_for("host_board.offer", offer_id=offer_id), undo
            )
    leaves_on = form.leaves_on.data or leaves_on
    touched = touched_by_withdrawal(actor, offer_id, leaves_on)
    return asked("rota/host_board/withdraw.html", form, offer=row, touched=touched, leaves_on=leaves_on)


def card(actor: Actor) -> str:
    """Draw the card of the first page: offers withdrawn while learners are placed there."""
    offers = withdrawn_with_learners(actor)
    return render_template("rota/host_board/_card.html", offers=offers) if offers else ""


def _left(placements: int) -> str:
    if not placements:
        return "Nobody was placed there."
    return f"{plural(placements, 'placement')} must be planned anew."
