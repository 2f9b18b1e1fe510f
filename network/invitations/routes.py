"""The pages of inviting, and the one page to which an invitation leads."""

import uuid
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from network.access.guard import current_actor, guarded
from network.access.rules import Actor, Permission
from network.accounts.queries import find_account, people_without_account
from network.invitations import commands, queries
from network.invitations.forms import AcceptForm, InviteForm
from network.organisations.queries import organisations_for
from network.plumbing.answers import asked, done
from network.plumbing.fields import refusals_shown_on, row_choices
from network.plumbing.mail import address_of, mail_is_on
from network.plumbing.pages import public
from network.plumbing.rate_limits import by_place, limited

invitations = Blueprint("invitations", __name__)

NEWCOMER = Actor(name="Someone not signed in")


@invitations.get("/accounts/invitations")
@guarded(Permission.SEE_ACCOUNTS)
def index() -> ResponseReturnValue:
    """List who was invited and what became of it."""
    actor = current_actor()
    return render_template(
        "network/invitations/index.html",
        invitations=queries.invitations_for(actor),
        may_edit=actor.may(Permission.EDIT_ACCOUNTS),
    )


@invitations.route("/accounts/invite", methods=["GET", "POST"])
@guarded(Permission.EDIT_ACCOUNTS)
def invite() -> ResponseReturnValue:
    """Invite somebody."""
    actor, form = current_actor(), InviteForm()
    form.organisation_id.choices = row_choices((each.id, each.name) for each in organisations_for(actor))
    people = [(person.id, person.name) for person in people_without_account(actor)]
    form.person_id.choices = row_choices(people, empty="Nobody on the staff list")
    if form.validate_on_submit():
        with refusals_shown_on(form):
            answers = {name: form[name].data for name in ("email", "role", "organisation_id", "person_id")}
            invited = commands.invite_person(actor, **answers)
            return _invited(form.email.data or "", invited.secret)
    return asked("network/invitations/invite.html", form)


def _invited(email: str, secret: str) -> ResponseReturnValue:
    if mail_is_on():
        return done(f"A letter to {email} is on its way.", url_for("invitations.index"))
    # Without mail somebody has to hand the link over; this is the only time that it is shown.
    link = address_of("invitations.accept", secret=secret)
    return render_template("network/invitations/link.html", email=email, link=link)


@invitations.post("/accounts/invitations/<uuid:invitation_id>/withdraw")
@guarded(Permission.EDIT_ACCOUNTS)
def withdraw(invitation_id: uuid.UUID) -> ResponseReturnValue:
    """Withdraw an invitation."""
    commands.withdraw_invitation(current_actor(), invitation_id)
    return done("The invitation is withdrawn.", url_for("invitations.index"))


@invitations.route("/invitation/<secret>", methods=["GET", "POST"])
@public
@limited("30 per hour", "invitation", by_place)
def accept(secret: str) -> ResponseReturnValue:
    """Let somebody make the account to which they were invited, or add the role to the one they have."""
    invitation = queries.find_open_invitation(secret)
    if invitation is None:
        raise commands.InvitationGone
    owner = find_account(invitation.email)
    if owner is not None:
        return _add_role(secret, invitation, owner.id)
    form = AcceptForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.accept_invitation(NEWCOMER, secret, form.password.data)
            return done("Your account is ready. Sign in with your password.", url_for("security.login"))
    return asked("network/invitations/accept.html", form, invitation=invitation, secret=secret)


def _add_role(secret: str, invitation: Any, owner_id: uuid.UUID) -> ResponseReturnValue:
    if g.actor is None or g.actor.account_id != owner_id:
        flash("You have an account already. Sign in to accept the invitation.", "warning")
        return redirect(url_for("security.login", next=url_for("invitations.accept", secret=secret)), 303)
    form = FlaskForm()
    if form.validate_on_submit():
        network = invitation.network.name
        commands.accept_invitation(g.actor, secret)
        return done(f"You can work in {network} now.", url_for("account.show"))
    return asked("network/invitations/add_role.html", form, invitation=invitation, secret=secret)
