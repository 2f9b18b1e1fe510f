"""What each discipline is asked, and the network's own questions."""

import uuid

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from mdt.panels import commands
from mdt.panels.forms import QuestionForm
from mdt.panels.queries import extra_counts, extra_fields, pack_of, packs
from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.fields import refusals_shown_on
from network.plumbing.refusals import NotFound
from network.vocabulary import Discipline

panels = Blueprint("panels", __name__, url_prefix="/panels")


@panels.get("")
@guarded(Permission.CONTRIBUTE)
def index() -> ResponseReturnValue:
    """List what the disciplines are asked."""
    known = [pack_of(each) for each in Discipline if each is not Discipline.ADMINISTRATION]
    return render_template(
        "mdt/panels/index.html", panels=known, counts=extra_counts(), with_pack=frozenset(packs())
    )


@panels.route("/<discipline>", methods=["GET", "POST"])
@guarded(Permission.CONTRIBUTE)
def show(discipline: str) -> ResponseReturnValue:
    """Show the questions to one discipline, and add one of the network's own."""
    actor, which = current_actor(), _named(discipline)
    form = QuestionForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            field_id = commands.add_question(
                actor,
                which,
                form.label.data,
                form.kind.data,
                hint=form.hint.data,
                choices=(form.choices.data or "").splitlines(),
            )
            undo = undo_by("panels.end", field_id=field_id)
            return done("Asked from the next contribution on.", _page_of(which), undo)
    return asked(
        "mdt/panels/show.html",
        form,
        panel=pack_of(which),
        extra=extra_fields(which),
        may_set=actor.may(Permission.BUILD_LISTS),
    )


@panels.post("/questions/<uuid:field_id>/end")
@guarded(Permission.BUILD_LISTS)
def end(field_id: uuid.UUID) -> ResponseReturnValue:
    """Ask a question no more."""
    which = commands.end_question(current_actor(), field_id)
    undo = undo_by("panels.again", field_id=field_id)
    return done("Asked no more. What was answered to it stays.", _page_of(which), undo)


@panels.post("/questions/<uuid:field_id>/again")
@guarded(Permission.BUILD_LISTS)
def again(field_id: uuid.UUID) -> ResponseReturnValue:
    """Ask a question again."""
    which = commands.ask_again(current_actor(), field_id)
    return done("Asked again.", _page_of(which))


def _named(discipline: str) -> Discipline:
    try:
        return Discipline(discipline)
    except ValueError:
        raise NotFound from None


def _page_of(discipline: Discipline) -> str:
    return url_for("panels.show", discipline=discipline.value)
