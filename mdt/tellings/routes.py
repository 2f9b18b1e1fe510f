"""The pages of who is told: whom one has to tell, what was written of a case, and who else needs to know."""

import uuid

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mdt.cases.commands import note_case_opened
from mdt.cases.queries import get_case_for
from mdt.letters import commands
from mdt.letters.queries import (
    due_to_tell,
    get_telling_for,
    letters_of,
    not_yet_told,
    people_told_in_time,
    tellings_seen,
    told_lately,
)
from mdt.letters.rules import WAYS_OF_TELLING, Audience
from mdt.letters.wording import letter_tag, title_of
from mdt.story.queries import banner_for, banners_for
from mdt.tellings.forms import PersonToldForm, TellingForm, ToldForm
from network.access.guard import current_actor, guarded, require
from network.access.rules import Actor, Permission
from network.organisations.queries import organisations_for
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.database import today
from network.plumbing.fields import refusals_shown_on, row_choices

tellings = Blueprint("tellings", __name__, url_prefix="/tellings")

SEE = Permission.SEE_CASES
ON_CARD = 5


@tellings.get("")
@guarded(SEE)
def index() -> ResponseReturnValue:
    """Show whom the viewer has to tell of what was decided, and who was told lately."""
    actor = current_actor()
    coordinates = actor.may(Permission.BUILD_LISTS)
    found, told = not_yet_told(actor), told_lately(actor)
    return render_template(
        "mdt/tellings/index.html",
        people=[each for each in found if each.telling.audience is Audience.PERSON],
        others=[each for each in found if each.telling.audience is not Audience.PERSON],
        late=sum(each.is_late for each in found),
        told=told,
        banner_of=banners_for(each.access.patient for each in (*found, *told)),
        in_time=people_told_in_time() if coordinates else (0, 0),
        coordinates=coordinates,
        **_shown(),
    )


@tellings.get("/cases/<uuid:case_id>")
@guarded(SEE)
def of_case(case_id: uuid.UUID) -> ResponseReturnValue:
    """Show what was written of a case, and who needs to be told or was."""
    actor = current_actor()
    seen = get_case_for(actor, case_id)
    note_case_opened(actor, case_id)
    return render_template(
        "mdt/tellings/of_case.html",
        case=seen.case,
        banner=banner_for(seen.access.patient),
        letters=letters_of(actor, case_id),
        tellings=tellings_seen(actor, case_id),
        may_add=seen.access.standing.is_clinical and actor.may_somewhere(Permission.CONTRIBUTE),
        **_shown(),
    )


@tellings.route("/<uuid:telling_id>/told", methods=["GET", "POST"])
@guarded(SEE)
def told(telling_id: uuid.UUID) -> ResponseReturnValue:
    """Keep that somebody was told, how and when."""
    actor = current_actor()
    seen = get_telling_for(actor, telling_id)
    require(seen.may_handle)
    form = PersonToldForm() if seen.telling.audience is Audience.PERSON else ToldForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.note_told(actor, telling_id, form.how.data, form.told_on.data)
            return done("Told.", _after(seen.case.id), undo_by("tellings.not_told", telling_id=telling_id))
    return asked("mdt/tellings/told.html", form, seen=seen, banner=banner_for(seen.access.patient))


@tellings.post("/<uuid:telling_id>/not-told")
@guarded(SEE)
def not_told(telling_id: uuid.UUID) -> ResponseReturnValue:
    """Take back that somebody was told."""
    actor = current_actor()
    case_id = get_telling_for(actor, telling_id).case.id
    commands.take_back_told(actor, telling_id)
    return done("They still need to be told.", _after(case_id))


@tellings.route("/cases/<uuid:case_id>/add", methods=["GET", "POST"])
@guarded(SEE)
def add(case_id: uuid.UUID) -> ResponseReturnValue:
    """Put down that somebody else needs to be told."""
    actor = current_actor()
    seen = get_case_for(actor, case_id)
    require(seen.access.standing.is_clinical)
    form = TellingForm(due_on=due_to_tell(today()))
    form.organisation_id.choices = row_choices(
        ((one.id, one.name) for one in organisations_for(actor)), empty="None"
    )
    if form.validate_on_submit():
        with refusals_shown_on(form):
            organisation_id, due_on = form.organisation_id.data, form.due_on.data
            telling_id = commands.add_telling(
                actor, case_id, form.whom.data, organisation_id=organisation_id, due_on=due_on
            )
            undo = undo_by("tellings.drop", telling_id=telling_id)
            return done("Put down.", url_for("tellings.of_case", case_id=case_id), undo)
    return asked("mdt/tellings/add.html", form, case=seen.case, banner=banner_for(seen.access.patient))


@tellings.post("/<uuid:telling_id>/drop")
@guarded(SEE)
def drop(telling_id: uuid.UUID) -> ResponseReturnValue:
    """Take back that somebody needs to be told."""
    actor = current_actor()
    case_id = get_telling_for(actor, telling_id).case.id
    commands.drop_telling(actor, telling_id)
    return done("Taken back.", url_for("tellings.of_case", case_id=case_id))


def card(actor: Actor) -> str:
    """Draw the card of the Today page for whoever has somebody to tell."""
    found = not_yet_told(actor) if actor.may_somewhere(SEE) else []
    if not found:
        return ""
    late = sum(each.is_late for each in found)
    return render_template(
        "mdt/tellings/_card.html", found=found[:ON_CARD], number=len(found), late=late, **_shown()
    )


def _shown() -> dict[str, object]:
    return {
        "tag_of": letter_tag,
        "title_of": title_of,
        "today": today(),
        "ways": WAYS_OF_TELLING,
    }


def _after(case_id: uuid.UUID) -> str:
    """Return where somebody came from: the list, or the page of the case."""
    if request.form.get("then") == "case":
        return url_for("tellings.of_case", case_id=case_id)
    return url_for("tellings.index")
