"""The pages of facts about a person: what is known, as of when, from whom; noting more, and taking back."""

import uuid

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mdt.facts import commands
from mdt.facts.forms import form_of
from mdt.facts.queries import FactSeen, as_fact, facts_seen, history_of, may_read, pack
from mdt.facts.rules import FactSpec
from mdt.sharing.queries import Access, access_to_change
from mdt.story.commands import note_opened
from mdt.story.queries import banner_for
from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.database import today
from network.plumbing.fields import refusals_shown_on
from network.plumbing.refusals import NotFound

facts = Blueprint("facts", __name__, url_prefix="/patients")

TELL = Permission.CONTRIBUTE
Group = tuple[str, list[FactSpec], dict[str, FactSeen]]


@facts.get("/<uuid:patient_id>/facts")
@guarded(TELL)
def show(patient_id: uuid.UUID) -> ResponseReturnValue:
    """Show what is known of a person as facts, and what is not known yet."""
    actor = current_actor()
    access = access_to_change(actor, patient_id)
    note_opened(actor, patient_id)
    return render_template("mdt/facts/show.html", groups=_groups(access), **_shown(access))


@facts.route("/<uuid:patient_id>/facts/<int:group>", methods=["GET", "POST"])
@guarded(TELL)
def note(patient_id: uuid.UUID, group: int) -> ResponseReturnValue:
    """Note facts of one group."""
    actor = current_actor()
    access = access_to_change(actor, patient_id)
    groups = _groups(access)
    if group >= len(groups):
        raise NotFound
    name, specs, known = groups[group]
    form = form_of([each for each in specs if not each.is_derived])()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            number = commands.note_facts(actor, patient_id, form.facts, form.source.data)
            said = (
                f"{number} {'fact' if number == 1 else 'facts'} noted. What was known before stays on record."
            )
            return done(said if number else "All of this was known already.", _page_of(patient_id))
    return asked("mdt/facts/note.html", form, group=group, name=name, known=known, **_shown(access))


@facts.get("/<uuid:patient_id>/facts/of/<key>")
@guarded(TELL)
def history(patient_id: uuid.UUID, key: str) -> ResponseReturnValue:
    """Show all that was noted of one fact, with what may be taken back."""
    actor = current_actor()
    access = access_to_change(actor, patient_id)
    spec = pack().specs.get(key)
    if spec is None or not may_read(access, spec):
        raise NotFound
    note_opened(actor, patient_id)
    entries = [(row, spec.said(as_fact(row).value, today())) for row in history_of(patient_id, key)]
    return render_template("mdt/facts/history.html", spec=spec, entries=entries, **_shown(access))


@facts.post("/facts/<uuid:fact_id>/take-back")
@guarded(TELL)
def take_back(fact_id: uuid.UUID) -> ResponseReturnValue:
    """Take back a fact that was wrong."""
    patient_id = commands.take_back_fact(current_actor(), fact_id)
    undo = undo_by("facts.restore", fact_id=fact_id)
    return done("Taken back. What was known before counts again.", _page_of(patient_id), undo)


@facts.post("/facts/<uuid:fact_id>/restore")
@guarded(TELL)
def restore(fact_id: uuid.UUID) -> ResponseReturnValue:
    """Let a fact count after all."""
    return done("It counts again.", _page_of(commands.restore_fact(current_actor(), fact_id)))


def _groups(access: Access) -> list[Group]:
    """Give the facts under their headings: what may be read, and what of it is known."""
    known = {each.spec.key: each for each in facts_seen(access)}
    return [
        (name, [spec for spec in specs if may_read(access, spec)], known)
        for name, specs in pack().in_groups().items()
    ]


def _shown(access: Access) -> dict[str, object]:
    return {
        "patient": access.patient,
        "banner": banner_for(access.patient),
        "case_id": request.args.get("case", type=uuid.UUID),
    }


def _page_of(patient_id: uuid.UUID) -> str:
    return url_for("facts.show", patient_id=patient_id, case=request.args.get("case", type=uuid.UUID))
