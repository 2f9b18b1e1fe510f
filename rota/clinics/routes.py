"""The pages of kinds of clinic: what each is, its team, and the sites that can hold it."""

import uuid

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.fields import refusals_shown_on
from rota.clinics import commands, wording
from rota.clinics.forms import SEAT, DesignForm, SeatForm
from rota.clinics.queries import (
    as_design,
    as_seat,
    get_seat_for,
    get_type_for,
    seats_of,
    sites_that_lack,
    troubles_with,
    types_shown,
)
from rota.clinics.rules import SeatDesign, people_a_session
from rota.staff.queries import competencies

clinics = Blueprint("clinics", __name__, url_prefix="/clinics/types")

SEE, EDIT = Permission.SEE_CLINICS, Permission.EDIT_CLINICS


@clinics.get("")
@guarded(SEE)
def index() -> ResponseReturnValue:
    """List the kinds of clinic."""
    actor = current_actor()
    return render_template(
        "rota/clinics/index.html",
        types=types_shown(actor),
        may_edit=actor.may(EDIT),
        said=wording,
    )


@clinics.get("/<uuid:clinic_type_id>")
@guarded(SEE)
def show(clinic_type_id: uuid.UUID) -> ResponseReturnValue:
    """Show a kind of clinic, its team, and the sites that can hold it."""
    actor = current_actor()
    row = get_type_for(actor, clinic_type_id)
    seats = [(seat.id, as_seat(seat)) for seat in row.seats]
    return render_template(
        "rota/clinics/show.html",
        clinic=row,
        design=as_design(row),
        seats=seats,
        people=people_a_session(seats_of(row)),
        troubles=troubles_with(row),
        sites=sites_that_lack(actor, row),
        competencies=competencies(),
        may_edit=actor.may(EDIT),
        said=wording,
    )


@clinics.route("/add", methods=["GET", "POST"])
@guarded(EDIT)
def add() -> ResponseReturnValue:
    """Add a kind of clinic."""
    form = DesignForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            made = commands.add_type(current_actor(), form.design)
            return done(f"{form.name.data} is added. Add the seats of its team next.", _page(made))
    return asked("rota/clinics/design.html", form, clinic=None)


@clinics.route("/<uuid:clinic_type_id>/change", methods=["GET", "POST"])
@guarded(EDIT)
def change(clinic_type_id: uuid.UUID) -> ResponseReturnValue:
    """Change what a kind of clinic says of itself."""
    row = get_type_for(current_actor(), clinic_type_id)
    form = DesignForm(data={**DesignForm.answers_of(as_design(row)), "row_version": row.row_version})
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.change_type(current_actor(), clinic_type_id, form.design, form.row_version.data or 0)
            return done("Saved.", _page(clinic_type_id))
    return asked("rota/clinics/design.html", form, clinic=row)


@clinics.post("/<uuid:clinic_type_id>/retire")
@guarded(EDIT)
def retire(clinic_type_id: uuid.UUID) -> ResponseReturnValue:
    """Plan a kind of clinic no more."""
    commands.retire_type(current_actor(), clinic_type_id)
    undo = undo_by("clinics.bring_back", clinic_type_id=clinic_type_id)
    return done("The clinic is retired. What is planned already stays.", _page(clinic_type_id), undo)


@clinics.post("/<uuid:clinic_type_id>/bring-back")
@guarded(EDIT)
def bring_back(clinic_type_id: uuid.UUID) -> ResponseReturnValue:
    """Plan a retired kind of clinic again."""
    commands.bring_back_type(current_actor(), clinic_type_id)
    return done("The clinic can be planned again.", _page(clinic_type_id))


@clinics.route("/<uuid:clinic_type_id>/seats/add", methods=["GET", "POST"])
@guarded(EDIT)
def add_seat(clinic_type_id: uuid.UUID) -> ResponseReturnValue:
    """Add a seat to the team."""
    row, form = get_type_for(current_actor(), clinic_type_id), SeatForm(_competencies())
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.add_seat(current_actor(), clinic_type_id, form.seat)
            return done("The seat is added.", _page(clinic_type_id))
    return asked("rota/clinics/seat.html", form, clinic=row, seat=None)


@clinics.route("/seats/<uuid:seat_id>", methods=["GET", "POST"])
@guarded(EDIT)
def change_seat(seat_id: uuid.UUID) -> ResponseReturnValue:
    """Change a seat of the team."""
    row = get_seat_for(current_actor(), seat_id)
    form = SeatForm(_competencies(), data=SeatForm.answers_of(as_seat(row)))
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.change_seat(current_actor(), seat_id, form.seat)
            return done("The seat is changed.", _page(row.clinic_type_id))
    return asked("rota/clinics/seat.html", form, clinic=row.clinic_type, seat=row)


@clinics.post("/seats/<uuid:seat_id>/remove")
@guarded(EDIT)
def remove_seat(seat_id: uuid.UUID) -> ResponseReturnValue:
    """Take a seat out of the team."""
    row = get_seat_for(current_actor(), seat_id)
    clinic_type_id, seat = row.clinic_type_id, as_seat(row)
    commands.remove_seat(current_actor(), seat_id)
    undo = undo_by("clinics.add_seat", *_fields(seat), clinic_type_id=clinic_type_id)
    return done(f"The seat is removed: {seat.role_group.label}.", _page(clinic_type_id), undo)


def _page(clinic_type_id: uuid.UUID) -> str:
    return url_for("clinics.show", clinic_type_id=clinic_type_id)


def _fields(seat: SeatDesign) -> list[tuple[str, str]]:
    """Give the answers that add this seat again."""
    answers = {name: getattr(seat, name) for name in SEAT}
    given = [(name, str(value)) for name, value in answers.items() if value is not None]
    if seat.room is None:
        # Left out, it would be the usual one.
        given.append(("room", ""))
    return [*given, *(("competencies", code) for code in seat.competencies)]


def _competencies() -> dict[str, str]:
    return {code: competency.label for code, competency in competencies().items()}
