"""The pages of people entered twice: which may be, two side by side, and what was joined."""

import json
import uuid
from collections.abc import Sequence
from functools import partial

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mdt.cases.commands import look_up_person
from mdt.merging import commands, queries
from mdt.merging.forms import PairForm, merge_form
from mdt.merging.queries import Entry
from mdt.merging.rules import UNSAID, Difference, differences, may_be_one
from mdt.merging.wording import NOT_SAID, entry_said, rows_told, unseen_said, value_said
from mdt.retention.wording import rows_said
from mdt.story.queries import banners_for
from network.access.guard import current_actor, guarded
from network.access.rules import Actor, Permission
from network.organisations.queries import organisations_for
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.fields import TextField, refusals_shown_on
from network.plumbing.refusals import Invalid
from network.plumbing.templating import moment

merging = Blueprint("merging", __name__, url_prefix="/sharing/merging")


@merging.route("", methods=["GET", "POST"])
@guarded(Permission.MERGE_PEOPLE)
def index() -> ResponseReturnValue:
    """Show entries that may be one person, and what was joined; compare two that are typed."""
    actor, form = current_actor(), PairForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            one_id, other_id = (_meant(actor, field) for field in (form.first, form.second))
            if one_id == other_id:
                raise Invalid("Both are the same entry already. Enter two that differ.")
            return redirect(_compared(one_id, other_id), 303)
    pairs = queries.pairs_for(actor)
    known = {each.patient.id: each.patient for pair in pairs for each in pair if each.is_known}
    return asked(
        "mdt/merging/index.html",
        form,
        pairs=pairs,
        people=banners_for(known.values()),
        merges=queries.merges_for(actor),
        name_of=_name_of,
    )


@merging.route("/<uuid:patient_id>/<uuid:other_id>", methods=["GET", "POST"])
@guarded(Permission.MERGE_PEOPLE)
def compare(patient_id: uuid.UUID, other_id: uuid.UUID) -> ResponseReturnValue:
    """Show two entries side by side; join them."""
    actor = current_actor()
    pair = queries.compared_for(actor, patient_id, other_id)
    names = {one.id: one.name for one in organisations_for(actor)}
    values = [queries.values_of(each.patient) for each in pair]
    differing = differences(*values)
    shows = all(each.is_known for each in pair)
    said = partial(value_said, organisations=names) if shows else unseen_said
    found = [(each, [said(each.name, value) for value in (each.first, each.second)]) for each in differing]
    sides = [(each.patient.id, _name_of(each)) for each in pair]
    form = merge_form(sides, found if shows else [(each, _sides_said(each, sides)) for each in differing])
    if form.validate_on_submit():
        with refusals_shown_on(form):
            kept_id = uuid.UUID(form.kept_id.data)
            merge_id = commands.merge_people(
                actor,
                kept_id,
                other_id if kept_id == patient_id else patient_id,
                form.reason.data or "",
                taken=form.taken,
                has_compared=form.has_compared.data,
            )
            undo = undo_by("merging.part", merge_id=merge_id)
            return done("They are one entry now.", url_for("merging.show", merge_id=merge_id), undo)
    if not form.is_submitted():
        commands.note_compared(actor, patient_id, other_id)
    return asked(
        "mdt/merging/compare.html",
        form,
        pair=pair,
        found=found,
        people=banners_for([each.patient for each in pair if each.is_known]),
        may_join=shows,
        may_be_one=may_be_one((pair[0].patient.nhs_number, pair[1].patient.nhs_number)),
        is_apart=queries.is_told_apart(patient_id, other_id),
        here=_compared(patient_id, other_id),
        where={"patient_id": patient_id, "other_id": other_id},
        name_of=_name_of,
        rows_of=rows_told,
    )


@merging.post("/<uuid:patient_id>/<uuid:other_id>/apart")
@guarded(Permission.MERGE_PEOPLE)
def tell_apart(patient_id: uuid.UUID, other_id: uuid.UUID) -> ResponseReturnValue:
    """Say that they are two people."""
    commands.tell_apart(current_actor(), patient_id, other_id)
    undo = undo_by("merging.take_back", patient_id=patient_id, other_id=other_id)
    return done("Two people: they are not shown as a pair again.", url_for("merging.index"), undo)


@merging.post("/<uuid:patient_id>/<uuid:other_id>/together")
@guarded(Permission.MERGE_PEOPLE)
def take_back(patient_id: uuid.UUID, other_id: uuid.UUID) -> ResponseReturnValue:
    """Take back that they are two people."""
    commands.take_back_telling_apart(current_actor(), patient_id, other_id)
    return done("Taken back: they may be one person.", _compared(patient_id, other_id))


@merging.get("/<uuid:merge_id>")
@guarded(Permission.MERGE_PEOPLE)
def show(merge_id: uuid.UUID) -> ResponseReturnValue:
    """Show what was joined, and what would stay if it were parted."""
    actor = current_actor()
    merge = queries.get_merge_for(actor, merge_id)
    before = json.loads(merge.before)
    since = queries.recorded_since(merge, before["held"])
    stays = {name: len(ids) for name, ids in since.rows.items()}
    return render_template(
        "mdt/merging/show.html",
        merge=merge,
        refs=queries.refs_of_merge(merge),
        moved=rows_said({name: len(ids) for name, ids in merge.moved.items()}),
        stays=rows_said(stays),
        objections=stays.get("objection_record", 0),
        later=queries.later_merge(merge),
        is_known=queries.knows_kept(actor, merge),
    )


@merging.post("/<uuid:merge_id>/part")
@guarded(Permission.MERGE_PEOPLE)
def part(merge_id: uuid.UUID) -> ResponseReturnValue:
    """Part what was joined."""
    commands.part_people(current_actor(), merge_id)
    return done("Parted: what had moved is back where it was.", url_for("merging.show", merge_id=merge_id))


def _meant(actor: Actor, field: TextField) -> uuid.UUID:
    patient_id = look_up_person(actor, field.data)
    if patient_id is None:
        raise Invalid(f"{field.label.text}: nobody here has that reference or NHS number. Check it.")
    return patient_id


def _compared(one_id: uuid.UUID, other_id: uuid.UUID) -> str:
    return url_for("merging.compare", patient_id=one_id, other_id=other_id)


def _sides_said(difference: Difference, sides: Sequence[tuple[uuid.UUID, str]]) -> list[str]:
    """Name whose word counts to whoever may not read it."""
    return [
        NOT_SAID if value in UNSAID else f"That of {name}"
        for value, (_, name) in zip((difference.first, difference.second), sides, strict=True)
    ]


def _name_of(entry: Entry) -> str:
    return entry_said(entry.refs, moment(entry.patient.made_at))
