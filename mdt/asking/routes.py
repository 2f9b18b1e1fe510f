"""Asking about a case: disciplines by a tick, one organisation, or one person as a guest."""

import uuid

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from mdt.agreements.queries import uncovered_by_agreements
from mdt.asking import commands
from mdt.asking.forms import AskForm, AskOneForm
from mdt.asking.queries import organisations_asked
from mdt.cases.commands import note_case_opened
from mdt.cases.queries import CaseSeen, get_case_for
from mdt.contributions.queries import get_contribution_for, tiles_for
from mdt.contributions.wording import state_tag
from mdt.respondents.queries import Respondent, respondents_for
from mdt.sharing.queries import objections_told
from mdt.story.queries import banner_for
from network.access.guard import current_actor, guarded, require
from network.access.rules import Actor, Permission
from network.organisations.queries import organisations_for
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.fields import refusals_shown_on, row_choices
from network.plumbing.refusals import Invalid

asking = Blueprint("asking", __name__, url_prefix="/asking")

ASK = Permission.CONTRIBUTE


@asking.route("/<uuid:case_id>", methods=["GET", "POST"])
@guarded(ASK)
def show(case_id: uuid.UUID) -> ResponseReturnValue:
    """Show who was asked about a case, and ask more disciplines."""
    actor = current_actor()
    seen = _case_to_ask_about(actor, case_id)
    tiles = tiles_for(actor, case_id)
    form = AskForm()
    form.offer({each.discipline for each in tiles if each.is_open})
    if not form.is_submitted():
        note_case_opened(actor, case_id)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            answer = commands.ask_disciplines(actor, case_id, form.disciplines.data or (), form.due_on.data)
            if answer.asked:
                left = [f"Not asked: {each}" for each in answer.not_asked]
                return done(" ".join([f"Asked: {'; '.join(answer.asked)}.", *left]), _page_of(case_id))
            form.form_errors += answer.not_asked or ("Tick at least one discipline.",)
    return asked("mdt/asking/show.html", form, tiles=tiles, **_shown(actor, seen))


@asking.route("/<uuid:case_id>/one", methods=["GET", "POST"])
@guarded(ASK)
def one(case_id: uuid.UUID) -> ResponseReturnValue:
    """Ask one organisation, or one person as a guest of this case."""
    actor = current_actor()
    seen = _case_to_ask_about(actor, case_id)
    respondents = respondents_for(actor)
    form = _with_choices(AskOneForm(), actor, respondents)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            guest = next((each for each in respondents if _guest_id(each) == form.guest.data), None)
            organisation_id = guest.organisation_id if guest else form.organisation_id.data
            if organisation_id is None:
                raise Invalid("Choose an organisation or a guest.")
            contribution_id = commands.ask_for_contribution(
                actor,
                case_id,
                form.discipline.data,
                organisation_id,
                guest.account_id if guest else None,
                form.due_on.data,
            )
            undo = undo_by("asking.take_back", contribution_id=contribution_id)
            return done("Asked.", _page_of(case_id), undo)
    return asked("mdt/asking/one.html", form, case=seen.case, banner=banner_for(seen.access.patient))


@asking.post("/requests/<uuid:contribution_id>/take-back")
@guarded(ASK)
def take_back(contribution_id: uuid.UUID) -> ResponseReturnValue:
    """Take a request back."""
    case_id = commands.take_back_request(current_actor(), contribution_id)
    undo = undo_by("asking.still", contribution_id=contribution_id)
    return done("Taken back. Say so to those who have seen it.", _page_of(case_id), undo)


@asking.post("/requests/<uuid:contribution_id>/still")
@guarded(ASK)
def still(contribution_id: uuid.UUID) -> ResponseReturnValue:
    """Ask after all what was taken back."""
    return done("Asked after all.", _page_of(commands.ask_still(current_actor(), contribution_id)))


@asking.post("/requests/<uuid:contribution_id>/remind")
@guarded(ASK)
def remind(contribution_id: uuid.UUID) -> ResponseReturnValue:
    """Write again to those who have not answered."""
    case_id = get_contribution_for(current_actor(), contribution_id).seen.case.id
    letters = commands.remind(current_actor(), contribution_id)
    return done(
        f"Reminded: {letters} {'letter goes' if letters == 1 else 'letters go'} out.", _page_of(case_id)
    )


def _case_to_ask_about(actor: Actor, case_id: uuid.UUID) -> CaseSeen:
    seen = get_case_for(actor, case_id)
    require(commands.may_ask(actor))
    return seen


def _shown(actor: Actor, seen: CaseSeen) -> dict[str, object]:
    return {
        "case": seen.case,
        "banner": banner_for(seen.access.patient),
        "objections": [said for _, said in objections_told(seen.access)],
        "tag_of": state_tag,
        "uncovered_said": uncovered_by_agreements(organisations_asked(seen.case.id)),
        "may_write_down": actor.may(Permission.BUILD_LISTS),
    }


def _with_choices(form: AskOneForm, actor: Actor, respondents: list[Respondent]) -> AskOneForm:
    organisations = ((one.id, one.name) for one in organisations_for(actor) if one.closed_on is None)
    form.organisation_id.choices = row_choices(organisations, empty="Choose one")
    form.guest.choices = [
        ("", "Anybody there who may answer"),
        *((_guest_id(each), f"{each.name}, {each.organisation}") for each in respondents),
    ]
    return form


def _guest_id(respondent: Respondent) -> str:
    return f"{respondent.account_id} {respondent.organisation_id}"


def _page_of(case_id: uuid.UUID) -> str:
    return url_for("asking.show", case_id=case_id)
