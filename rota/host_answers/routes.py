"""The pages on which hosts are asked and answer, and the one page to which their links lead."""

import uuid

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded, require
from network.access.rules import Actor, Permission
from network.plumbing.answers import asked, done
from network.plumbing.database import in_network
from network.plumbing.fields import refusals_shown_on
from network.plumbing.mail import address_of
from network.plumbing.pages import public
from network.plumbing.rate_limits import by_place, limited
from network.plumbing.refusals import NotFound
from rota.host_answers import commands, wording
from rota.host_answers.forms import AskForm, DeclineForm
from rota.host_answers.queries import (
    Asked,
    AskingSeen,
    askings_for,
    declined_for,
    find_asking_by,
    get_asking_by_link,
    get_asking_for,
    get_asking_of,
    hosts_to_ask,
    link_token,
    waiting_for,
)
from rota.host_answers.rules import Answer
from rota.rotations.queries import get_version_for

host_answers = Blueprint("host_answers", __name__)

SEE, EDIT, OFFER = Permission.SEE_ROTATIONS, Permission.EDIT_ROTATIONS, Permission.OFFER_PLACEMENTS
HOLDER = Actor(name="Whoever holds a host's link")
# What stands for all placements that wait.
ALL = "all"
# Beyond these, the answers of one screen, older letters are history.
MOST_SHOWN = 60


@host_answers.get("/hosts/answers")
@guarded(SEE)
def index() -> ResponseReturnValue:
    """List what hosts were asked and what they answered."""
    actor = current_actor()
    return render_template(
        "rota/host_answers/index.html",
        askings=askings_for(actor)[:MOST_SHOWN],
        declined=declined_for(actor),
        said=wording,
    )


@host_answers.get("/hosts/answers/<uuid:asking_id>")
@guarded(SEE)
def show(asking_id: uuid.UUID) -> ResponseReturnValue:
    """Show one letter to a host; its link too, for whoever may hand it over."""
    asking = get_asking_for(current_actor(), asking_id)
    link = address_of("host_answers.answer", token=link_token(asking.row)) if asking.may_edit else ""
    return render_template("rota/host_answers/show.html", asking=asking, link=link, said=wording)


@host_answers.route("/hosts/ask/<uuid:version_id>", methods=["GET", "POST"])
@guarded(EDIT)
def ask(version_id: uuid.UUID) -> ResponseReturnValue:
    """Ask hosts for the placements of a version."""
    actor, form = current_actor(), AskForm()
    version, hosts = get_version_for(actor, version_id), hosts_to_ask(actor, version_id)
    form.offer((each.host.id, each.host.site.name) for each in hosts)
    if hosts and form.validate_on_submit():
        with refusals_shown_on(form):
            made = commands.ask_hosts(actor, version_id, form.chosen)
            return done(f"{len(made)} asked.", url_for("host_answers.index"))
    return asked("rota/host_answers/ask.html", form, version=version, hosts=hosts)


@host_answers.post("/hosts/answers/<uuid:asking_id>/remind")
@guarded(EDIT)
def remind(asking_id: uuid.UUID) -> ResponseReturnValue:
    """Send a link again."""
    commands.remind_host(current_actor(), asking_id)
    return done("The link was sent again.", url_for("host_answers.show", asking_id=asking_id))


@host_answers.post("/hosts/answers/<uuid:asking_id>/end")
@guarded(EDIT)
def end(asking_id: uuid.UUID) -> ResponseReturnValue:
    """Make a link worthless."""
    commands.end_link(current_actor(), asking_id)
    return done("The link does not work any more.", url_for("host_answers.show", asking_id=asking_id))


@host_answers.post("/hosts/answers/one/<uuid:answer_id>/accept")
@guarded(OFFER)
def accept(answer_id: uuid.UUID) -> ResponseReturnValue:
    """Accept a placement for a host."""
    asking, _ = get_asking_of(current_actor(), answer_id)
    commands.answer_placement(current_actor(), answer_id, Answer.ACCEPTED)
    return done("The placement is accepted.", url_for("host_answers.show", asking_id=asking.row.id))


@host_answers.route("/hosts/answers/one/<uuid:answer_id>/decline", methods=["GET", "POST"])
@guarded(OFFER)
def decline(answer_id: uuid.UUID) -> ResponseReturnValue:
    """Decline a placement for a host, and say why."""
    (asking, one), form = get_asking_of(current_actor(), answer_id), DeclineForm()
    require(asking.may_answer)
    then = url_for("host_answers.show", asking_id=asking.row.id)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.answer_placement(current_actor(), answer_id, Answer.DECLINED, form.reason.data or "")
            return done("The placement is declined. Whoever plans the rotation is told.", then)
    return asked("rota/host_answers/decline.html", form, asking=asking, one=one, then=then, said=wording)


@host_answers.route("/placements/answer/<token>", methods=["GET", "POST"])
@public
@limited("120 per hour", "host's answer", by_place)
def answer(token: str) -> ResponseReturnValue:
    """Let whoever leads a host answer for its placements, without an account."""
    named = find_asking_by(token)
    if named is None:
        raise commands.LinkGone
    with in_network(named[0]):
        return _answered(token) if request.method == "POST" else _to_answer(token, named[1])


def card(actor: Actor) -> str:
    """Draw the card of the first page: what waits for an answer, and what was declined."""
    if not actor.may_somewhere(SEE):
        return ""
    waiting, declined = waiting_for(actor), declined_for(actor)
    if not waiting and not declined:
        return ""
    return render_template("rota/host_answers/_card.html", waiting=waiting, declined=declined)


def _to_answer(token: str, asking_id: uuid.UUID) -> ResponseReturnValue:
    commands.open_link(HOLDER, token)
    asking = get_asking_by_link(asking_id)
    one = _one(asking, request.args.get("decline", ""))
    return _page(token, asking, one, DeclineForm())


def _answered(token: str) -> ResponseReturnValue:
    named = find_asking_by(token)
    asking = get_asking_by_link(named[1]) if named else None
    wanted, form = request.form.get("placement", ""), DeclineForm()
    one = _one(asking, wanted) if asking else None
    is_accepted = request.form.get("answer") == Answer.ACCEPTED
    if asking is None or (one is None and not (wanted == ALL and is_accepted)):
        raise NotFound
    if is_accepted or form.validate_on_submit():
        with refusals_shown_on(form):
            chosen = Answer.ACCEPTED if is_accepted else Answer.DECLINED
            reason = "" if is_accepted else form.reason.data or ""
            commands.answer_by_link(HOLDER, token, one.id if one else None, chosen, reason)
            said = "Thank you. It is accepted." if is_accepted else "Thank you. It is declined."
            return done(said, url_for("host_answers.answer", token=token))
    return _page(token, asking, one, form)


def _page(token: str, asking: AskingSeen, one: Asked | None, form: DeclineForm) -> ResponseReturnValue:
    return asked("rota/host_answers/answer.html", form, asking=asking, one=one, token=token, said=wording)


def _one(asking: AskingSeen, answer_id: str) -> Asked | None:
    return next((each for each in asking.asked if str(each.id) == answer_id), None)
