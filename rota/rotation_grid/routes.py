"""The plan of rotations as a page: learners by blocks, changed by hand, compared with what might be."""

import uuid
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.database import today
from network.plumbing.fields import refusals_shown_on
from network.plumbing.refusals import NotFound
from network.plumbing.typed import whole_number
from rota.placing.commands import (
    Placed,
    clear_placement,
    move_placement,
    pin_placement,
    place_learner,
    unpin_placement,
)
from rota.placing.queries import get_planned_for
from rota.rotation_grid.forms import CopyForm, MendForm, PlaceForm, PlanForm
from rota.rotation_grid.queries import Cell, cell_for, compare_for, page_for
from rota.rotation_grid.wording import (
    MARKS,
    MOST_SHOWN,
    VERSION_TONES,
    called,
    placed_said,
    short_date,
    stretch_said,
)
from rota.rotation_runs.commands import accept_rotation_facts, ask_to_plan, replan
from rota.rotation_runs.wording import AIMS, summary_said
from rota.rotations.commands import (
    copy_plan_version,
    discard_plan_version,
    make_plan,
    restore_plan_version,
    undo_edit,
)
from rota.rotations.queries import get_plan_for, get_version_for, plans_for

rotation_grid = Blueprint("rotation_grid", __name__, url_prefix="/training/plans")

SEE, EDIT = Permission.SEE_ROTATIONS, Permission.EDIT_ROTATIONS
WORDS: dict[str, Any] = {
    "marks": MARKS,
    "tones": VERSION_TONES,
    "called": called,
    "stretch_said": stretch_said,
    "short_date": short_date,
    "most_shown": MOST_SHOWN,
    "tiers": AIMS,
}


@rotation_grid.get("/")
@guarded(SEE)
def home() -> ResponseReturnValue:
    """List the plans; where there is one alone, go to it."""
    views = plans_for(current_actor())
    if len(views) == 1 and views[0].current and "all" not in request.args:
        return redirect(_url(views[0].current.id), 302)
    may_edit = current_actor().may(EDIT)
    return render_template(
        "rota/rotation_grid/home.html", views=views, may_edit=may_edit, summary_said=summary_said, **WORDS
    )


@rotation_grid.route("/new", methods=["GET", "POST"])
@guarded(EDIT)
def new() -> ResponseReturnValue:
    """Begin a plan."""
    form = PlanForm(data={"starts_on": _next_monday()})
    if form.validate_on_submit():
        with refusals_shown_on(form):
            weeks = form.starts_on.data, form.weeks.data, form.block_weeks.data
            return redirect(_url(make_plan(current_actor(), form.name.data, *weeks)), 303)
    return asked("rota/rotation_grid/new.html", form)


@rotation_grid.get("/<uuid:version_id>")
@guarded(SEE)
def show(version_id: uuid.UUID) -> ResponseReturnValue:
    """Show a version: what is unmet first, then learners by blocks."""
    page = page_for(current_actor(), version_id)
    return render_template("rota/rotation_grid/show.html", page=page, **WORDS)


@rotation_grid.get("/<uuid:version_id>/cell")
@guarded(SEE)
def cell(version_id: uuid.UUID) -> ResponseReturnValue:
    """Show what stands in a learner's weeks, which hosts could, and why the others could not."""
    found = _cell(version_id)
    return _shown(found, _form_of(found))


@rotation_grid.post("/<uuid:version_id>/place")
@guarded(EDIT)
def place(version_id: uuid.UUID) -> ResponseReturnValue:
    """Place a learner, or move a placement."""
    found = _cell(version_id)
    form = _form_of(found)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            placed = _put(version_id, found, form)
            name = found.learner.name
            return _done(version_id, placed_said(name, placed.breaks, placed.gone))
    return _shown(found, form, status=422)


@rotation_grid.post("/<uuid:version_id>/stays/<uuid:stay_id>/clear")
@guarded(EDIT)
def clear(version_id: uuid.UUID, stay_id: uuid.UUID) -> ResponseReturnValue:
    """Take a placement out."""
    clear_placement(current_actor(), version_id, stay_id)
    return _done(version_id, "The placement is taken out.")


@rotation_grid.post("/<uuid:version_id>/stays/<uuid:stay_id>/pin")
@guarded(EDIT)
def pin(version_id: uuid.UUID, stay_id: uuid.UUID) -> ResponseReturnValue:
    """Keep a placement as it is."""
    pin_placement(current_actor(), version_id, stay_id)
    return _done(version_id, "Pinned: the search leaves it where it is.")


@rotation_grid.post("/<uuid:version_id>/stays/<uuid:stay_id>/unpin")
@guarded(EDIT)
def unpin(version_id: uuid.UUID, stay_id: uuid.UUID) -> ResponseReturnValue:
    """Let the search move a placement."""
    unpin_placement(current_actor(), version_id, stay_id)
    return _done(version_id, "Unpinned: the search may move it.")


@rotation_grid.post("/<uuid:version_id>/undo")
@guarded(EDIT)
def undo(version_id: uuid.UUID) -> ResponseReturnValue:
    """Take the last change back."""
    said = undo_edit(current_actor(), version_id)
    return done(f"Taken back: {said}.", _url(version_id))


@rotation_grid.post("/<uuid:version_id>/fill")
@guarded(EDIT)
def fill(version_id: uuid.UUID) -> ResponseReturnValue:
    """Ask for the draft to be filled."""
    job_id = ask_to_plan(current_actor(), version_id)
    return redirect(url_for("rotation_runs.show", job_id=job_id), 303)


