"""The pages of programmes: what each is, and what it requires."""

import uuid

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.fields import refusals_shown_on
from rota.programmes import commands, wording
from rota.programmes.forms import ProgrammeForm, RequirementForm
from rota.programmes.local.rules import chosen_here, chosen_in_requirement, key_of
from rota.programmes.queries import (
    ProgrammeRow,
    as_design,
    as_requirement,
    get_programme_for,
    get_requirement_for,
    programmes_shown,
    requirements_of,
    troubles_with,
)

programmes = Blueprint("programmes", __name__, url_prefix="/training/programmes")

SEE, EDIT = Permission.SEE_ROTATIONS, Permission.EDIT_ROTATIONS


@programmes.get("")
@guarded(SEE)
def index() -> ResponseReturnValue:
    """List the programmes."""
    actor = current_actor()
    return render_template(
        "rota/programmes/index.html",
        programmes=programmes_shown(actor),
        may_edit=actor.may(EDIT),
        said=wording,
    )


@programmes.get("/<uuid:programme_id>")
@guarded(SEE)
def show(programme_id: uuid.UUID) -> ResponseReturnValue:
    """Show a programme and what it requires."""
    actor = current_actor()
    row = get_programme_for(actor, programme_id)
    return render_template(
        "rota/programmes/show.html",
        programme=row,
        design=as_design(row),
        requirements=[(each.id, as_requirement(each)) for each in row.requirements],
        names=_names(row),
        troubles=troubles_with(row),
        may_edit=actor.may(EDIT),
        said=wording,
    )


@programmes.route("/add", methods=["GET", "POST"])
@guarded(EDIT)
def add() -> ResponseReturnValue:
    """Add a programme of the network's own."""
    form = ProgrammeForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            made = commands.add_programme(current_actor(), chosen_here(None, form.design))
            return done(f"{form.name.data} is added. Say next what it requires.", _page(made))
    return asked("rota/programmes/programme.html", form, programme=None)


@programmes.route("/<uuid:programme_id>/change", methods=["GET", "POST"])
@guarded(EDIT)
def change(programme_id: uuid.UUID) -> ResponseReturnValue:
    """Change what a programme says of itself."""
    row = get_programme_for(current_actor(), programme_id)
    before = as_design(row)
    form = ProgrammeForm(data={**ProgrammeForm.answers_of(before), "row_version": row.row_version})
    if form.validate_on_submit():
        with refusals_shown_on(form):
            design = chosen_here(before, form.design)
            commands.change_programme(current_actor(), programme_id, design, form.row_version.data or 0)
            return done("Saved.", _page(programme_id))
    return asked("rota/programmes/programme.html", form, programme=row)


@programmes.post("/<uuid:programme_id>/retire")
@guarded(EDIT)
def retire(programme_id: uuid.UUID) -> ResponseReturnValue:
    """Take nobody into a programme any more."""
    commands.retire_programme(current_actor(), programme_id)
    undo = undo_by("programmes.bring_back", programme_id=programme_id)
    return done("The programme is retired. Its learners finish it.", _page(programme_id), undo)


@programmes.post("/<uuid:programme_id>/bring-back")
@guarded(EDIT)
def bring_back(programme_id: uuid.UUID) -> ResponseReturnValue:
    """Take learners into a retired programme again."""
    commands.bring_back_programme(current_actor(), programme_id)
    return done("The programme takes learners again.", _page(programme_id))


@programmes.route("/<uuid:programme_id>/requirements/add", methods=["GET", "POST"])
@guarded(EDIT)
def add_requirement(programme_id: uuid.UUID) -> ResponseReturnValue:
    """Add what a programme requires."""
    row = get_programme_for(current_actor(), programme_id)
    form = RequirementForm(_names(row))
    if form.validate_on_submit():
        with refusals_shown_on(form):
            design = form.design(key_of(form.name.data, _names(row)))
            commands.add_requirement(current_actor(), programme_id, chosen_in_requirement(None, design))
            return done(f"{design.name} is required now.", _page(programme_id))
    return asked("rota/programmes/requirement.html", form, programme=row, requirement=None)


@programmes.route("/requirements/<uuid:requirement_id>", methods=["GET", "POST"])
@guarded(EDIT)
def change_requirement(requirement_id: uuid.UUID) -> ResponseReturnValue:
    """Change what a programme requires."""
    row = get_requirement_for(current_actor(), requirement_id)
    before = as_requirement(row)
    others = {key: name for key, name in _names(row.programme).items() if key != row.key}
    form = RequirementForm(others, data=RequirementForm.answers_of(before))
    if form.validate_on_submit():
        with refusals_shown_on(form):
            design = chosen_in_requirement(before, form.design(row.key))
            commands.change_requirement(current_actor(), requirement_id, design)
            return done("Saved.", _page(row.programme_id))
    return asked("rota/programmes/requirement.html", form, programme=row.programme, requirement=row)


@programmes.post("/requirements/<uuid:requirement_id>/remove")
@guarded(EDIT)
def remove_requirement(requirement_id: uuid.UUID) -> ResponseReturnValue:
    """Require something no more."""
    row = get_requirement_for(current_actor(), requirement_id)
    programme_id, before = row.programme_id, as_requirement(row)
    commands.remove_requirement(current_actor(), requirement_id)
    answers = RequirementForm.answers_of(before)
    undo = undo_by("programmes.add_requirement", *_fields(answers), programme_id=programme_id)
    return done(f"{before.name} is required no more.", _page(programme_id), undo)


def _page(programme_id: uuid.UUID) -> str:
    return url_for("programmes.show", programme_id=programme_id)


def _names(row: ProgrammeRow) -> dict[str, str]:
    return {each.key: each.name for each in requirements_of(row)}


def _fields(answers: dict[str, object]) -> list[tuple[str, str]]:
    """Give the answers as a browser sends them: boxes that are not ticked are left out."""
    found: list[tuple[str, str]] = []
    for name, value in answers.items():
        if isinstance(value, list):
            found += [(name, str(each)) for each in value]
        elif value is True:
            found.append((name, "y"))
        elif value not in (False, None, "") and not isinstance(value, tuple):
            found.append((name, str(value)))
    return found
