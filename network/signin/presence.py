"""Who is here: works out before every page who asks, and in which network."""

from datetime import timedelta

from flask import Flask, current_app, flash, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, logout_user

from network.access.guard import SignInNeeded
from network.access.rules import Actor
from network.accounts.queries import Workplace, workplace_of
from network.accounts.records import Account, SignIn
from network.accounts.rules import TimeLeft, time_left
from network.plumbing.database import db, enter_network, now
from network.plumbing.encryption import keyring
from network.signin.queries import find_sign_in
from network.signin.wording import signed_out_said

TOUCH_EVERY = timedelta(minutes=1)
# Pages that somebody who lacks their second factor still reaches.
ON_THE_WAY = {"security", "static"}


def install_presence(app: Flask) -> None:
    """Know who asks, on every request of an app."""
    app.before_request(know_who_asks)
    app.teardown_request(leave_the_network)
    app.register_error_handler(SignInNeeded, ask_to_sign_in)


def know_who_asks() -> ResponseReturnValue | None:
    """Set `g.actor` and enter their network, or leave both empty."""
    g.actor = g.workplace = g.sign_in = None
    # A thread serves one request after the other.
    enter_network(None)
    if request.endpoint == "static" or not current_user.is_authenticated:
        return None
    account: Account = current_user._get_current_object()
    sign_in = find_sign_in(account, session.get("sign_in"))
    workplace = workplace_of(account, sign_in.network_id if sign_in else None)
    if sign_in is None or what_is_left(sign_in, workplace).seconds == 0:
        leave()
        flash(signed_out_said(was_ended=sign_in is not None and sign_in.ended_at is not None), "warning")
        return None
    if not getattr(current_app.view_functions.get(request.endpoint or ""), "is_unattended", False):
        _touch(sign_in)
    g.sign_in, g.workplace, g.actor = sign_in, workplace, workplace.actor
    enter_network(workplace.actor.network_id)
    if request.blueprint not in ON_THE_WAY and _lacks_second_factor(account, sign_in, workplace):
        flash("Your role needs a second factor. Set it up to go on.", "warning")
        return redirect(url_for("security.two_factor_setup"), 303)
    return None


def _lacks_second_factor(account: Account, sign_in: SignIn, workplace: Workplace) -> bool:
    if account.has_second_factor or (sign_in.provider_factor and workplace.counts_provider_factor):
        return False
    return workplace.needs_second_factor


def leave_the_network(error: BaseException | None) -> None:
    """Work for nobody once a request is over; what failed in the middle of it takes no more questions."""
    if error is not None:
        db.session.rollback()
    enter_network(None)


def leave() -> None:
    """Forget, in this browser, who was signed in."""
    logout_user()
    session.clear()


def ask_to_sign_in(refusal: SignInNeeded) -> ResponseReturnValue:
    """Lead whoever is not signed in to the door, and back afterwards."""
    if "HX-Request" in request.headers:
        return refusal.sentence, 401, {"HX-Refresh": "true"}
    return redirect(url_for("security.login", next=_page_to_come_back_to()), 303)


def _page_to_come_back_to() -> str | None:
    if request.method == "GET":
        return request.full_path.rstrip("?") if request.path != "/" else None
    # What was sent cannot be sent again by a redirect: one comes back to the page that it was written on.
    before = request.referrer or ""
    return f"/{before.removeprefix(request.host_url)}" if before.startswith(request.host_url) else None


def keeper_of(actor: Actor) -> str:
    """Name whoever is signed in for their browser, in a way that says nothing of them."""
    return keyring().blind("keeper", str(actor.account_id))[:32]


def what_is_left(sign_in: SignIn, workplace: Workplace) -> TimeLeft:
    """Say how long a browser stays signed in where nobody does anything any more."""
    idle = workplace.rules.idle_minutes
    return time_left(sign_in.started_at, sign_in.last_seen_at, sign_in.ended_at, idle, now())


def _touch(sign_in: SignIn) -> None:
    if now() - sign_in.last_seen_at > TOUCH_EVERY:
        sign_in.last_seen_at = now()
        db.session.commit()
