"""The pages of the registry: organisations, sites, hours, rooms and equipment."""

import uuid

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.organisations import commands, queries
from network.organisations.forms import (
    EquipmentForm,
    JoinForm,
    LeaveForm,
    NewOrganisationForm,
    OrganisationForm,
    RoomForm,
    SiteForm,
    WeekForm,
)
from network.organisations.rules import WEEK_COLUMNS, WeeklySession
from network.organisations.wording import offers, week_of
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.fields import refusals_shown_on, row_choices

organisations = Blueprint("organisations", __name__, url_prefix="/network")

EDIT = Permission.EDIT_ORGANISATIONS

organisations.add_app_template_filter(offers, "room_offers")


def page_of(organisation_id: uuid.UUID) -> str:
    return url_for("organisations.show", organisation_id=organisation_id)


@organisations.get("")
@guarded(Permission.SEE_ORGANISATIONS)
def index() -> ResponseReturnValue:
    """List who belongs to the network."""
    actor = current_actor()
    return render_template(
        "network/organisations/index.html",
        network=queries.get_network_for(actor),
        memberships=queries.memberships_for(actor),
        former=queries.former_memberships_for(actor),
        may_edit=actor.may(EDIT),
        sees_people=actor.may_somewhere(Permission.SEE_STAFF),
    )


@organisations.get("/organisations/<uuid:organisation_id>")
@guarded(Permission.SEE_ORGANISATIONS)
def show(organisation_id: uuid.UUID) -> ResponseReturnValue:
    """Show an organisation with its sites, rooms and equipment."""
    actor = current_actor()
    organisation = queries.get_organisation_for(actor, organisation_id)
    may_decide = actor.may(EDIT, organisation_id=organisation.id)
    return render_template(
        "network/organisations/show.html",
        organisation=organisation,
        membership=queries.find_membership_for(actor, organisation.id),
        equipment=queries.equipment_of(organisation),
        weeks={site.id: week_of(site.openings) for site in organisation.sites},
        columns=WEEK_COLUMNS,
        may_decide=may_decide,
        may_edit=may_decide and not queries.has_left(actor, organisation.id),
    )


@organisations.route("/organisations/add", methods=["GET", "POST"])
@guarded(EDIT)
def add() -> ResponseReturnValue:
    """Add an organisation that no network knows yet."""
    form = NewOrganisationForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            added = commands.add_organisation(current_actor(), **form.answers)
            return done(f"{form.name.data} is a member of the network. Add its sites next.", page_of(added))
    return asked("network/organisations/add.html", form)


@organisations.route("/organisations/join", methods=["GET", "POST"])
@guarded(EDIT)
def join() -> ResponseReturnValue:
    """Let an organisation of another network join this one too."""
    form = JoinForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            answers = {"ods_code": form.ods_code.data, "joined_on": form.joined_on.data}
            joined = commands.join_network(current_actor(), **answers)
            return done("The organisation is a member of the network.", page_of(joined))
    return asked("network/organisations/join.html", form)


@organisations.route("/organisations/<uuid:organisation_id>/change", methods=["GET", "POST"])
@guarded(EDIT)
def change(organisation_id: uuid.UUID) -> ResponseReturnValue:
    """Correct what is said of an organisation."""
    organisation = queries.get_organisation_for(current_actor(), organisation_id)
    form = OrganisationForm(obj=organisation)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.change_organisation(current_actor(), organisation.id, **form.answers)
            return done("Saved.", page_of(organisation_id))
    return asked("network/organisations/change.html", form, organisation=organisation)


@organisations.route("/organisations/<uuid:organisation_id>/leave", methods=["GET", "POST"])
@guarded(EDIT)
def leave(organisation_id: uuid.UUID) -> ResponseReturnValue:
    """End an organisation's membership."""
    organisation = queries.get_organisation_for(current_actor(), organisation_id)
    form, name = LeaveForm(), organisation.name
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.leave_network(current_actor(), organisation_id, left_on=form.left_on.data)
            undo = undo_by("organisations.stay", organisation_id=organisation_id)
            return done(f"{name} leaves the network.", page_of(organisation_id), undo)
    return asked("network/organisations/leave.html", form, organisation=organisation)


@organisations.post("/organisations/<uuid:organisation_id>/stay")
@guarded(EDIT)
def stay(organisation_id: uuid.UUID) -> ResponseReturnValue:
    """Take back that an organisation leaves."""
    commands.stay_in_network(current_actor(), organisation_id)
    return done("The organisation stays in the network.", page_of(organisation_id))


@organisations.route("/organisations/<uuid:organisation_id>/sites/add", methods=["GET", "POST"])
@guarded(EDIT)
def add_site(organisation_id: uuid.UUID) -> ResponseReturnValue:
    """Add a building of an organisation."""
    organisation = queries.get_organisation_for(current_actor(), organisation_id)
    form = SiteForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            site = commands.add_site(current_actor(), organisation_id, **form.answers)
            hours = url_for("organisations.set_hours", site_id=site)
            return done(f"{form.name.data} is added. Enter its opening hours next.", hours)
    return asked("network/organisations/add_site.html", form, organisation=organisation)


