"""Signing in with another service: the way there, the way back, and linking it with one's account."""

import time
import uuid

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import Security
from flask_security.utils import login_user
from flask_wtf import FlaskForm

from network.access.guard import current_actor, signed_in
from network.accounts.queries import workplace_of
from network.accounts.rules import Identity
from network.identities import commands, provider, queries, underway
from network.identities.rules import Purpose, was_shown_just_now
from network.identities.underway import Way
from network.invitations.commands import InvitationGone, accept_invitation
from network.invitations.queries import find_open_invitation
from network.plumbing.answers import asked, done, page_of_ours
from network.plumbing.database import in_network, now
from network.plumbing.pages import public
from network.plumbing.rate_limits import by_place, limited
from network.plumbing.refusals import Refusal
from network.signin.commands import NOBODY, refuse_sign_in
from network.signin.freshness import is_fresh
from network.signin.presence import leave
from network.signin.security import BEGAN_WITH

identities = Blueprint("identities", __name__)

# A whole practice may come from one address, every morning at the same minute.
WAYS = limited("300 per 10 minutes", "provider", by_place, methods=("GET",))


def turned_back(refusal: Refusal) -> ResponseReturnValue:
    """Lead somebody back to where they set out, and say what was in the way."""
    flash(refusal.sentence, "warning")
    where = "account.show" if g.actor is not None else "security.login"
    return redirect(url_for(where), 303)


def go(purpose: Purpose, secret: str = "") -> ResponseReturnValue:
    """Send somebody to the provider."""
    try:
        provider.the_provider()
        next_page = page_of_ours(request.args.get("next", ""), url_for("today.show"))
        underway.set_out(purpose, next_page, secret)
        return provider.send_there(purpose)
    except Refusal as refusal:
        return turned_back(refusal)


@identities.get("/sign-in/with-service")
@public
@WAYS
def begin() -> ResponseReturnValue:
    """Set out to sign in with the other service."""
    return go(Purpose.SIGN_IN)


@identities.get("/account/service/link")
@signed_in
def begin_to_link() -> ResponseReturnValue:
    """Set out to link one's account, having shown a short while ago who one is."""
    if not is_fresh():
        return redirect(url_for("security.verify", next=request.path), 303)
    return go(Purpose.LINK)


@identities.get("/account/service/confirm")
@signed_in
def begin_to_confirm() -> ResponseReturnValue:
    """Set out to show again who one is."""
    return go(Purpose.CONFIRM)


@identities.get("/invitation/<secret>/with-service")
@public
@WAYS
def begin_to_accept(secret: str) -> ResponseReturnValue:
    """Set out to accept an invitation."""
    if find_open_invitation(secret) is None:
        raise InvitationGone
    return go(Purpose.ACCEPT, secret)


@identities.get("/sign-in/back")
@public
@WAYS
def arrive() -> ResponseReturnValue:
    """Take somebody back from the provider, for whatever they were sent there."""
    way = underway.way_back()
    try:
        identity = provider.take_back(has_error="error" in request.args)
        if way is None:
            raise provider.NotBelieved(provider.the_provider().name)
        return ARRIVALS[way.purpose](identity, way)
    except Refusal as refusal:
        if g.actor is None:
            refuse_sign_in(NOBODY, None, "provider")
        return turned_back(refusal)


def _enter(identity: Identity, way: Way) -> ResponseReturnValue:
    linked = queries.find_linked(identity)
    if linked is None or not linked.account.active:
        raise provider.NotLinked(provider.the_provider().name)
    account = linked.account
    workplace = workplace_of(account)
    leave()
    with in_network(workplace.actor.network_id):
        commands.enter_by_identity(workplace.actor, identity)
    g.provider_factor = identity.has_second_factor and workplace.counts_provider_factor
    if not g.provider_factor:
        session[BEGAN_WITH] = "provider"
        security: Security = current_app.extensions["security"]
        asks = security.two_factor_plugins.tf_enter(account, False, "provider", next_loc=way.next_page)
        if asks is not None:
            answer: ResponseReturnValue = asks
            return answer
    login_user(account, authn_via=["provider"])
    # Whom the provider still knew has shown nothing just now: what asks for that asks again.
    session["fs_paa"] = identity.shown_at.timestamp() if identity.shown_at else 0
    return redirect(way.next_page, 303)


def _keep_to_link(identity: Identity, way: Way) -> ResponseReturnValue:
    current_actor()
    underway.keep_shown(identity, way)
    return redirect(url_for("identities.link"), 303)


def _keep_to_accept(identity: Identity, way: Way) -> ResponseReturnValue:
    underway.keep_shown(identity, way)
    return redirect(url_for("identities.accept"), 303)


def _confirm(identity: Identity, way: Way) -> ResponseReturnValue:
    linked = queries.find_linked(identity)
    is_own = linked is not None and linked.account_id == current_actor().account_id
    if not is_own or not was_shown_just_now(identity, now()):
        raise provider.NotBelieved(provider.the_provider().name)
    session["fs_paa"] = time.time()
    return redirect(way.next_page, 303)


ARRIVALS = {
    Purpose.SIGN_IN: _enter,
    Purpose.LINK: _keep_to_link,
    Purpose.ACCEPT: _keep_to_accept,
    Purpose.CONFIRM: _confirm,
}


@identities.route("/account/service", methods=["GET", "POST"])
@signed_in
def link() -> ResponseReturnValue:
    """Ask whether the identity that was shown is to open one's account, and link it."""
    form, waiting = FlaskForm(), underway.shown(Purpose.LINK)
    if waiting is None or not is_fresh():
        return turned_back(provider.TooLate())
    if form.validate_on_submit():
        underway.forget_shown()
        try:
            commands.link_identity(current_actor(), waiting[0])
        except Refusal as refusal:
            return turned_back(refusal)
        return done(f"You can sign in with {provider.the_provider().name} now.", url_for("account.show"))
    return asked("network/identities/link.html", form)


@identities.route("/invitation-with-service", methods=["GET", "POST"])
@public
def accept() -> ResponseReturnValue:
    """Ask whether the identity that was shown is to open the new account, and make it."""
    form, waiting = FlaskForm(), underway.shown(Purpose.ACCEPT)
    invitation = find_open_invitation(waiting[1].secret) if waiting else None
    if waiting is None or invitation is None:
        return turned_back(provider.TooLate())
    if form.validate_on_submit():
        underway.forget_shown()
        try:
            accept_invitation(NOBODY, waiting[1].secret, identity=waiting[0])
        except Refusal as refusal:
            return turned_back(refusal)
        name = provider.the_provider().name
        return done(f"Your account is ready. Sign in with {name}.", url_for("security.login"))
    return asked("network/identities/accept.html", form, invitation=invitation)


@identities.route("/account/service/<uuid:identity_id>/unlink", methods=["GET", "POST"])
@signed_in
def unlink(identity_id: uuid.UUID) -> ResponseReturnValue:
    """Take an identity off one's account."""
    actor, form = current_actor(), FlaskForm()
    linked = queries.get_own_identity(actor.account_id, identity_id)
    if form.validate_on_submit():
        commands.unlink_identity(actor, identity_id)
        return done("It does not open your account any more.", url_for("account.show"))
    has_password = bool(linked.account.password)
    return render_template(
        "network/identities/unlink.html", form=form, linked=linked, has_password=has_password
    )
