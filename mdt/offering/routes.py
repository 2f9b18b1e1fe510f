"""The pages of what a person is offered: from their case, on paper, and who helps them find their way."""

import uuid
from datetime import timedelta

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mdt.cases.commands import note_case_opened, note_case_printed
from mdt.cases.queries import CaseSeen, get_case_for
from mdt.letters.queries import letter_head
from mdt.offering import commands
from mdt.offering.commands import Named
from mdt.offering.forms import AnswerForm, NavigatorForm, OfferForm
from mdt.offering.queries import (
    get_offer_for,
    get_offerable_for,
    is_objected_to,
    may_offer,
    offers_seen,
    services_to_offer,
    ways_for,
)
from mdt.services.forms import FindForm
from mdt.services.queries import languages_spoken, navigator_of, offered_to, services_for
from mdt.services.rules import RUNNING, SELF_MANAGEMENT, OfferState, Way
from mdt.services.wording import HOW, checked_tag, contact_said, referrers_said, state_tag
from mdt.story.queries import banner_for
from mdt.texts.queries import LARGE, name_of
from network.access.guard import current_actor, guarded, require
from network.access.rules import Permission
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.database import today
from network.plumbing.fields import refusals_shown_on

offering = Blueprint("offering", __name__, url_prefix="/cases")

SEE, TELL = Permission.SEE_CASES, Permission.CONTRIBUTE
A_FORTNIGHT = timedelta(days=14)
WAYS = {
    Way.SELF: "They get in touch themselves",
    Way.REFER: "We refer them: somebody has it to do by a day",
    Way.HANDED: "Given to them",
}


@offering.get("/<uuid:case_id>/services")
@guarded(SEE)
def show(case_id: uuid.UUID) -> ResponseReturnValue:
    """Show what the person was offered and took up, and who helps them find their way."""
    actor = current_actor()
    seen = get_case_for(actor, case_id)
    note_case_opened(actor, case_id)
    offers = offers_seen(actor, case_id)
    groups = (
        ("Services", [each for each in offers if each.offer.service.kind not in SELF_MANAGEMENT]),
        ("To look after themselves", [each for each in offers if each.offer.service.kind in SELF_MANAGEMENT]),
    )
    return render_template(
        "mdt/offering/show.html",
        groups=[(title, found) for title, found in groups if found],
        navigator=navigator_of(seen.case.patient_id),
        may_offer=may_offer(actor, seen.case),
        may_tell=actor.may_somewhere(TELL),
        **_of(seen),
    )


@offering.get("/<uuid:case_id>/services/choose")
@guarded(TELL)
def choose(case_id: uuid.UUID) -> ResponseReturnValue:
    """Look for a service to offer."""
    actor = current_actor()
    seen = get_case_for(actor, case_id)
    note_case_opened(actor, case_id)
    form = FindForm(request.args)
    form.offer_languages(languages_spoken(services_for(actor)))
    return render_template(
        "mdt/offering/choose.html",
        form=form,
        found=services_to_offer(actor, case_id, form.wanted),
        may_offer=may_offer(actor, seen.case),
        **_of(seen),
    )


@offering.route("/<uuid:case_id>/services/<uuid:service_id>", methods=["GET", "POST"])
@guarded(TELL)
def offer(case_id: uuid.UUID, service_id: uuid.UUID) -> ResponseReturnValue:
    """Offer a service."""
    actor = current_actor()
    seen, service = get_offerable_for(actor, case_id, service_id)
    form, ways = OfferForm(), ways_for(actor, seen, service)
    form.way.choices = [(way.value, WAYS[way]) for way in ways]
    if not form.is_submitted():
        form.way.data, form.refer_by.data = (ways[0].value if ways else None), today() + A_FORTNIGHT
    elif form.validate():
        with refusals_shown_on(form):
            offer_id = commands.offer_service(
                actor,
                case_id,
                service_id,
                Way(form.way.data),
                hopes=form.hopes.data or "",
                offered_on=form.offered_on.data,
                refer_by=form.refer_by.data,
            )
            undo = undo_by("offering.withdraw", offer_id=offer_id)
            return done(f"{service.name} is noted as offered.", _page_of(case_id), undo)
    shown = {"ways": ways, "is_objected_to": is_objected_to(seen.case.patient_id, service)}
    return asked("mdt/offering/offer.html", form, service=service, Way=Way, **shown, **_of(seen))


