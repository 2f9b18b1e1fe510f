"""The pages of working patterns."""

import uuid
from datetime import timedelta

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.organisations.rules import WEEK_COLUMNS
from network.plumbing.answers import done
from network.plumbing.database import today
from network.plumbing.fields import refusals_shown_on
from rota.patterns.forms import PatternForm, pattern_from, redrawn, sent_pattern
from rota.staff import commands
from rota.staff.queries import Member
from rota.staff.routes import EDIT, member_to_edit, page_of

patterns = Blueprint("patterns", __name__, url_prefix="/staff")


@patterns.route("/<uuid:member_id>/pattern", methods=["GET", "POST"])
@guarded(EDIT)
def set_pattern(member_id: uuid.UUID) -> ResponseReturnValue:
    """Set the working pattern from a day on."""
    member = member_to_edit(member_id)
    form = _pattern_asked(member)
    if form.is_submitted() and form.wants_other_weeks:
        form = redrawn(form, like_the_first=form.copy_first.data)
        return _pattern_page(member, form), 200
    if form.validate_on_submit():
        with refusals_shown_on(form):
            answers = {"starts_on": form.starts_on.data, "cycle_weeks": form.drawn}
            commands.set_working_pattern(current_actor(), member_id, form.pattern, **answers)
            return done("The working pattern is saved.", page_of(member_id))
    return _pattern_page(member, form), 422 if form.is_submitted() else 200


@patterns.post("/<uuid:member_id>/patterns/<uuid:pattern_id>/remove")
@guarded(EDIT)
def remove_pattern(member_id: uuid.UUID, pattern_id: uuid.UUID) -> ResponseReturnValue:
    """Remove a working pattern."""
    commands.remove_working_pattern(current_actor(), member_id, pattern_id)
    return done("The pattern is removed; the one before it goes on.", page_of(member_id))


def _pattern_asked(member: Member) -> PatternForm:
    if request.method == "POST":
        return sent_pattern(request.form.get("drawn", type=int))
    named = next((one for one in member.patterns if str(one.id) == request.args.get("pattern")), None)
    if named:
        return pattern_from(named.value, named.starts_on)
    # A first pattern begins with the planning, a later one next Monday.
    monday = today() + timedelta(7 - today().weekday())
    latest = member.patterns[-1].value if member.patterns else None
    return pattern_from(latest, monday if latest else member.planned_from)


def _pattern_page(member: Member, form: PatternForm) -> str:
    return render_template("rota/patterns/set_pattern.html", form=form, member=member, columns=WEEK_COLUMNS)
