"""The pages of the registry: organisations and their belonging to a network."""

import uuid

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.organisations import commands, queries
from network.organisations.forms import JoinForm, LeaveForm, NewOrganisationForm, OrganisationForm
from network.organisations.rules import WEEK_COLUMNS
from network.organisations.wording import offers, week_of
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.fields import refusals_shown_on

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
