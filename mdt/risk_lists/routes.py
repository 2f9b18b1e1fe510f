"""The pages that bring a list in: choosing it, looking at it row by row, taking it in or discarding it."""

import uuid

from flask import Blueprint, Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mdt.findings.queries import columns, practices_for
from mdt.findings.wording import LEGAL_BASIS
from mdt.risk_lists import commands
from mdt.risk_lists.forms import ListForm
from mdt.risk_lists.queries import get_list_for, lists_for, plan_of, same_file
from mdt.risk_lists.rules import MOST_ROWS, ListState, Outcome
from mdt.risk_lists.wording import TONES, example
from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.answers import asked, done
from network.plumbing.arriving import LARGEST_UPLOAD, brings
from network.plumbing.comma_separated import write_comma_separated
from network.plumbing.database import today
from network.plumbing.fields import refusals_shown_on, row_choices
from network.plumbing.shown import note_shown

risk_lists = Blueprint("risk_lists", __name__, url_prefix="/case-finding/lists")

MOST_SHOWN = 300
FIRST = {Outcome.REFUSED: 0, Outcome.CHANGED: 1, Outcome.NEW: 2, Outcome.SAME: 3}


@risk_lists.route("", methods=["GET", "POST"])
@guarded(Permission.FIND_CASES)
@brings(LARGEST_UPLOAD)
def start() -> ResponseReturnValue:
    """Take a list, to be looked at before anything of it is taken in."""
    actor, form = current_actor(), ListForm(data={"listed_on": today()})
    practices = practices_for(actor)
    form.practice_id.choices = row_choices(((each.id, each.name) for each in practices), empty="Choose one")
    if form.validate_on_submit():
        with refusals_shown_on(form):
            list_id = commands.bring_list(
                actor,
                form.file.data.read(),
                practice_id=form.practice_id.data,
                name=form.name.data,
                listed_on=form.listed_on.data,
                is_direct_care=form.is_direct_care.data,
            )
            return redirect(url_for("risk_lists.preview", list_id=list_id), 303)
    return asked(
        "mdt/risk_lists/start.html",
        form,
        practices=practices,
        columns=columns(),
        lists=lists_for(actor),
        basis=LEGAL_BASIS,
        most=MOST_ROWS,
    )


@risk_lists.get("/example.csv")
@guarded(Permission.FIND_CASES)
def example_file() -> ResponseReturnValue:
    """Give a list with every column, filled in for somebody invented."""
    headings, row = example(columns())
    headers = {"Content-Disposition": "attachment; filename=risk-list-example.csv"}
    return Response(write_comma_separated(headings, [row]), mimetype="text/csv", headers=headers)


@risk_lists.get("/<uuid:list_id>")
@guarded(Permission.FIND_CASES)
def preview(list_id: uuid.UUID) -> ResponseReturnValue:
    """Show what taking a list in would do, row by row, or that it was taken in."""
    actor = current_actor()
    row = get_list_for(actor, list_id)
    if row.state is ListState.DONE:
        return render_template("mdt/risk_lists/taken.html", row=row, outcomes=Outcome)
    plan = plan_of(actor, row)
    people = {line.patient.id for line in plan.lines if line.patient is not None}
    commands.note_list_shown(actor, list_id, people)
    note_shown(people)
    lines = sorted(plan.lines, key=lambda line: (FIRST[line.outcome], line.row.number))
    return render_template(
        "mdt/risk_lists/preview.html",
        row=row,
        plan=plan,
        lines=lines[:MOST_SHOWN],
        hidden=max(0, len(lines) - MOST_SHOWN),
        warned=sum(bool(line.row.warnings) for line in plan.lines),
        before=same_file(row),
        outcomes=Outcome,
        tones=TONES,
        columns=columns(),
    )


@risk_lists.post("/<uuid:list_id>/take-in")
@guarded(Permission.FIND_CASES)
def take_in(list_id: uuid.UUID) -> ResponseReturnValue:
    """Take a list in."""
    count = commands.take_list_in(current_actor(), list_id)
    people = "1 person" if count == 1 else f"{count} people"
    return done(f"Taken in: {people}. Nobody was referred by that.", url_for("casefinding.index"))


@risk_lists.post("/<uuid:list_id>/discard")
@guarded(Permission.FIND_CASES)
def discard(list_id: uuid.UUID) -> ResponseReturnValue:
    """Forget a list that was not taken in."""
    commands.discard_list(current_actor(), list_id)
    return done("The list is discarded. Nothing of it was kept.", url_for("risk_lists.start"))
