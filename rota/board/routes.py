"""The board of a day, and one person on it."""

import uuid
from datetime import date, timedelta

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Actor, Permission
from network.plumbing.database import today
from network.plumbing.typed import day_of_address
from rota.board.queries import board_for, on_day_for
from rota.leave.wording import span
from rota.repairs.wording import cover_tag

board = Blueprint("board", __name__, url_prefix="/rota/today")


@board.get("")
@guarded(Permission.APPROVE_LEAVE)
def show() -> ResponseReturnValue:
    """Show who works today, or on another day, and what stands open."""
    day = _day_asked_for()
    return render_template(
        "rota/board/show.html",
        board=board_for(current_actor(), day),
        days=[(word, url_for("board.show", day=each), each == day) for each, word in _days().items()],
        tag_of=cover_tag,
        said=span,
    )


@board.get("/<uuid:member_id>")
@guarded(Permission.APPROVE_LEAVE)
def person(member_id: uuid.UUID) -> ResponseReturnValue:
    """Show one person's day, and report them ill from there."""
    day = _day_asked_for()
    return render_template(
        "rota/board/person.html",
        on_day=on_day_for(current_actor(), member_id, day),
        day=day,
        day_word=_days().get(day, "That day"),
    )


def card(actor: Actor) -> str:
    """Draw the card of the first page: how today stands, for those who decide on leave."""
    if not actor.may_somewhere(Permission.APPROVE_LEAVE):
        return ""
    found = board_for(actor, today())
    return render_template("rota/board/_card.html", board=found) if found.planned or found.ill else ""


def _day_asked_for() -> date:
    return request.args.get("day", today(), type=day_of_address)


def _days() -> dict[date, str]:
    """Give the days that the board leads to, and what each is called."""
    return {today(): "Today", today() + timedelta(1): "Tomorrow"}