@organisations.route("/sites/<uuid:site_id>/change", methods=["GET", "POST"])
@guarded(EDIT)
def change_site(site_id: uuid.UUID) -> ResponseReturnValue:
    """Correct what is said of a site."""
    site = queries.get_site_for(current_actor(), site_id)
    form = SiteForm(obj=site)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.change_site(current_actor(), site_id, **form.answers)
            return done("Saved.", page_of(site.organisation_id))
    return asked("network/organisations/change_site.html", form, site=site)


@organisations.route("/sites/<uuid:site_id>/hours", methods=["GET", "POST"])
@guarded(EDIT)
def set_hours(site_id: uuid.UUID) -> ResponseReturnValue:
    """Set the weekly sessions in which a site is open."""
    site = queries.get_site_for(current_actor(), site_id)
    form, is_copying = WeekForm(), "copy_monday" in request.form
    if not form.is_submitted():
        form.fill({WeeklySession(o.weekday, o.kind): (o.starts_at, o.ends_at) for o in site.openings})
    elif is_copying:
        form.copy_monday()
    elif form.validate():
        with refusals_shown_on(form):
            commands.set_opening_hours(current_actor(), site_id, form.hours)
            return done("The opening hours are saved.", page_of(site.organisation_id))
    page, status = asked("network/organisations/set_hours.html", form, site=site, columns=WEEK_COLUMNS)
    return page, 200 if is_copying else status


@organisations.route("/sites/<uuid:site_id>/rooms/add", methods=["GET", "POST"])
@guarded(EDIT)
def add_room(site_id: uuid.UUID) -> ResponseReturnValue:
    """Add a room to a site."""
    site = queries.get_site_for(current_actor(), site_id)
    form = RoomForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.add_room(current_actor(), site_id, **form.answers)
            return done(f"{form.name.data} is added.", page_of(site.organisation_id))
    return asked("network/organisations/add_room.html", form, site=site)


@organisations.route("/rooms/<uuid:room_id>/change", methods=["GET", "POST"])
@guarded(EDIT)
def change_room(room_id: uuid.UUID) -> ResponseReturnValue:
    """Correct what is said of a room."""
    room = queries.get_room_for(current_actor(), room_id)
    form = RoomForm(obj=room)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.change_room(current_actor(), room_id, **form.answers)
            return done("Saved.", page_of(room.site.organisation_id))
    return asked("network/organisations/change_room.html", form, room=room)


@organisations.post("/rooms/<uuid:room_id>/remove")
@guarded(EDIT)
def remove_room(room_id: uuid.UUID) -> ResponseReturnValue:
    """Take a room out of use."""
    room = queries.get_room_for(current_actor(), room_id)
    again = [
        ("name", room.name),
        ("kind", room.kind.value),
        *(("attributes", one) for one in room.attributes),
    ]
    bookable = [("bookable", "y")] if room.bookable else []
    undo = undo_by("organisations.add_room", *again, *bookable, site_id=room.site_id)
    then, said = page_of(room.site.organisation_id), f"{room.name} is removed."
    commands.remove_room(current_actor(), room_id)
    return done(said, then, undo)


@organisations.route("/organisations/<uuid:organisation_id>/equipment/add", methods=["GET", "POST"])
@guarded(EDIT)
def add_equipment(organisation_id: uuid.UUID) -> ResponseReturnValue:
    """Add equipment of an organisation."""
    organisation = queries.get_organisation_for(current_actor(), organisation_id)
    form = EquipmentForm()
    sites = ((site.id, site.name) for site in organisation.sites)
    form.site_id.choices = row_choices(sites, empty="Mobile: it goes from site to site")
    if form.validate_on_submit():
        with refusals_shown_on(form):
            answers = {"kind": form.kind.data, "number": form.number.data, "site_id": form.site_id.data}
            commands.add_equipment(current_actor(), organisation_id, **answers)
            return done(f"{form.kind.data.label} is added.", page_of(organisation_id))
    return asked("network/organisations/add_equipment.html", form, organisation=organisation)


@organisations.post("/equipment/<uuid:equipment_id>/remove")
@guarded(EDIT)
def remove_equipment(equipment_id: uuid.UUID) -> ResponseReturnValue:
    """Take equipment off the list."""
    equipment = queries.get_equipment_for(current_actor(), equipment_id)
    owner, said = equipment.organisation_id, f"{equipment.kind.label} is removed."
    again = [("kind", equipment.kind.value), ("number", str(equipment.number))]
    undo = undo_by(
        "organisations.add_equipment",
        *again,
        ("site_id", str(equipment.site_id or "")),
        organisation_id=owner,
    )
    commands.remove_equipment(current_actor(), equipment_id)
    return done(said, page_of(owner), undo)
