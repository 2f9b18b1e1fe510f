"""The pages on which hosts and their offers are set up."""

import uuid

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded, require
from network.access.rules import Permission
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.fields import refusals_shown_on, row_choices
from network.plumbing.refusals import Invalid
from rota.hosts import commands
from rota.hosts.forms import (
    AddHostForm,
    ApprovalForm,
    ChangeHostForm,
    LimitForm,
    OfferForm,
    SupervisorForm,
)
from rota.hosts.queries import (
    Host,
    OfferRow,
    as_terms,
    as_welcome,
    get_host_for,
    get_offer_for,
    may_change,
    programmes_on_offer,
    sites_to_add,
    supervisors_to_name,
)
from rota.programmes.rules import SupervisorKind

hosts = Blueprint("hosts", __name__, url_prefix="/hosts")

OFFER = Permission.OFFER_PLACEMENTS


@hosts.route("/add", methods=["GET", "POST"])
@guarded(OFFER)
def add() -> ResponseReturnValue:
    """Let a site take learners."""
    actor, form = current_actor(), AddHostForm()
    form.site_id.choices = row_choices(
        ((site.id, site.name) for site in sites_to_add(actor)), "Choose a site"
    )
    if form.validate_on_submit():
        with refusals_shown_on(form):
            made = commands.add_host(actor, form.site_id.data, form.welcome)
            undo = undo_by("hosts.remove", host_id=made)
            return done("The host is added. Add what it offers next.", _host_page(made), undo)
    return asked("rota/hosts/host.html", form, host=None, sites_left=len(form.site_id.choices) > 1)


@hosts.route("/<uuid:host_id>/change", methods=["GET", "POST"])
@guarded(OFFER)
def change(host_id: uuid.UUID) -> ResponseReturnValue:
    """Change who answers for a host and what its learners read."""
    host = _host(host_id)
    form = ChangeHostForm(data={**vars(as_welcome(host)), "row_version": host.row_version})
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.change_host(current_actor(), host_id, form.welcome, form.row_version.data or 0)
            return done("Saved.", _host_page(host_id))
    return asked("rota/hosts/host.html", form, host=host)


@hosts.post("/<uuid:host_id>/remove")
@guarded(OFFER)
def remove(host_id: uuid.UUID) -> ResponseReturnValue:
    """Take back that a site is a host."""
    commands.remove_host(current_actor(), host_id)
    return done("The host is removed.", url_for("host_board.index"))


@hosts.route("/<uuid:host_id>/approve", methods=["GET", "POST"])
@guarded(OFFER)
def add_approval(host_id: uuid.UUID) -> ResponseReturnValue:
    """Keep that a host is approved for a programme."""
    host, form = _host(host_id), ApprovalForm()
    form.programme_id.choices = row_choices(_programmes())
    if form.validate_on_submit():
        with refusals_shown_on(form):
            made = commands.add_approval(current_actor(), host_id, form.approved)
            undo = undo_by("hosts.remove_approval", approval_id=made)
            return done("The approval is kept.", _host_page(host_id), undo)
    return asked("rota/hosts/approval.html", form, host=host)


@hosts.post("/approvals/<uuid:approval_id>/remove")
@guarded(OFFER)
def remove_approval(approval_id: uuid.UUID) -> ResponseReturnValue:
    """Remove an approval that does not hold."""
    return done(
        "The approval is removed.", _host_page(commands.remove_approval(current_actor(), approval_id))
    )


@hosts.route("/<uuid:host_id>/offer", methods=["GET", "POST"])
@guarded(OFFER)
def add_offer(host_id: uuid.UUID) -> ResponseReturnValue:
    """Offer places with a host."""
    host, form = _host(host_id), OfferForm()
    form.offer(_programmes())
    if form.validate_on_submit():
        with refusals_shown_on(form):
            made = commands.add_offer(current_actor(), host_id, form.terms)
            return done("The offer is added. Name its supervisors next.", _offer_page(made))
    return asked("rota/hosts/offer.html", form, host=host, offer=None)


