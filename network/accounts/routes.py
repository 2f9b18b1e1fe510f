"""The administrator's pages of accounts: who can sign in, in which roles, and by which rules."""

import uuid

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.accounts import commands, queries
from network.accounts.forms import LastDayForm, RoleForm, SignInRulesForm
from network.organisations.queries import network_of, organisations_for
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.database import today
from network.plumbing.fields import refusals_shown_on, row_choices

accounts = Blueprint("accounts", __name__, url_prefix="/accounts")

SEE, EDIT = Permission.SEE_ACCOUNTS, Permission.EDIT_ACCOUNTS


def page_of(account_id: uuid.UUID) -> str:
    return url_for("accounts.show", account_id=account_id)


@accounts.get("")
@guarded(SEE)
def index() -> ResponseReturnValue:
    """List who can sign in."""
    actor = current_actor()
    return render_template(
        "network/accounts/index.html",
        accounts=queries.accounts_for(actor),
        network_id=network_of(actor),
        day=today(),
        may_edit=actor.may(EDIT),
    )


@accounts.get("/<uuid:account_id>")
@guarded(SEE)
def show(account_id: uuid.UUID) -> ResponseReturnValue:
    """Show an account with the roles it holds and has held."""
    actor = current_actor()
    return render_template(
        "network/accounts/show.html",
        account=queries.get_account_for(actor, account_id),
        network_id=network_of(actor),
        day=today(),
        may_edit=actor.may(EDIT) and account_id != actor.account_id,
    )


@accounts.route("/<uuid:account_id>/roles/give", methods=["GET", "POST"])
@guarded(EDIT)
def give_role(account_id: uuid.UUID) -> ResponseReturnValue:
    """Give a role."""
    actor = current_actor()
    account, form = queries.get_account_for(actor, account_id), RoleForm()
    form.organisation_id.choices = row_choices((each.id, each.name) for each in organisations_for(actor))
    if form.validate_on_submit():
        with refusals_shown_on(form):
            answers = {name: form[name].data for name in ("role", "organisation_id", "starts_on", "ends_on")}
            grant_id = commands.give_role(actor, account_id, **answers)
            undo = undo_by("accounts.take_role_back", grant_id=grant_id)
            return done(f"{form.role.data.label}: given.", page_of(account_id), undo)
    return asked("network/accounts/give_role.html", form, account=account)


@accounts.route("/roles/<uuid:grant_id>/end", methods=["GET", "POST"])
@guarded(EDIT)
def end_role(grant_id: uuid.UUID) -> ResponseReturnValue:
    """End a role after a last day."""
    actor, form = current_actor(), LastDayForm()
    grant = queries.get_grant_for(actor, grant_id)
    account_id = grant.account_id
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.end_role(actor, grant_id, form.last_day.data)
            return done("The role ends.", page_of(account_id))
    return asked("network/accounts/end_role.html", form, grant=grant)


@accounts.post("/roles/<uuid:grant_id>/take-back")
@guarded(EDIT)
def take_role_back(grant_id: uuid.UUID) -> ResponseReturnValue:
    """End a role at once."""
    account_id = queries.get_grant_for(current_actor(), grant_id).account_id
    commands.end_role(current_actor(), grant_id)
    return done("The role has ended.", page_of(account_id))


@accounts.post("/<uuid:account_id>/deactivate")
@guarded(EDIT)
def deactivate(account_id: uuid.UUID) -> ResponseReturnValue:
    """Shut an account."""
    commands.deactivate_account(current_actor(), account_id)
    undo = undo_by("accounts.reactivate", account_id=account_id)
    return done("Nobody can sign in to the account any more.", page_of(account_id), undo)


@accounts.post("/<uuid:account_id>/reactivate")
@guarded(EDIT)
def reactivate(account_id: uuid.UUID) -> ResponseReturnValue:
    """Open a shut account again."""
    commands.reactivate_account(current_actor(), account_id)
    return done("The account is open again.", page_of(account_id))


@accounts.post("/<uuid:account_id>/sign-out")
@guarded(EDIT)
def sign_out(account_id: uuid.UUID) -> ResponseReturnValue:
    """End whatever is signed in with an account."""
    commands.sign_out_everywhere(current_actor(), account_id)
    return done("The account is signed out everywhere.", page_of(account_id))


@accounts.post("/<uuid:account_id>/second-factor/reset")
@guarded(EDIT)
def reset_second_factor(account_id: uuid.UUID) -> ResponseReturnValue:
    """Help somebody who lost their second factor."""
    commands.reset_second_factor(current_actor(), account_id)
    return done("They can sign in with their password and set up a new second factor.", page_of(account_id))


@accounts.route("/rules", methods=["GET", "POST"])
@guarded(EDIT)
def rules() -> ResponseReturnValue:
    """Choose what the network asks of those who sign in."""
    actor = current_actor()
    form = SignInRulesForm(obj=queries.sign_in_rules(network_of(actor)))
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.set_sign_in_rules(
                actor,
                form.idle_minutes.data,
                form.second_factor_for_patient_roles.data,
                form.provider_factor_counts.data,
            )
            return done("Saved.", url_for("accounts.rules"))
    return asked("network/accounts/rules.html", form)
