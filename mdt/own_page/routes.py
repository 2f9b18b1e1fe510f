"""The pages to which the link of a person, or of a carer, leads: no account, no script, nothing else."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypedDict

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mdt.letters.queries import letter_head
from mdt.outcomes.forms import questions_form
from mdt.own_door.queries import DoorSeen, everybody_to_ring, find_door_by, find_open_door
from mdt.own_door.rules import STAYS_OPEN, Part, pass_of, read_pass
from mdt.own_page import commands
from mdt.own_page.commands import DoorGone, Try
from mdt.own_page.forms import CommentForm, EnterForm, WordsForm
from mdt.own_page.queries import get_own_statement, own_page_of, questions_for
from mdt.own_page.wording import headings_for
from mdt.services.wording import HOW
from mdt.story.rules import is_to_be_asked_again
from network.access.rules import Actor
from network.plumbing.answers import asked
from network.plumbing.database import in_network, now, today
from network.plumbing.encryption import keyring
from network.plumbing.fields import refusals_shown_on
from network.plumbing.pages import public
from network.plumbing.rate_limits import by_place, limited
from network.plumbing.refusals import NotFound

own_page = Blueprint("own_page", __name__, url_prefix="/own")

P = ParamSpec("P")
# Whoever comes by a link is told from the link, never from a sign-in that the browser may hold besides.
VISITOR = Actor(name="Whoever holds a person's link")
COOKIE = "own_page"
# Nobody has guessed who has not finished typing.
NO_DATE = "Enter the whole date, such as 27 3 1952."
WRONG = "That does not fit. Check the date, then try again. Or ring us."
LEFT = frozenset({"left", "ended"})
SAID = {
    "written": "Thank you. The team reads this on their next working day.",
    "confirmed": "Thank you. We have kept that this is still true.",
    "corrected": "Thank you. Your new words are kept, and the team is told.",
    "answered": "Thank you for your answers. The team reads them.",
    "changed": "This has changed since you opened the page. Look at what it says now.",
}
TRIES = limited("60 per hour", "own page tries", by_place, methods=("GET", "POST"))
VISITS = limited("300 per hour", "own page", by_place, methods=("GET", "POST"))


class OnlyHere(TypedDict):
    """Where a cookie goes, and where it never does."""

    path: str
    secure: bool
    httponly: bool
    samesite: str


def at_their_door(
    view: Callable[Concatenate[DoorSeen, P], ResponseReturnValue],
) -> Callable[P, ResponseReturnValue]:
    """Hand a page the door that the browser has come in by; anybody else gets the quiet page."""

    @wraps(view)
    def guarded_view(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        named = read_pass(request.cookies.get(COOKIE, ""), now(), keyring().sign)
        if named is None:
            return _quiet()
        network_id, door_id = named
        with in_network(network_id):
            seen = find_open_door(door_id)
            if seen is None:
                return _quiet()
            try:
                answer = make_response(view(seen, *args, **kwargs))
            except DoorGone:
                return _quiet()
            except NotFound:
                # Corrected at another phone, or by whoever coordinates, since this page was drawn.
                return _back("changed")
            return _let_in(answer, seen) if request.method == "GET" else answer

    return guarded_view


@own_page.route("/open/<token>", methods=["GET", "POST"])
@public
@TRIES
def enter(token: str) -> ResponseReturnValue:
    """Ask whoever holds a link to come in: nothing is shown before, since messengers look into links too."""
    named = find_door_by(token)
    if named is None:
        return _quiet()
    network_id, door_id, secret = named
    with in_network(network_id):
        seen, form = find_open_door(door_id, secret), EnterForm()
        if seen is None:
            return _quiet()
        if form.validate_on_submit() and seen.row.asks_birthday and form.born_on is None:
            form.form_errors.append(NO_DATE)
        elif form.is_submitted() and not form.errors:
            tried = _tried(door_id, secret, form)
            if tried is Try.SHUT:
                return _quiet()
            if tried is Try.IN:
                return _let_in(make_response(redirect(url_for("own_page.show"), 303)), seen)
            form.form_errors.append(WRONG)
        return asked("mdt/own_page/enter.html", form, token=token, seen=seen, head=letter_head())


@own_page.get("")
@public
@VISITS
@at_their_door
def show(seen: DoorSeen) -> ResponseReturnValue:
    """Show a person their own page."""
    commands.note_own_page_seen(VISITOR, seen.row.id)
    return _page(seen, CommentForm())


@own_page.post("/write")
@public
@VISITS
@at_their_door
def write(seen: DoorSeen) -> ResponseReturnValue:
    """Take what somebody writes to whoever coordinates."""
    form = CommentForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.write_from_own_page(VISITOR, seen.row.id, form.words.data or "")
            return _back("written")
    return _page(seen, form)


@own_page.post("/words/<uuid:statement_id>/confirm")
@public
@VISITS
@at_their_door
def confirm(seen: DoorSeen, statement_id: uuid.UUID) -> ResponseReturnValue:
    """Keep that the person's words are still true."""
    commands.confirm_own_words(VISITOR, seen.row.id, statement_id)
    return _back("confirmed")


