"""Planning a clinic: four questions, three proposals side by side, one click to accept."""

import uuid
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.fields import refusals_shown_on
from network.plumbing.pages import unattended
from network.plumbing.refusals import NotFound
from rota.clinic_choices.commands import accept_proposal, plan_clinic, take_back_plan
from rota.clinic_choices.forms import PlanForm
from rota.clinic_choices.queries import choices_for
from rota.clinic_choices.rules import OFTEN
from rota.clinic_plans.queries import drafts_to_plan_in, open_plans_for
from rota.clinic_plans.wording import TONES
from rota.clinics.queries import types_to_plan
from rota.neighbourhoods.queries import neighbourhoods_for
from rota.rotas.queries import said_of

clinic_choices = Blueprint("clinic_choices", __name__, url_prefix="/clinics/plans")

SEE, EDIT = Permission.SEE_CLINICS, Permission.EDIT_CLINICS


@clinic_choices.route("/", methods=["GET", "POST"])
@guarded(EDIT)
def plan() -> ResponseReturnValue:
    """Ask for a clinic: of what kind, for whom, how often."""
    actor = current_actor()
    form = PlanForm(
        [(row.id, row.name) for row in types_to_plan()],
        [(row.id, row.name) for row in neighbourhoods_for(actor)],
        data=_known(),
    )
    if form.validate_on_submit():
        with refusals_shown_on(form):
            return redirect(_url(plan_clinic(actor, form.ask)), 303)
    drafts = drafts_to_plan_in()
    weeks = said_of(drafts[0]) if drafts else ""
    before = open_plans_for(actor)
    return asked("rota/clinic_choices/plan.html", form, weeks=weeks, before=before, tones=TONES)


@clinic_choices.get("/<uuid:plan_id>")
@guarded(SEE)
def show(plan_id: uuid.UUID) -> ResponseReturnValue:
    """Show the proposals of a plan; while they are looked for, the page keeps itself up to date."""
    choices = choices_for(current_actor(), plan_id)
    return render_template("rota/clinic_choices/show.html", choices=choices, tones=TONES)


@clinic_choices.get("/<uuid:plan_id>/found")
@unattended
@guarded(SEE)
def found(plan_id: uuid.UUID) -> ResponseReturnValue:
    """Give the part of the page that changes, once a second."""
    choices = choices_for(current_actor(), plan_id)
    return render_template("rota/clinic_choices/_found.html", choices=choices, tones=TONES)


@clinic_choices.post("/<uuid:plan_id>/accept")
@guarded(EDIT)
def accept(plan_id: uuid.UUID) -> ResponseReturnValue:
    """Put the clinics of one proposal on the calendar, and their people in the draft."""
    number = request.form.get("number", type=int)
    if number is None:
        raise NotFound
    accept_proposal(current_actor(), plan_id, number)
    undo = undo_by("clinic_choices.take_back", plan_id=plan_id)
    return done(
        "Accepted: the clinics are on the calendar, their people in the draft.", _url(plan_id), undo=undo
    )


@clinic_choices.post("/<uuid:plan_id>/take-back")
@guarded(EDIT)
def take_back(plan_id: uuid.UUID) -> ResponseReturnValue:
    """Take the clinics of an accepted proposal off the calendar again."""
    take_back_plan(current_actor(), plan_id)
    return done("Taken back: the calendar and the draft are as they were.", _url(plan_id))


def _url(plan_id: uuid.UUID) -> str:
    return url_for("clinic_choices.show", plan_id=plan_id)


def _known() -> dict[str, Any]:
    # Pages of clinics and of those who wait lead here with what they know already.
    rows = {name: request.args.get(name, type=uuid.UUID) for name in ("clinic_type", "neighbourhood")}
    weeks = request.args.get("every_weeks", type=int)
    often = {"every_weeks": weeks} if weeks in OFTEN else {}
    return {name: row_id for name, row_id in rows.items() if row_id} | often
