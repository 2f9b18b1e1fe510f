"""The pages on which links are made, and the one page to which they lead."""

import uuid

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mdt.cases.queries import get_case_for
from mdt.outcome_links import commands, wording
from mdt.outcome_links.forms import LinkForm
from mdt.outcome_links.queries import (
    LinkOpened,
    find_named,
    find_opened,
    get_link_for,
    state_of_link,
    token_for,
)
from mdt.outcome_links.rules import LinkState, reads_large
from mdt.outcomes.forms import questions_form
from mdt.outcomes.queries import may_ask
from mdt.outcomes.routes import as_wave, page_of
from mdt.outcomes.rules import How
from mdt.story.queries import banner_for
from network.access.guard import current_actor, guarded, require
from network.access.rules import Actor, Permission
from network.plumbing.answers import asked, done
from network.plumbing.database import in_network
from network.plumbing.fields import refusals_shown_on
from network.plumbing.mail import address_of
from network.plumbing.pages import public
from network.plumbing.qr import qr_path
from network.plumbing.rate_limits import by_place, limited

outcome_links = Blueprint("outcome_links", __name__)

HOLDER = Actor(name="Whoever holds a link")


@outcome_links.route("/cases/<uuid:case_id>/outcomes/<wave>/link", methods=["GET", "POST"])
@guarded(Permission.CONTRIBUTE)
def make(case_id: uuid.UUID, wave: str) -> ResponseReturnValue:
    """Make a link by which the person answers, or a carer."""
    actor, chosen, form = current_actor(), as_wave(wave), LinkForm()
    seen = get_case_for(actor, case_id)
    require(may_ask(actor, seen))
    if form.validate_on_submit():
        with refusals_shown_on(form):
            link_id = commands.make_link(
                actor,
                case_id,
                chosen,
                form.how.data,
                form.expires_on.data,
                helper=form.helper.data or "",
                is_safe=form.is_safe.data,
            )
            return done("The link is made.", url_for("outcome_links.show", link_id=link_id))
    return asked(
        "mdt/outcome_links/make.html",
        form,
        case=seen.case,
        wave=chosen,
        banner=banner_for(seen.access.patient),
    )


@outcome_links.get("/outcomes/links/<uuid:link_id>")
@guarded(Permission.CONTRIBUTE)
def show(link_id: uuid.UUID) -> ResponseReturnValue:
    """Show a link and its square code, to hand over; who it is for stands on no paper."""
    link = get_link_for(current_actor(), link_id)
    address = address_of("outcome_links.answer", token=token_for(link))
    side, squares = qr_path(address)
    return render_template(
        "mdt/outcome_links/show.html",
        link=link,
        address=address,
        side=side,
        squares=squares,
        state=wording.STATES[state_of_link(link)],
        is_open=state_of_link(link) is LinkState.OPEN,
    )


@outcome_links.post("/outcomes/links/<uuid:link_id>/end")
@guarded(Permission.CONTRIBUTE)
def end(link_id: uuid.UUID) -> ResponseReturnValue:
    """Make a link worthless."""
    case_id = commands.end_link(current_actor(), link_id)
    return done("The link does not work any more.", page_of(case_id))


@outcome_links.route("/how-you-are/<token>", methods=["GET", "POST"])
@public
@limited("60 per hour", "measures", by_place)
def answer(token: str) -> ResponseReturnValue:
    """Let a person, or their carer, answer without an account."""
    named = find_named(token)
    if named is None:
        raise commands.LinkGone
    with in_network(named[0]):
        opened = find_opened(named[1])
        if opened is None:
            raise commands.LinkGone
        return _page(token, opened)


@outcome_links.get("/how-you-are/thank-you")
@public
def thank_you() -> ResponseReturnValue:
    """Thank whoever answered; this page knows of nobody."""
    return render_template("mdt/outcome_links/thank_you.html")


def _page(token: str, opened: LinkOpened) -> ResponseReturnValue:
    form = questions_form([each.instrument for each in opened.asked])
    if request.method == "GET":
        commands.open_link(HOLDER, token)
    elif form.validate():
        with refusals_shown_on(form):
            given = {each.measure.id: form.given(each.instrument) for each in opened.asked}
            commands.answer_by_link(HOLDER, token, given)
            return done("Your answers are sent.", url_for("outcome_links.thank_you"))
    return asked(
        "mdt/outcome_links/answer.html",
        form,
        token=token,
        asked=[each.instrument for each in opened.asked],
        is_for_carer=opened.link.how is How.CARER,
        is_large=reads_large(opened.patient.letter_format),
        asked_by=opened.link.made_by,
    )
