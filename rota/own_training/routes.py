"""One's own training, on a phone before all."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Actor, Permission
from network.plumbing.answers import done
from rota.notices.forms import ids_in
from rota.own_training.queries import own_training
from rota.own_training.wording import span_said, weeks_said, when_said
from rota.rotation_news.commands import acknowledge_placements, note_placements_seen

own = Blueprint("own_training", __name__, url_prefix="/my-training")
WORDS = {"when_said": when_said, "weeks_said": weeks_said, "span_said": span_said}


@own.get("")
@guarded(Permission.SEE_OWN_TRAINING)
def show() -> ResponseReturnValue:
    """Show where one is on Monday, and what is new in one's placements."""
    actor = current_actor()
    mine = own_training(actor)
    page = render_template("rota/own_training/show.html", mine=mine, **WORDS)
    # Drawn first: on this very page it is news still.
    if mine and mine.has_unseen:
        note_placements_seen(actor)
    return page


@own.post("/acknowledge")
@guarded(Permission.SEE_OWN_TRAINING)
def acknowledge() -> ResponseReturnValue:
    """Say that one has seen where one is placed, as far as it stood on the page."""
    acknowledge_placements(current_actor(), ids_in(request.form.getlist("notice")))
    return done("Thank you. Whoever plans your rotations sees that you know.", url_for("own_training.show"))


def card(actor: Actor) -> str:
    """Draw the card of the first page: where one is on Monday."""
    mine = own_training(actor) if actor.may_somewhere(Permission.SEE_OWN_TRAINING) else None
    if mine is None:
        return ""
    return render_template("rota/own_training/_card.html", mine=mine, **WORDS)
