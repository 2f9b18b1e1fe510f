"""The pages of those who wait for a clinic: how many, what they need, and by when."""

import uuid

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.fields import refusals_shown_on
from rota.bundles.commands import add_bundle
from rota.bundles.forms import BundleForm
from rota.bundles.queries import as_need, ended_bundles_for, get_bundle_for
from rota.bundles.rules import Need
from rota.clinics.queries import types_for
from rota.neighbourhoods.queries import neighbourhoods_for
from rota.waiting import commands, wording
from rota.waiting.queries import asked_without_neighbourhood, waiting_for

waiting = Blueprint("waiting", __name__, url_prefix="/clinics/waiting")

SEE, EDIT = Permission.SEE_CLINICS, Permission.EDIT_CLINICS


@waiting.get("")
@guarded(SEE)
def index() -> ResponseReturnValue:
    """Show who waits, by neighbourhood."""
    actor = current_actor()
    return render_template(
        "rota/waiting/index.html",
        areas=waiting_for(actor),
        homeless=asked_without_neighbourhood(actor),
        ended=ended_bundles_for(actor),
        may_edit=actor.may(EDIT),
        said=wording,
    )


@waiting.route("/add", methods=["GET", "POST"])
@guarded(EDIT)
def add() -> ResponseReturnValue:
    """Count people who have the same need."""
    form = _form({"neighbourhood_id": request.args.get("neighbourhood_id", type=uuid.UUID)})
    if form.validate_on_submit():
        with refusals_shown_on(form):
            add_bundle(current_actor(), form.need, form.count.data)
            return done("They are on the list.", url_for("waiting.index"))
    return asked("rota/waiting/bundle.html", form, bundle=None)


@waiting.route("/<uuid:bundle_id>", methods=["GET", "POST"])
@guarded(EDIT)
def change(bundle_id: uuid.UUID) -> ResponseReturnValue:
    """Change how many they are, or what they need."""
    row = get_bundle_for(current_actor(), bundle_id)
    need = as_need(row)
    form = _form(BundleForm.answers_of(need, row.count), need)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            given_back = commands.change_bundle(current_actor(), bundle_id, form.need, form.count.data)
            return done(f"Saved.{wording.given_back_said(given_back)}", url_for("waiting.index"))
    return asked("rota/waiting/bundle.html", form, bundle=row)


@waiting.post("/<uuid:bundle_id>/end")
@guarded(EDIT)
def end(bundle_id: uuid.UUID) -> ResponseReturnValue:
    """Take people off the list."""
    given_back = commands.end_bundle(current_actor(), bundle_id)
    undo = undo_by("waiting.reopen", bundle_id=bundle_id)
    said = f"They are off the list.{wording.given_back_said(given_back)}"
    return done(said, url_for("waiting.index"), undo)


@waiting.post("/<uuid:bundle_id>/reopen")
@guarded(EDIT)
def reopen(bundle_id: uuid.UUID) -> ResponseReturnValue:
    """Put people back on the list."""
    commands.reopen_bundle(current_actor(), bundle_id)
    return done("They are on the list again.", url_for("waiting.index"))


def _form(answers: dict[str, object], kept: Need | None = None) -> BundleForm:
    actor = current_actor()
    used = [each for each in types_for(actor) if each.retired_on is None]
    # What a bundle has already can be kept, though nothing new may begin with it.
    old = [each for each in types_for(actor) if each.retired_on and kept and each.id == kept.clinic_type_id]
    disciplines = {seat.discipline for each in (*used, *old) for seat in each.seats}
    return BundleForm(
        [(each.id, each.name) for each in neighbourhoods_for(actor)],
        [(each.id, each.name) for each in (*used, *old)],
        disciplines | (kept.disciplines if kept else frozenset()),
        data=answers,
    )
