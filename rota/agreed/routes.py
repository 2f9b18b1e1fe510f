"""The pages on what was agreed with somebody."""

import uuid

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded, require
from network.access.rules import Permission
from network.plumbing.answers import asked, done
from network.plumbing.fields import refusals_shown_on, row_choices
from rota.agreed import commands, queries
from rota.agreed.forms import AgreedForm, PairingForm
from rota.staff.queries import Member, get_member_to_change

agreed = Blueprint("agreed", __name__, url_prefix="/staff/<uuid:member_id>/agreed")

EDIT = Permission.EDIT_STAFF


@agreed.route("", methods=["GET", "POST"])
@guarded(EDIT)
def change(member_id: uuid.UUID) -> ResponseReturnValue:
    """Show what was agreed with somebody, and change their numbers."""
    member = _member_to_edit(member_id)
    form = AgreedForm(data=vars(queries.agreement_with(member)))
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.agree_on_work(current_actor(), member_id, form.agreed)
            return done("Saved.", url_for("staff.show", member_id=member_id))
    return asked("rota/agreed/change.html", form, member=member, pairings=queries.pairings_of(member))


@agreed.route("/pair", methods=["GET", "POST"])
@guarded(EDIT)
def pair(member_id: uuid.UUID) -> ResponseReturnValue:
    """Say what holds between somebody and another."""
    member, form = _member_to_edit(member_id), PairingForm()
    people = queries.others_for(current_actor(), member)
    form.other_id.choices = row_choices(people, "Choose a person")
    form.third_id.choices = form.fourth_id.choices = row_choices(people, "Nobody else")
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.pair_people(
                current_actor(),
                member_id,
                form.other_id.data,
                form.kind.data,
                days=form.days.data,
                is_firm=form.is_firm.data,
                why=form.why.data or "",
                others=form.others,
            )
            return done("Saved.", url_for("agreed.change", member_id=member_id))
    return asked("rota/agreed/pair.html", form, member=member)


@agreed.post("/pairings/<uuid:pairing_id>/end")
@guarded(EDIT)
def end(member_id: uuid.UUID, pairing_id: uuid.UUID) -> ResponseReturnValue:
    """Let a pairing hold no longer."""
    commands.end_pairing(current_actor(), pairing_id)
    return done("The pairing is ended.", url_for("agreed.change", member_id=member_id))


def _member_to_edit(member_id: uuid.UUID) -> Member:
    member = get_member_to_change(current_actor(), member_id)
    require(current_actor().may(EDIT, organisation_id=member.engagement.employer_id))
    return member