@rotation_grid.route("/<uuid:version_id>/replan", methods=["GET", "POST"])
@guarded(EDIT)
def mend(version_id: uuid.UUID) -> ResponseReturnValue:
    """Copy the version and mend the copy with the fewest changes; some may be moved at short notice."""
    actor, planned = current_actor(), get_planned_for(current_actor(), version_id)
    learners = ((key, row.name) for key, row in planned.learners.items())
    form = MendForm(sorted(learners, key=lambda row: row[1]))
    if form.validate_on_submit():
        with refusals_shown_on(form):
            allowed = [uuid.UUID(each) for each in form.allowed.data or ()]
            copy_id = replan(actor, version_id, allowed, form.reason.data or "")
            job_id = get_version_for(actor, copy_id).job_id
            return redirect(url_for("rotation_runs.show", job_id=job_id), 303)
    return asked("rota/rotation_grid/mend.html", form, version=planned.version, **WORDS)


@rotation_grid.post("/<uuid:version_id>/accept-facts")
@guarded(EDIT)
def accept_facts(version_id: uuid.UUID) -> ResponseReturnValue:
    """Let the draft stand as it is after facts have changed."""
    accept_rotation_facts(current_actor(), version_id, request.form.get("seen", ""))
    return done("Looked over: the draft stands as it is.", _url(version_id))


@rotation_grid.route("/<uuid:version_id>/copy", methods=["GET", "POST"])
@guarded(EDIT)
def copy(version_id: uuid.UUID) -> ResponseReturnValue:
    """Make a copy in which something is tried out, or a new draft to be published."""
    version, form = get_version_for(current_actor(), version_id), CopyForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            copy_id = copy_plan_version(current_actor(), version_id, form.label.data)
            undo = undo_by("rotation_grid.discard", version_id=copy_id)
            return done("This is the copy. What you change here changes nothing else.", _url(copy_id), undo)
    return asked("rota/rotation_grid/copy.html", form, version=version, **WORDS)


@rotation_grid.post("/<uuid:version_id>/draft")
@guarded(EDIT)
def draft(version_id: uuid.UUID) -> ResponseReturnValue:
    """Make a new draft from what was published."""
    copy_id = copy_plan_version(current_actor(), version_id)
    undo = undo_by("rotation_grid.discard", version_id=copy_id)
    return done("This is a new draft. Learners know of nothing until you publish it.", _url(copy_id), undo)


@rotation_grid.post("/<uuid:version_id>/discard")
@guarded(EDIT)
def discard(version_id: uuid.UUID) -> ResponseReturnValue:
    """Put a draft aside."""
    discard_plan_version(current_actor(), version_id)
    undo = undo_by("rotation_grid.restore", version_id=version_id)
    return done("The version is put aside.", url_for("rotation_grid.home", all=1), undo)


@rotation_grid.post("/<uuid:version_id>/restore")
@guarded(EDIT)
def restore(version_id: uuid.UUID) -> ResponseReturnValue:
    """Take a version up again that was put aside."""
    restore_plan_version(current_actor(), version_id)
    return done("The version is a draft again.", _url(version_id))


@rotation_grid.get("/<uuid:version_id>/compare")
@guarded(SEE)
def compare(version_id: uuid.UUID) -> ResponseReturnValue:
    """Show two versions of a plan side by side."""
    actor = current_actor()
    view = get_plan_for(actor, get_version_for(actor, version_id).plan_id)
    other_id = request.args.get("with", type=uuid.UUID)
    comparison = compare_for(actor, version_id, other_id) if other_id and other_id != version_id else None
    return render_template(
        "rota/rotation_grid/compare.html",
        view=view,
        version_id=version_id,
        other_id=other_id,
        comparison=comparison,
        **WORDS,
    )


def _cell(version_id: uuid.UUID) -> Cell:
    learner_id = request.values.get("learner", type=uuid.UUID)
    week = request.values.get("week", type=whole_number)
    if learner_id is None or week is None:
        raise NotFound
    weeks = request.values.get("for", default=1, type=whole_number)
    return cell_for(current_actor(), version_id, learner_id, week, weeks)


def _form_of(found: Cell) -> PlaceForm:
    offers = [
        (choice.offer.id, f"{choice.offer.name}, {choice.offer.host.site.name}") for choice in found.choices
    ]
    given: dict[str, Any] = {"starts_on": found.stretch.starts_on, "weeks": found.stretch.weeks}
    if found.held:
        given |= {"offer": found.held.offer_id, "reason": found.held.reason}
    elif found.choices and found.choices[0].can:
        given["offer"] = found.choices[0].offer.id
    return PlaceForm(offers, data=given)


def _shown(found: Cell, form: PlaceForm, status: int = 200) -> ResponseReturnValue:
    template = "_cell.html" if request.headers.get("HX-Request") else "cell.html"
    html = render_template(f"rota/rotation_grid/{template}", cell=found, form=form, **WORDS)
    return html, status


def _put(version_id: uuid.UUID, found: Cell, form: PlaceForm) -> Placed:
    actor, reason = current_actor(), form.reason.data or ""
    if found.held:
        return move_placement(actor, version_id, found.held.stay_id, form.spot, reason)
    return place_learner(actor, version_id, found.learner.id, form.spot, reason)


def _done(version_id: uuid.UUID, said: str) -> ResponseReturnValue:
    return done(said, _url(version_id), undo_by("rotation_grid.undo", version_id=version_id))


def _url(version_id: uuid.UUID) -> str:
    return url_for("rotation_grid.show", version_id=version_id)


def _next_monday() -> date:
    return today() + timedelta(7 - today().weekday())
