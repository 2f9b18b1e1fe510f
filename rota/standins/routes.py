"""Covering an absence: the gaps at once, three repairs, one click to send."""

import uuid
from collections.abc import Sequence

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.answers import done
from network.plumbing.refusals import Invalid
from rota.clinic_seats.wording import level_tag
from rota.repairs.commands import accept_uncovered, begin_cover, report_ill
from rota.repairs.queries import Case, case_for
from rota.repairs.rules import Wanted
from rota.repairs.wording import cover_tag, reported_said, sent_said
from rota.standins.commands import send_repair
from rota.standins.queries import Offer, offers_for, supervises

standins = Blueprint("standins", __name__, url_prefix="/rota/cover")


@standins.post("/ill/<uuid:member_id>")
@guarded(Permission.APPROVE_LEAVE)
def ill(member_id: uuid.UUID) -> ResponseReturnValue:
    """Report somebody ill for some days from today; whoever publishes looks at the gaps next."""
    actor = current_actor()
    absence_id = report_ill(actor, member_id, request.form.get("days", 1, type=int))
    covers = actor.may(Permission.PUBLISH_ROTA)
    page = url_for("standins.show", absence_id=absence_id) if covers else url_for("board.show")
    return done(reported_said(covers), page)


@standins.get("/<uuid:absence_id>")
@guarded(Permission.PUBLISH_ROTA)
def show(absence_id: uuid.UUID) -> ResponseReturnValue:
    """Show what stands open; the repairs follow as soon as they are found, or at once where asked for."""
    actor = current_actor()
    if "repairs" in request.args:
        return _page(*offers_for(actor, absence_id))
    return _page(case_for(actor, absence_id))


@standins.get("/<uuid:absence_id>/repairs")
@guarded(Permission.PUBLISH_ROTA)
def repairs(absence_id: uuid.UUID) -> ResponseReturnValue:
    """Find three repairs, as the part of the page that shows them."""
    case, offers = offers_for(current_actor(), absence_id)
    return render_template("rota/standins/_offers.html", case=case, offers=offers, level_of=level_tag)


@standins.post("/<uuid:absence_id>/begin")
@guarded(Permission.PUBLISH_ROTA)
def begin(absence_id: uuid.UUID) -> ResponseReturnValue:
    """Take an absence on, so that nobody else looks for the same cover."""
    begin_cover(current_actor(), absence_id)
    return done("You look after this. Choose a repair.", url_for("standins.show", absence_id=absence_id))


@standins.post("/<uuid:absence_id>/send")
@guarded(Permission.PUBLISH_ROTA)
def send(absence_id: uuid.UUID) -> ResponseReturnValue:
    """Publish the repair that was chosen."""
    try:
        wanted = [Wanted.of_text(each) for each in request.form.getlist("change")]
    except ValueError:
        raise Invalid("We could not read what the browser sent. Look at the repairs again.") from None
    told = send_repair(current_actor(), absence_id, wanted, request.form.get("seen", ""))
    return done(sent_said(told), url_for("board.show"))


@standins.post("/<uuid:absence_id>/accept")
@guarded(Permission.PUBLISH_ROTA)
def accept(absence_id: uuid.UUID) -> ResponseReturnValue:
    """Leave the gaps as they are."""
    try:
        accept_uncovered(current_actor(), absence_id, request.form.get("reason", ""))
    except Invalid as refusal:
        return _page(case_for(current_actor(), absence_id), wrong=refusal.sentence), refusal.status
    return done("It stays uncovered, and the board says why.", url_for("board.show"))


def _page(case: Case, offers: Sequence[Offer] | None = None, wrong: str = "") -> str:
    given = request.form.get("reason", "")
    return render_template(
        "rota/standins/show.html",
        case=case,
        offers=offers,
        wrong=wrong,
        given=given,
        supervises=supervises(current_actor(), case),
        tag_of=cover_tag,
        level_of=level_tag,
    )
