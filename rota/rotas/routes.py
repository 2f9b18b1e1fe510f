"""The list of rotas, and what is done with a whole version."""

import uuid

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.database import today
from network.plumbing.fields import refusals_shown_on
from network.plumbing.refusals import Refusal
from network.plumbing.templating import plural
from rota.rotas.commands import (
    choose_version,
    copy_version,
    discard_version,
    open_period,
    rename_version,
    restore_version,
)
from rota.rotas.forms import LabelForm, NewRotaForm
from rota.rotas.queries import (
    get_version_for,
    last_planned_day,
    missing_for_a_rota,
    periods_for,
    said_of,
    sees_drafts,
)
from rota.rotas.rules import proposed_start

rotas = Blueprint("rotas", __name__, url_prefix="/rota")


@rotas.get("/")
@guarded(Permission.SEE_ROTA)
def home() -> ResponseReturnValue:
    """List the rotas, or say what must be there before the first."""
    actor = current_actor()
    return render_template(
        "rota/rotas/home.html",
        periods=periods_for(actor),
        missing=missing_for_a_rota() if actor.may(Permission.FILL_ROTA) else (),
        may_open=actor.may(Permission.FILL_ROTA),
        sees_board=actor.may_somewhere(Permission.APPROVE_LEAVE),
        plans=sees_drafts(actor),
    )


@rotas.route("/new", methods=["GET", "POST"])
@guarded(Permission.PLAN_ROTA)
def new() -> ResponseReturnValue:
    """Ask for the weeks of a new rota, with the next ones proposed."""
    actor = current_actor()
    form = NewRotaForm(today())
    if form.validate_on_submit():
        try:
            version_id = open_period(actor, *form.answers)
        except Refusal as refusal:
            form.form_errors.append(refusal.sentence)
        else:
            if form.requests_until.data:
                return done("The rota is open: staff can ask for sessions and days off.", _about(version_id))
            flash("The rota is open, with the cover each site wants. Now fill it.", "success")
            return redirect(url_for("readiness.show", version_id=version_id), 303)
    elif form.starts_on.data is None and not form.is_submitted():
        form.starts_on.data = proposed_start(last_planned_day(), today())
    return render_template("rota/rotas/new.html", form=form), 422 if form.errors else 200


@rotas.route("/versions/<uuid:version_id>/what-if", methods=["GET", "POST"])
@guarded(Permission.PLAN_ROTA)
def copy_as(version_id: uuid.UUID) -> ResponseReturnValue:
    """Ask what a copy of this version is to try out, and make it."""
    version, form = get_version_for(current_actor(), version_id), LabelForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            copy_id = copy_version(current_actor(), version_id, form.label.data)
            return done("The copy is made. The other drafts are as they were.", _grid(copy_id))
    return asked("rota/rotas/copy_as.html", form, version=version, said=said_of(version))


@rotas.post("/versions/<uuid:version_id>/copy")
@guarded(Permission.PLAN_ROTA)
def copy(version_id: uuid.UUID) -> ResponseReturnValue:
    """Begin a new version that starts as this one stands."""
    copy_id = copy_version(current_actor(), version_id)
    return done(
        "This is a new draft. People keep the published rota until you publish this one.", _grid(copy_id)
    )


@rotas.route("/versions/<uuid:version_id>/label", methods=["GET", "POST"])
@guarded(Permission.PLAN_ROTA)
def rename(version_id: uuid.UUID) -> ResponseReturnValue:
    """Ask for another label of a draft."""
    version = get_version_for(current_actor(), version_id)
    before, form = version.label, LabelForm(data={"label": version.label})
    if form.validate_on_submit():
        with refusals_shown_on(form):
            rename_version(current_actor(), version_id, form.label.data)
            undo = undo_by("rotas.rename", ("label", before), version_id=version_id) if before else None
            return done("The label is changed.", _about(version_id), undo)
    return asked("rota/rotas/rename.html", form, version=version, said=said_of(version))


@rotas.post("/versions/<uuid:version_id>/discard")
@guarded(Permission.PLAN_ROTA)
def discard(version_id: uuid.UUID) -> ResponseReturnValue:
    """Put a draft aside."""
    discard_version(current_actor(), version_id)
    undo = undo_by("rotas.restore", version_id=version_id)
    return done("The draft was put aside. Nobody was told of anything.", _about(version_id), undo)


@rotas.post("/versions/<uuid:version_id>/restore")
@guarded(Permission.PLAN_ROTA)
def restore(version_id: uuid.UUID) -> ResponseReturnValue:
    """Take up again a draft that was put aside, with those that were put aside together with it."""
    restore_version(current_actor(), version_id, request.form.getlist("also", type=uuid.UUID))
    return done("The draft is taken up again.", _about(version_id))


@rotas.post("/versions/<uuid:version_id>/choose")
@guarded(Permission.PLAN_ROTA)
def choose(version_id: uuid.UUID) -> ResponseReturnValue:
    """Go on with this draft, and put the others aside."""
    aside = choose_version(current_actor(), version_id)
    if not aside:
        return done("It was the only draft.", _grid(version_id))
    first, *others = aside
    undo = undo_by("rotas.restore", *(("also", str(each)) for each in others), version_id=first)
    return done(
        f"Going on with this draft; {plural(len(aside), 'other')} put aside.", _grid(version_id), undo
    )


def _grid(version_id: uuid.UUID) -> str:
    return url_for("grid.show", version_id=version_id)


def _about(version_id: uuid.UUID) -> str:
    return url_for("stages.show", period_id=get_version_for(current_actor(), version_id).period_id)