@hosts.route("/offers/<uuid:offer_id>/change", methods=["GET", "POST"])
@guarded(OFFER)
def change_offer(offer_id: uuid.UUID) -> ResponseReturnValue:
    """Change what is offered."""
    offer = _offer(offer_id)
    form = OfferForm(data={**OfferForm.answers_of(as_terms(offer)), "row_version": offer.row_version})
    # A retired programme that the offer is for stays on it.
    form.offer(
        dict(
            [*_programmes(), *((each.programme_id, each.programme.name) for each in offer.programmes)]
        ).items()
    )
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.change_offer(current_actor(), offer_id, form.terms, form.row_version.data or 0)
            return done("Saved. Placements stay as they are.", _offer_page(offer_id))
    return asked("rota/hosts/offer.html", form, host=offer.host, offer=offer)


@hosts.post("/offers/<uuid:offer_id>/bring-back")
@guarded(OFFER)
def bring_back(offer_id: uuid.UUID) -> ResponseReturnValue:
    """Offer places again that were withdrawn."""
    commands.bring_back_offer(current_actor(), offer_id)
    return done("The offer is open again.", _offer_page(offer_id))


@hosts.route("/offers/<uuid:offer_id>/limit", methods=["GET", "POST"])
@guarded(OFFER)
def add_limit(offer_id: uuid.UUID) -> ResponseReturnValue:
    """Offer another number of places for a time."""
    offer, form = _offer(offer_id), LimitForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            made = commands.add_limit(current_actor(), offer_id, form.limit)
            undo = undo_by("hosts.remove_limit", limit_id=made)
            return done("The other number of places is kept.", _offer_page(offer_id), undo)
    return asked("rota/hosts/limit.html", form, offer=offer)


@hosts.post("/limits/<uuid:limit_id>/remove")
@guarded(OFFER)
def remove_limit(limit_id: uuid.UUID) -> ResponseReturnValue:
    """Let the usual numbers of places hold again."""
    return done(
        "The usual number holds again.", _offer_page(commands.remove_limit(current_actor(), limit_id))
    )


@hosts.route("/offers/<uuid:offer_id>/supervisors", methods=["GET", "POST"])
@guarded(OFFER)
def name_supervisor(offer_id: uuid.UUID) -> ResponseReturnValue:
    """Name somebody who supervises the learners of an offer."""
    actor, offer, form = current_actor(), _offer(offer_id), SupervisorForm()
    people = [
        (member.id, f"{member.name}, {member.engagement.role.label}") for member in supervisors_to_name(offer)
    ]
    form.member_id.choices = row_choices(people, "Choose somebody")
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.name_supervisor(actor, offer_id, form.member_id.data, form.kind.data)
            undo = undo_by(
                "hosts.drop_supervisor",
                ("member_id", str(form.member_id.data)),
                ("kind", form.kind.data.value),
                offer_id=offer_id,
            )
            return done("The supervisor is named.", _offer_page(offer_id), undo)
    return asked("rota/hosts/supervisor.html", form, offer=offer, people=people)


@hosts.post("/offers/<uuid:offer_id>/supervisors/drop")
@guarded(OFFER)
def drop_supervisor(offer_id: uuid.UUID) -> ResponseReturnValue:
    """Let somebody supervise the learners of an offer no more."""
    try:
        member_id = uuid.UUID(request.form.get("member_id", ""))
        kind = SupervisorKind(request.form.get("kind", ""))
    except ValueError:
        raise Invalid("We could not read what the browser sent. Look at the offer again.") from None
    commands.drop_supervisor(current_actor(), offer_id, member_id, kind)
    undo = undo_by(
        "hosts.name_supervisor", *(("member_id", str(member_id)), ("kind", kind.value)), offer_id=offer_id
    )
    return done("They supervise here no more.", _offer_page(offer_id), undo)


def _host(host_id: uuid.UUID) -> Host:
    host = get_host_for(current_actor(), host_id)
    require(may_change(current_actor(), host))
    return host


def _offer(offer_id: uuid.UUID) -> OfferRow:
    offer = get_offer_for(current_actor(), offer_id)
    require(may_change(current_actor(), offer.host))
    return offer


def _programmes() -> list[tuple[uuid.UUID, str]]:
    return [(programme.id, programme.name) for programme in programmes_on_offer()]


def _host_page(host_id: uuid.UUID) -> str:
    return url_for("host_board.host", host_id=host_id)


def _offer_page(offer_id: uuid.UUID) -> str:
    return url_for("host_board.offer", offer_id=offer_id)