@offering.route("/services/offers/<uuid:offer_id>", methods=["GET", "POST"])
@guarded(TELL)
def answer(offer_id: uuid.UUID) -> ResponseReturnValue:
    """Note what the person answered to an offer."""
    actor = current_actor()
    offered = get_offer_for(actor, offer_id)
    seen = get_case_for(actor, offered.offer.case_id)
    form = AnswerForm()
    form.to.choices = [(each.value, each.label) for each in offered.answers]
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.answer_offer(
                actor,
                offer_id,
                OfferState(form.to.data),
                form.on.data,
                form.words.data or "",
                form.helped.data,
            )
            undo = undo_by("offering.take_back", offer_id=offer_id)
            return done("Noted.", _page_of(seen.case.id), undo)
    return asked("mdt/offering/answer.html", form, offered=offered, **_of(seen))


@offering.post("/services/offers/<uuid:offer_id>/take-back")
@guarded(TELL)
def take_back(offer_id: uuid.UUID) -> ResponseReturnValue:
    """Take the last answer back."""
    case_id = commands.take_back_answer(current_actor(), offer_id)
    return done("Taken back.", _page_of(case_id))


@offering.post("/services/offers/<uuid:offer_id>/withdraw")
@guarded(TELL)
def withdraw(offer_id: uuid.UUID) -> ResponseReturnValue:
    """Take back an offer that was noted by mistake."""
    case_id = commands.withdraw_offer(current_actor(), offer_id)
    return done("Taken back: it was not offered.", _page_of(case_id))


@offering.route("/<uuid:case_id>/navigator", methods=["GET", "POST"])
@guarded(TELL)
def navigator(case_id: uuid.UUID) -> ResponseReturnValue:
    """Name who helps the person find their way."""
    actor = current_actor()
    seen = get_case_for(actor, case_id)
    form = NavigatorForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            named = Named(form.name.data, form.organisation.data, form.phone.data)
            commands.name_navigator(actor, case_id, named, form.starts_on.data)
            return done("Kept: who helps them find their way.", _page_of(case_id))
    return asked("mdt/offering/navigator.html", form, before=navigator_of(seen.case.patient_id), **_of(seen))


@offering.post("/<uuid:case_id>/navigator/<uuid:navigator_id>/end")
@guarded(TELL)
def end_navigator(case_id: uuid.UUID, navigator_id: uuid.UUID) -> ResponseReturnValue:
    """Keep that nobody helps the person find their way any more."""
    commands.end_navigator(current_actor(), navigator_id)
    return done("Kept as ended.", _page_of(case_id))


@offering.get("/<uuid:case_id>/services/paper")
@guarded(TELL)
def paper(case_id: uuid.UUID) -> ResponseReturnValue:
    """Show what the person was offered as it goes to them on paper, in the print that they read."""
    actor = current_actor()
    seen = get_case_for(actor, case_id)
    # The sheet is the whole of what the person has: whoever sees less hands out none.
    require(seen.access.standing.is_clinical)
    note_case_printed(actor, case_id)
    patient = seen.access.patient
    return render_template(
        "mdt/offering/paper.html",
        found=[each for each in offered_to(patient.id) if each.state in RUNNING],
        navigator=navigator_of(patient.id),
        head=letter_head(),
        is_large=patient.letter_format in LARGE,
        name=name_of(patient),
        how=HOW,
        **_of(seen),
    )


def _of(seen: CaseSeen) -> dict[str, object]:
    return {
        "case": seen.case,
        "banner": banner_for(seen.access.patient),
        "is_clinical": seen.access.standing.is_clinical,
        "today": today(),
        "checked_tag": checked_tag,
        "contact_said": contact_said,
        "referrers_said": referrers_said,
        "state_tag": state_tag,
    }


def _page_of(case_id: uuid.UUID) -> str:
    return url_for("offering.show", case_id=case_id)
