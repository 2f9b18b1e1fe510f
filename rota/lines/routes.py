"""The cover that one rota wants: changed here, the weekly demand stays as it is."""

import uuid

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.fields import refusals_shown_on
from network.plumbing.typed import day_of_address
from rota.cover.wording import KIND_LABELS, session_said
from rota.lines import commands
from rota.lines.forms import LineForm, NumbersForm, value_of
from rota.lines.queries import get_line_for, lines_for_site, numbers_of
from rota.lines.rules import NOBODY, Numbers
from rota.roster.rules import monday_of

lines = Blueprint("lines", __name__, url_prefix="/rota/versions/<uuid:version_id>/cover")


@lines.get("/")
@guarded(Permission.EDIT_ROTA)
def show(version_id: uuid.UUID) -> ResponseReturnValue:
    """Show what a site wants in a week of this rota."""
    site_id = request.args.get("site", type=uuid.UUID)
    week = request.args.get("week", type=day_of_address)
    return render_template(
        "rota/lines/show.html",
        lines=lines_for_site(current_actor(), version_id, site_id, week),
        labels=KIND_LABELS,
        value_of=value_of,
    )


@lines.route("/<uuid:line_id>", methods=["GET", "POST"])
@guarded(Permission.EDIT_DEMAND)
def change(version_id: uuid.UUID, line_id: uuid.UUID) -> ResponseReturnValue:
    """Ask for other numbers of a line."""
    _, line = get_line_for(current_actor(), version_id, line_id)
    form = NumbersForm(data=numbers_of(line)._asdict())
    if form.validate_on_submit():
        with refusals_shown_on(form):
            return _change(version_id, line_id, form.numbers)
    shown = {"said": session_said(line.day, line.kind), "monday": monday_of(line.day)}
    return asked("rota/lines/change.html", form, version_id=version_id, line=line, **shown)


@lines.post("/<uuid:line_id>/remove")
@guarded(Permission.EDIT_DEMAND)
def remove(version_id: uuid.UUID, line_id: uuid.UUID) -> ResponseReturnValue:
    """Ask for nobody on this line."""
    return _change(version_id, line_id, NOBODY)


@lines.route("/add", methods=["GET", "POST"])
@guarded(Permission.EDIT_DEMAND)
def add(version_id: uuid.UUID) -> ResponseReturnValue:
    """Ask what else is wanted in this rota alone; the address says where, and may say when and whom."""
    site_id = request.args.get("site", type=uuid.UUID)
    week = request.args.get("week", type=day_of_address)
    view = lines_for_site(current_actor(), version_id, site_id, week)
    form = LineForm(view.sessions, data=_known())
    if form.validate_on_submit() and view.site:
        with refusals_shown_on(form):
            who = form.role_group.data, form.activity.data
            line_id = commands.add_line(
                current_actor(),
                version_id,
                view.site.id,
                *form.chosen,
                *who,
                form.numbers,
                form.room.data,
                form.funding.data,
            )
            undo = undo_by("lines.remove", version_id=version_id, line_id=line_id)
            return done("The line is added, to this rota alone.", _page(version_id, line_id), undo)
    return asked("rota/lines/add.html", form, lines=view)


def _change(version_id: uuid.UUID, line_id: uuid.UUID, numbers: Numbers) -> ResponseReturnValue:
    before = commands.change_line(current_actor(), version_id, line_id, numbers)
    fields = [(name, str(number)) for name, number in before._asdict().items()]
    undo = undo_by("lines.change", *fields, version_id=version_id, line_id=line_id)
    said = "Nobody is wanted there now" if numbers == NOBODY else f"It wants {numbers.said} now"
    return done(f"{said}, in this rota alone.", _page(version_id, line_id), undo)


def _page(version_id: uuid.UUID, line_id: uuid.UUID) -> str:
    _, line = get_line_for(current_actor(), version_id, line_id)
    return url_for("lines.show", version_id=version_id, site=line.site_id, week=monday_of(line.day))


def _known() -> dict[str, str]:
    return {
        name: request.args[name] for name in ("session", "role_group", "activity") if name in request.args
    }
