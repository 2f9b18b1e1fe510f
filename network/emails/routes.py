"""The pages of changing one's email address, and the one to which both letters lead."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import FlaskForm

from network.access.guard import current_actor, signed_in
from network.emails import commands, queries
from network.emails.forms import NewEmailForm
from network.emails.rules import End
from network.plumbing.answers import asked, done
from network.plumbing.fields import refusals_shown_on
from network.plumbing.pages import public
from network.plumbing.rate_limits import by_account, by_place, limited
from network.signin.commands import NOBODY
from network.signin.freshness import is_fresh

emails = Blueprint("emails", __name__)

BY_LINK = limited("60 per hour", "email", by_place)


@emails.route("/account/email", methods=["GET", "POST"])
@signed_in
@limited("5 per hour", "new email", by_account)
def change() -> ResponseReturnValue:
    """Ask for a new address, having shown a short while ago who one is."""
    if not is_fresh():
        return redirect(url_for("security.verify", next=url_for("emails.change")), 303)
    actor, form = current_actor(), NewEmailForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.ask_for_new_email(actor, form.email.data or "")
            sentence = "Two letters are on their way: open the link in each of them within 24 hours."
            return done(sentence, url_for("emails.change"))
    waiting = queries.waiting_for(actor.account_id)
    return asked("network/emails/change.html", form, waiting=waiting, email=current_user.email)


@emails.post("/account/email/drop")
@signed_in
def drop() -> ResponseReturnValue:
    """Keep the address that one has."""
    commands.drop_new_email(current_actor())
    return done("Your address stays as it is.", url_for("account.show"))


@emails.route("/email/<secret>", methods=["GET", "POST"])
@public
@BY_LINK
def confirm(secret: str) -> ResponseReturnValue:
    """Confirm a change at the end that the link was sent to."""
    opened, form = queries.find_by_link(secret), FlaskForm()
    if opened is None:
        raise commands.LinkGone
    if form.validate_on_submit():
        if commands.confirm_new_email(NOBODY, secret):
            return done("Your address is changed. Sign in with the new one.", url_for("security.login"))
        return render_template("network/emails/confirmed.html", end=opened.end)
    is_old = opened.end is End.OLD
    return asked(
        "network/emails/confirm.html", form, new_email=opened.change.new_email, is_old=is_old, secret=secret
    )


@emails.post("/email/<secret>/not-me")
@public
@BY_LINK
def refuse(secret: str) -> ResponseReturnValue:
    """Stop a change that one never asked for."""
    commands.refuse_new_email(NOBODY, secret)
    sentence = (
        "Nothing was changed, and your account is signed out everywhere."
        " Somebody was signed in as you: set a new password now."
    )
    return done(sentence, url_for("security.forgot_password"))