@own_page.route("/words/<uuid:statement_id>", methods=["GET", "POST"])
@public
@VISITS
@at_their_door
def correct(seen: DoorSeen, statement_id: uuid.UUID) -> ResponseReturnValue:
    """Let the person correct their words."""
    statement = get_own_statement(seen, statement_id)
    form = WordsForm(obj=statement)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.correct_own_words(VISITOR, seen.row.id, statement_id, form.words.data or "")
            return _back("corrected")
    return asked("mdt/own_page/correct.html", form, statement=statement, page=own_page_of(seen))


@own_page.route("/questions", methods=["GET", "POST"])
@public
@VISITS
@at_their_door
def answer(seen: DoorSeen) -> ResponseReturnValue:
    """Ask the person the questions that wait for them."""
    waiting = questions_for(seen)
    if not waiting:
        return _back("")
    form = questions_form([each.instrument for each in waiting])
    if form.validate_on_submit():
        with refusals_shown_on(form):
            given = {each.measure.id: form.given(each.instrument) for each in waiting}
            commands.answer_at_own_door(VISITOR, seen.row.id, given)
            return _back("answered")
    shown = {"waiting": [each.instrument for each in waiting], "page": own_page_of(seen)}
    return asked("mdt/own_page/answer.html", form, **shown)


@own_page.post("/leave")
@public
@VISITS
@at_their_door
def leave(seen: DoorSeen) -> ResponseReturnValue:
    """Shut the page on this phone; the link still works."""
    return _quiet("left")


@own_page.post("/end")
@public
@VISITS
@at_their_door
def end(seen: DoorSeen) -> ResponseReturnValue:
    """Turn the link off for whoever has it."""
    commands.leave_for_good(VISITOR, seen.row.id)
    return _quiet("ended")


@own_page.get("/gone")
@public
@VISITS
def gone() -> ResponseReturnValue:
    """Say that there is no page here, and whom one may ring: the same to everybody."""
    why = request.args.get("why", "")
    with in_network(None):
        teams = everybody_to_ring()
    return render_template("mdt/own_page/gone.html", teams=teams, why=why if why in LEFT else "")


def _tried(door_id: uuid.UUID, secret: bytes, form: EnterForm) -> Try:
    try:
        return commands.try_door(VISITOR, door_id, secret, form.born_on)
    except DoorGone:
        return Try.SHUT


def _page(seen: DoorSeen, form: CommentForm) -> ResponseReturnValue:
    page = own_page_of(seen)
    return asked(
        "mdt/own_page/show.html",
        form,
        page=page,
        headings=headings_for(page.is_easy, page.is_carer),
        ask_again=is_to_be_asked_again,
        Part=Part,
        how=HOW,
        said=SAID.get(request.args.get("done", ""), ""),
        today=today(),
    )


def _back(said: str) -> ResponseReturnValue:
    return redirect(url_for("own_page.show", done=said or None), 303)


def _let_in(answer: Response, seen: DoorSeen) -> Response:
    """Give a browser a pass for a while: it opens this one door, and nothing else on the site."""
    until = now() + STAYS_OPEN
    text = pass_of(seen.row.network_id, seen.row.id, until, keyring().sign)
    answer.set_cookie(COOKIE, text, max_age=STAYS_OPEN, **_only_here())
    return answer


def _quiet(why: str = "") -> ResponseReturnValue:
    """Lead everybody alike whose link is old, turned off, or never was one to the same quiet page."""
    answer = redirect(url_for("own_page.gone", why=why or None), 303)
    answer.delete_cookie(COOKIE, **_only_here())
    return answer


def _only_here() -> OnlyHere:
    """Keep the pass to these pages, and from scripts and other sites; what takes it back says the same."""
    is_secure: bool = current_app.config["SESSION_COOKIE_SECURE"]
    return {"path": "/own", "secure": is_secure, "httponly": True, "samesite": "Lax"}
