"""Asking a rota why something cannot be, and taking one of the ways it gives."""

import uuid

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.answers import done, undo_by
from network.plumbing.refusals import Invalid, NotFound, Refusal
from rota.asks import commands
from rota.asks.forms import WayForm, steps_in, wanted_in, wrong_with_number
from rota.asks.queries import why_for
from rota.cells.commands import arrange

asks = Blueprint("asks", __name__, url_prefix="/rota/versions/<uuid:version_id>/why")


@asks.get("/")
@guarded(Permission.EDIT_ROTA)
def show(version_id: uuid.UUID) -> ResponseReturnValue:
    """Answer whether so many people, or one of them, can be on a duty."""
    return _page(version_id, WayForm(), wrong_number=wrong_with_number(request.args))


@asks.post("/do")
@guarded(Permission.EDIT_ROTA)
def do(version_id: uuid.UUID) -> ResponseReturnValue:
    """Do in the draft what a way says, as one edit."""
    form, kind = WayForm(), request.form.get("kind", "")
    try:
        if not form.validate():
            raise Invalid(next(iter(form.reason.errors), "Send the page again."))
        # A way of several kinds may set a rule aside beside all else.
        if (kind == "override" or "sets_aside" in request.form) and not form.reason.data:
            raise Invalid("Say why the rule is set aside. It stays with the change.")
        steps = steps_in(request.form.getlist("step"))
        lines, seen = {each.cell: each.line_id for each in steps}, {each.cell: each.seen for each in steps}
        made = arrange(current_actor(), version_id, lines, seen, form.reason.data or "")
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        return _page(version_id, form, wrong=refusal.sentence, chosen=kind)
    week = made.cells[0].day
    undo = undo_by("cells.undo", ("week", str(week)), version_id=version_id)
    said = f"Done as one edit, in {len(made.cells)} {'cell' if len(made.cells) == 1 else 'cells'}."
    return done(said, url_for("grid.show", version_id=version_id, week=week), undo)


@asks.post("/ask-person")
@guarded(Permission.EDIT_ROTA)
def ask_person(version_id: uuid.UUID) -> ResponseReturnValue:
    """Ask somebody whether they could take the duty."""
    line_id, member_id = (request.form.get(name, type=uuid.UUID) for name in ("line", "member"))
    if line_id is None or member_id is None:
        raise NotFound
    has_letter = commands.ask_person(current_actor(), version_id, line_id, member_id)
    said = "A letter is on its way." if has_letter else "They have no email address here: ring them."
    return done(f"Noted that you ask them. {said}", _address(version_id, line_id))


@asks.post("/open-to-bank")
@guarded(Permission.EDIT_ROTA)
def open_to_bank(version_id: uuid.UUID) -> ResponseReturnValue:
    """Open a duty to bank and locums."""
    line_id = request.form.get("line", type=uuid.UUID)
    if line_id is None:
        raise NotFound
    asking_id = commands.open_to_bank(current_actor(), version_id, line_id)
    undo = undo_by("asks.end", version_id=version_id, asking_id=asking_id)
    return done("The duty is open to bank and locums.", _address(version_id, line_id), undo)


@asks.post("/askings/<uuid:asking_id>/end")
@guarded(Permission.EDIT_ROTA)
def end(version_id: uuid.UUID, asking_id: uuid.UUID) -> ResponseReturnValue:
    """Note that nobody is asked any more."""
    _, line_id = commands.end_asking(current_actor(), asking_id)
    return done("Noted: this is not asked any more.", _address(version_id, line_id))


def _page(
    version_id: uuid.UUID, form: WayForm, wrong: str = "", chosen: str = "", wrong_number: str = ""
) -> ResponseReturnValue:
    wanted = wanted_in(request.values)
    if wanted is None:
        raise NotFound
    why = why_for(current_actor(), version_id, wanted)
    page = render_template(
        "rota/asks/show.html",
        why=why,
        form=form,
        wrong=wrong,
        chosen=chosen,
        wrong_number=wrong_number,
        number=request.values.get("number", "") if wrong_number else why.number,
    )
    return page, 422 if wrong or wrong_number else 200


def _address(version_id: uuid.UUID, line_id: uuid.UUID) -> str:
    return url_for("asks.show", version_id=version_id, line=line_id)
