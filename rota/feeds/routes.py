"""One's own calendar address, and the feed that calendars read there."""

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, signed_in
from network.invitations.queries import hash_of
from network.plumbing.answers import done
from network.plumbing.mail import address_of
from network.plumbing.pages import public
from network.plumbing.rate_limits import by_place, limited
from network.plumbing.refusals import NotFound
from rota.feeds.commands import end_feed, make_feed
from rota.feeds.queries import find_account_by, find_feed_for, sessions_of, training_of
from rota.feeds.wording import calendar_of

feeds = Blueprint("feeds", __name__, url_prefix="/calendar")


def by_secret() -> str:
    """Count by the address that is read, without keeping it."""
    return hash_of((request.view_args or {})["secret"])


@feeds.get("")
@signed_in
def show() -> ResponseReturnValue:
    """Show whether one has a calendar address; the address itself is shown only when it is made."""
    return render_template("rota/feeds/show.html", feed=find_feed_for(current_actor()), address="")


@feeds.post("/make")
@signed_in
def make() -> ResponseReturnValue:
    """Make a new address and show it, this once."""
    actor = current_actor()
    address = address_of("feeds.read", secret=make_feed(actor))
    # No redirect: the secret must stand neither in an address nor in a session.
    return render_template("rota/feeds/show.html", feed=find_feed_for(actor), address=address)


@feeds.post("/end")
@signed_in
def end() -> ResponseReturnValue:
    """Make one's address worthless."""
    end_feed(current_actor())
    return done("The address does not work any more.", url_for("feeds.show"))


# A calendar service reads the feeds of many people from one place, so there only failures count.
@feeds.get("/<secret>.ics")
@public
@limited("60 per 10 minutes", "calendar misses", by_place, failures_only=True, methods=("GET",))
@limited("60 per hour", "calendar", by_secret, methods=("GET",))
def read(secret: str) -> Response:
    """Give somebody's sessions to their calendar."""
    account = find_account_by(secret)
    if account is None:
        raise NotFound
    stays, half_days = training_of(account)
    pages = address_of("mine.show"), address_of("own_training.show")
    answer = make_response(calendar_of(sessions_of(account), pages[0], stays, half_days, pages[1]))
    answer.headers["Content-Type"] = "text/calendar; charset=utf-8"
    answer.headers["Content-Disposition"] = 'inline; filename="my-rota.ics"'
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
