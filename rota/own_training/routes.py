"""One's own training, on a phone before all."""

import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Actor, Permission
from network.plumbing.answers import asked, done
from network.plumbing.database import today
from network.plumbing.fields import refusals_shown_on
from rota.exposure_choices.commands import book_exposure
from rota.exposure_map.routes import WORDS as HALF_DAY_WORDS
from rota.exposure_map.routes import choice_sent
from rota.exposure_sessions.commands import cancel_exposure
from rota.learners.queries import find_own_learner
from rota.notices.forms import ids_in
from rota.own_training.forms import WishesForm
from rota.own_training.queries import get_own_learner, own_training
from rota.own_training.wording import span_said, weeks_said, when_said
from rota.rotation_news.commands import acknowledge_placements, note_placements_seen
from rota.wishes.commands import set_wishes
from rota.wishes.queries import offers_to_wish_for, wishes_of

own = Blueprint("own_training", __name__, url_prefix="/my-training")
WORDS = HALF_DAY_WORDS | {"when_said": when_said, "weeks_said": weeks_said, "span_said": span_said}


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


@own.post("/half-days")
@guarded(Permission.SEE_OWN_TRAINING)
def choose() -> ResponseReturnValue:
    """Choose a half-day with another discipline."""
    actor, form = current_actor(), choice_sent()
    book_exposure(actor, form.offer_id.data, get_own_learner(actor).id, form.day.data)
    return done("The half-day is yours. The weekly rota plans around it.", url_for("own_training.show"))


@own.post("/half-days/<uuid:session_id>/cancel")
@guarded(Permission.SEE_OWN_TRAINING)
def cancel(session_id: uuid.UUID) -> ResponseReturnValue:
    """Cancel a half-day of one's own."""
    cancel_exposure(current_actor(), session_id)
    return done("The half-day is cancelled.", url_for("own_training.show"))


@own.route("/wishes", methods=["GET", "POST"])
@guarded(Permission.SEE_OWN_TRAINING)
def wishes() -> ResponseReturnValue:
    """Say where one would like to be placed."""
    actor = current_actor()
    learner = find_own_learner(actor)
    if learner is None:
        # The page of their training says why there is nothing to wish for.
        return redirect(url_for("own_training.show"))
    kept = [each.offer_id for each in wishes_of(learner.id)]
    form = WishesForm(data=dict(zip(("first", "second", "third"), kept, strict=False)))
    offers = offers_to_wish_for(learner, today())
    form.offer([(each.id, f"{each.host.site.name}: {each.name}") for each in offers])
    if form.validate_on_submit():
        with refusals_shown_on(form):
            set_wishes(actor, form.wished)
            return done("Your wishes are kept.", url_for("own_training.show"))
    return asked("rota/own_training/wishes.html", form)


def card(actor: Actor) -> str:
    """Draw the card of the first page: where one is on Monday."""
    mine = own_training(actor) if actor.may_somewhere(Permission.SEE_OWN_TRAINING) else None
    if mine is None:
        return ""
    return render_template("rota/own_training/_card.html", mine=mine, **WORDS)
