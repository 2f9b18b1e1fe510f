"""Comparing two versions of a rota."""

import uuid

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.pages import unattended
from rota.comparing.queries import comparing_for

comparing = Blueprint("comparing", __name__, url_prefix="/rota/<uuid:period_id>/compare")


@comparing.get("/")
@guarded(Permission.EDIT_ROTA)
def show(period_id: uuid.UUID) -> ResponseReturnValue:
    """Show two versions side by side, chosen from a list."""
    return _page(period_id)


@comparing.get("/again")
@unattended
@guarded(Permission.EDIT_ROTA)
def again(period_id: uuid.UUID) -> ResponseReturnValue:
    """Show the same once more, asked by the page itself while one of the two is being filled."""
    return _page(period_id)


def _page(period_id: uuid.UUID) -> str:
    first, second = (request.args.get(name, type=uuid.UUID) for name in ("first", "second"))
    both = comparing_for(current_actor(), period_id, first, second)
    chosen = both.comparison
    return render_template(
        "rota/comparing/show.html",
        view=both.view,
        comparison=chosen,
        first=chosen.first.id if chosen else first,
        second=chosen.second.id if chosen else second,
    )
