"""The door: signing in and out, the second factor, a forgotten password, and one's own account."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, g, jsonify, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_security import recovery_codes, views
from flask_wtf.csrf import generate_csrf

from network.access.guard import current_actor, signed_in
from network.accounts.commands import sign_out_everywhere
from network.accounts.queries import find_account
from network.plumbing.answers import done
from network.plumbing.pages import public, unattended
from network.plumbing.rate_limits import by_account, by_name, by_name_and_place, by_place, limited
from network.plumbing.refusals import NotFound
from network.signin.commands import NOBODY, end_sign_in, enter_another_network, refuse_sign_in
from network.signin.presence import keeper_of, leave, what_is_left
from network.signin.queries import sign_ins_of
from network.signin.rules import WAYS
from network.signin.security import BEGAN_WITH

View = Callable[..., Any]
Wrap = Callable[[View], View]

door = Blueprint("security", __name__)
account = Blueprint("account", __name__, url_prefix="/account")


# A whole practice may come from one address, so a place may fail more often than a name may try from it.
FAILED_HERE = limited("60 per 10 minutes", "failures", by_place, failures_only=True)
BY_NAME_HERE = limited("10 per 15 minutes", "sign-in here", by_name_and_place)
BY_NAME = limited("50 per 15 minutes", "sign-in", by_name)
BY_ACCOUNT = limited("10 per 15 minutes", "codes", by_account)
CODES = (FAILED_HERE, BY_ACCOUNT)
ASKED_BY_NAME = limited("5 per hour", "reset", by_name)
ASKED_HERE = limited("30 per hour", "reset", by_place)


def sign_in() -> ResponseReturnValue:
    """Let somebody in by email address and password."""
    session.pop(BEGAN_WITH, None)
    answer: ResponseReturnValue = views.login()
    email = request.form.get("email", "")
    has_got_on = current_user.is_authenticated or "tf_state" in session
    if email and not has_got_on and not g.get("turned_away"):
        # Flask-Security tells of none that do not exist, nor of those that are shut.
        known = find_account(email)
        refuse_sign_in(NOBODY, known.id if known else None, "password")
    return answer


def recovery() -> ResponseReturnValue:
    """Make recovery codes, which stand in for a second factor, once there is one."""
    if not current_user.has_second_factor:
        flash("Set up a second factor first: a recovery code stands in for it.", "warning")
        return redirect(url_for("security.two_factor_setup"), 303)
    answer: ResponseReturnValue = recovery_codes.mf_recovery_codes()
    return answer


validate = views.two_factor_setup_validate
PAGES: tuple[tuple[str, str, Wrap, View, tuple[Wrap, ...]], ...] = (
    ("/sign-in", "login", public, sign_in, (FAILED_HERE, BY_NAME, BY_NAME_HERE)),
    ("/sign-in/code", "two_factor_token_validation", public, views.two_factor_token_validation, CODES),
    ("/sign-in/recovery-code", "mf_recovery", public, recovery_codes.mf_recovery, CODES),
    ("/forgotten-password", "forgot_password", public, views.forgot_password, (ASKED_HERE, ASKED_BY_NAME)),
    ("/forgotten-password/<token>", "reset_password", public, views.reset_password, (FAILED_HERE,)),
    # Whoever must have a second factor sets it up while half signed in, so this page looks itself who asks.
    ("/account/second-factor", "two_factor_setup", public, views.two_factor_setup, ()),
    ("/account/second-factor/<token>", "two_factor_setup_validate", signed_in, validate, (BY_ACCOUNT,)),
    ("/account/recovery-codes", "mf_recovery_codes", signed_in, recovery, ()),
    ("/account/password", "change_password", signed_in, views.change_password, (BY_ACCOUNT,)),
    ("/account/confirm", "verify", signed_in, views.verify, (BY_ACCOUNT,)),
)

for path, endpoint, guard, view, limits in PAGES:
    for limit in limits:
        view = limit(view)
    door.add_url_rule(path, endpoint, guard(view), methods=["GET", "POST"])


@door.get("/sign-in/help")
@public
def two_factor_rescue() -> ResponseReturnValue:
    """Say what to do without the authenticator app."""
    return render_template("security/two_factor_rescue.html")


@door.post("/sign-out")
@public
def logout() -> ResponseReturnValue:
    """Sign this browser out."""
    sentence = "You are signed out."
    if g.actor is not None:
        end_sign_in(g.actor, g.sign_in.id)
        if g.sign_in.how.startswith("provider"):
            sentence += " The service that let you in may still know you: close a browser that others use."
    leave()
    flash(sentence, "success")
    return redirect(url_for("security.login"), 303)


@account.get("")
@signed_in
def show() -> ResponseReturnValue:
    """Show somebody their own account."""
    return render_template(
        "network/signin/show.html",
        account=current_user,
        workplace=g.workplace,
        must_have=g.workplace.needs_second_factor,
        sign_ins=sign_ins_of(current_user, g.workplace.rules.idle_minutes),
        here=g.sign_in.id,
        ways=WAYS,
    )


@account.post("/sign-ins/<uuid:sign_in_id>/end")
@signed_in
def end_one(sign_in_id: uuid.UUID) -> ResponseReturnValue:
    """Sign one's own browser out from afar."""
    end_sign_in(current_actor(), sign_in_id)
    return done("That browser is signed out.", url_for("account.show"))


@account.get("/left")
@unattended
@signed_in
def left() -> ResponseReturnValue:
    """Tell a browser how long it stays signed in, and what it needs after a new sign-in beside it."""
    found = what_is_left(g.sign_in, g.workplace)
    return jsonify(
        seconds=found.seconds,
        may_stay=found.may_stay,
        token=generate_csrf(),
        keeper=keeper_of(current_actor()),
    )


@account.post("/stay")
@signed_in
def stay() -> ResponseReturnValue:
    """Take note that somebody is there who types or clicks."""
    return "", 204


@account.post("/sign-out-everywhere")
@signed_in
def leave_everywhere() -> ResponseReturnValue:
    """End all of one's own sign-ins, this one too."""
    actor = current_actor()
    assert actor.account_id is not None
    sign_out_everywhere(actor, actor.account_id)
    leave()
    flash("You are signed out everywhere.", "success")
    return redirect(url_for("security.login"), 303)


@account.post("/network")
@signed_in
def switch_network() -> ResponseReturnValue:
    """Go on in another network."""
    try:
        network_id = uuid.UUID(request.form.get("network", ""))
    except ValueError:
        raise NotFound from None
    enter_another_network(current_actor(), uuid.UUID(session["sign_in"]), network_id)
    return redirect(url_for("today.show"), 303)
