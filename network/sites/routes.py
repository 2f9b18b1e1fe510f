"""The pages of the registry: sites, hours, rooms and equipment."""

import uuid

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.organisations.queries import (
    get_equipment_for,
    get_organisation_for,
    get_room_for,
    get_site_for,
)
from network.organisations.routes import page_of
from network.organisations.rules import WEEK_COLUMNS, WeeklySession
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.fields import refusals_shown_on, row_choices
from network.sites import commands
from network.sites.forms import EquipmentForm, RoomForm, SiteForm, WeekForm

sites = Blueprint("sites", __name__, url_prefix="/network")

EDIT = Permission.EDIT_ORGANISATIONS


@sites.route("/organisations/<uuid:organisation_id>/sites/add", methods=["GET", "POST"])
@guarded(EDIT)
def add(organisation_id: uuid.UUID) -> ResponseReturnValue:
    """Add a building of an organisation."""
    organisation = get_organisation_for(current_actor(), organisation_id)
    form = SiteForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            site = commands.add_site(current_actor(), organisation_id, **form.answers)
            hours = url_for("sites.set_hours", site_id=site)
            return done(f"{form.name.data} is added. Enter its opening hours next.", hours)
    return asked("network/sites/add.html", form, organisation=organisation)


@sites.route("/sites/<uuid:site_id>/change", methods=["GET", "POST"])
@guarded(EDIT)
def change(site_id: uuid.UUID) -> ResponseReturnValue:
    """Correct what is said of a site."""
    site = get_site_for(current_actor(), site_id)
    form = SiteForm(obj=site)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.change_site(current_actor(), site_id, **form.answers)
            return done("Saved.", page_of(site.organisation_id))
    return asked("network/sites/change.html", form, site=site)


@sites.route("/sites/<uuid:site_id>/hours", methods=["GET", "POST"])
@guarded(EDIT)
def set_hours(site_id: uuid.UUID) -> ResponseReturnValue:
    """Set the weekly sessions in which a site is open."""
    site = get_site_for(current_actor(), site_id)
    form, is_copying = WeekForm(), "copy_monday" in request.form
    if not form.is_submitted():
        form.fill({WeeklySession(o.weekday, o.kind): (o.starts_at, o.ends_at) for o in site.openings})
    elif is_copying:
        form.copy_monday()
    elif form.validate():
        with refusals_shown_on(form):
            commands.set_opening_hours(current_actor(), site_id, form.hours)
            return done("The opening hours are saved.", page_of(site.organisation_id))
    page, status = asked("network/sites/set_hours.html", form, site=site, columns=WEEK_COLUMNS)
    return page, 200 if is_copying else status


@sites.route("/sites/<uuid:site_id>/rooms/add", methods=["GET", "POST"])
@guarded(EDIT)
def add_room(site_id: uuid.UUID) -> ResponseReturnValue:
    """Add a room to a site."""
    site = get_site_for(current_actor(), site_id)
    form = RoomForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.add_room(current_actor(), site_id, **form.answers)
            return done(f"{form.name.data} is added.", page_of(site.organisation_id))
    return asked("network/sites/add_room.html", form, site=site)


@sites.route("/rooms/<uuid:room_id>/change", methods=["GET", "POST"])
@guarded(EDIT)
def change_room(room_id: uuid.UUID) -> ResponseReturnValue:
    """Correct what is said of a room."""
    room = get_room_for(current_actor(), room_id)
    form = RoomForm(obj=room)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.change_room(current_actor(), room_id, **form.answers)
            return done("Saved.", page_of(room.site.organisation_id))
    return asked("network/sites/change_room.html", form, room=room)


@sites.post("/rooms/<uuid:room_id>/remove")
@guarded(EDIT)
def remove_room(room_id: uuid.UUID) -> ResponseReturnValue:
    """Take a room out of use."""
    room = get_room_for(current_actor(), room_id)
    again = [
        ("name", room.name),
        ("kind", room.kind.value),
        *(("attributes", one) for one in room.attributes),
    ]
    bookable = [("bookable", "y")] if room.bookable else []
    undo = undo_by("sites.add_room", *again, *bookable, site_id=room.site_id)
    then, said = page_of(room.site.organisation_id), f"{room.name} is removed."
    commands.remove_room(current_actor(), room_id)
    return done(said, then, undo)


@sites.route("/organisations/<uuid:organisation_id>/equipment/add", methods=["GET", "POST"])
@guarded(EDIT)
def add_equipment(organisation_id: uuid.UUID) -> ResponseReturnValue:
    """Add equipment of an organisation."""
    organisation = get_organisation_for(current_actor(), organisation_id)
    form = EquipmentForm()
    places = ((site.id, site.name) for site in organisation.sites)
    form.site_id.choices = row_choices(places, empty="Mobile: it goes from site to site")
    if form.validate_on_submit():
        with refusals_shown_on(form):
            answers = {"kind": form.kind.data, "number": form.number.data, "site_id": form.site_id.data}
            commands.add_equipment(current_actor(), organisation_id, **answers)
            return done(f"{form.kind.data.label} is added.", page_of(organisation_id))
    return asked("network/sites/add_equipment.html", form, organisation=organisation)


@sites.post("/equipment/<uuid:equipment_id>/remove")
@guarded(EDIT)
def remove_equipment(equipment_id: uuid.UUID) -> ResponseReturnValue:
    """Take equipment off the list."""
    equipment = get_equipment_for(current_actor(), equipment_id)
    owner, said = equipment.organisation_id, f"{equipment.kind.label} is removed."
    again = [("kind", equipment.kind.value), ("number", str(equipment.number))]
    undo = undo_by(
        "sites.add_equipment",
        *again,
        ("site_id", str(equipment.site_id or "")),
        organisation_id=owner,
    )
    commands.remove_equipment(current_actor(), equipment_id)
    return done(said, page_of(owner), undo)
