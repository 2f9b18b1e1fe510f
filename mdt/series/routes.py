"""The pages of series: what a meeting is for, who belongs to it, and its dates."""

import uuid
from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mdt.meetings.forms import ExpectForm
from mdt.meetings.queries import colleagues_for, leaders_for
from mdt.meetings.wording import ENGLAND, meeting_tag, quorum_said, when_said
from mdt.series import commands
from mdt.series.forms import DatesForm, SeriesForm
from mdt.series.queries import (
    bank_holidays_among,
    dates_ahead,
    get_series_for,
    last_date,
    members_of,
    series_for,
)
from mdt.series.rules import days_from
from mdt.series.wording import added_said
from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.fields import refusals_shown_on, row_choices
from network.plumbing.refusals import Refusal

series = Blueprint("series", __name__, url_prefix="/meetings/series")


@series.get("")
@guarded(Permission.BUILD_LISTS)
def index() -> ResponseReturnValue:
    """List the series of the network."""
    actor = current_actor()
    going_on = series_for(actor)
    return render_template(
        "mdt/series/index.html",
        series=going_on,
        ended=series_for(actor, ended=True),
        ahead={each.id: dates_ahead(each.id) for each in going_on},
        when_said=when_said,
    )


@series.get("/<uuid:series_id>")
@guarded(Permission.BUILD_LISTS)
def show(series_id: uuid.UUID) -> ResponseReturnValue:
    """Show a series, its members and its dates."""
    actor = current_actor()
    row = get_series_for(actor, series_id)
    names = {one.account_id: one.name for one in colleagues_for(actor)}
    return render_template(
        "mdt/series/show.html",
        series=row,
        members=members_of(series_id),
        dates=dates_ahead(series_id),
        names=names,
        quorum_said=quorum_said,
        tag_of=meeting_tag,
        when_said=when_said,
    )


@series.route("/new", methods=["GET", "POST"])
@guarded(Permission.BUILD_LISTS)
def new() -> ResponseReturnValue:
    """Start a series."""
    actor = current_actor()
    form = SeriesForm()
    form.offer_leaders(*leaders_for(actor))
    if form.validate_on_submit():
        with refusals_shown_on(form):
            series_id = commands.start_series(actor, form.details)
            return done(
                "The series is started. Add its dates next.", url_for("series.dates", series_id=series_id)
            )
    return asked("mdt/series/new.html", form)


@series.route("/<uuid:series_id>/change", methods=["GET", "POST"])
@guarded(Permission.BUILD_LISTS)
def change(series_id: uuid.UUID) -> ResponseReturnValue:
    """Change a series."""
    actor = current_actor()
    row = get_series_for(actor, series_id)
    form = SeriesForm(obj=row)
    form.offer_leaders(*leaders_for(actor, row.chair_id))
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.change_series(actor, series_id, form.details)
            return done("The series is changed.", url_for("series.show", series_id=series_id))
    return asked("mdt/series/change.html", form, series=row)


@series.route("/<uuid:series_id>/dates", methods=["GET", "POST"])
@guarded(Permission.BUILD_LISTS)
def dates(series_id: uuid.UUID) -> ResponseReturnValue:
    """Add dates to a series, as far ahead as wanted."""
    actor = current_actor()
    row = get_series_for(actor, series_id)
    form = DatesForm(data=_next_after(series_id, row.every_weeks))
    if form.validate_on_submit():
        assert form.at.data is not None
        days = days_from(form.first.data, form.count.data, row.every_weeks)
        left_out = bank_holidays_among(days) if form.skips_holidays.data else {}
        with refusals_shown_on(form):
            kept = [day for day in days if day not in left_out]
            made = commands.add_dates(actor, series_id, kept, form.at.data)
            said = added_said(len(made), len(kept), left_out)
            return done(said, url_for("series.show", series_id=series_id))
    return asked("mdt/series/dates.html", form, series=row)


@series.route("/<uuid:series_id>/members/add", methods=["GET", "POST"])
@guarded(Permission.BUILD_LISTS)
def add_member(series_id: uuid.UUID) -> ResponseReturnValue:
    """Expect somebody at every date from now on."""
    actor = current_actor()
    row = get_series_for(actor, series_id)
    form = ExpectForm()
    there = {each.account_id for each in row.members}
    form.account_id.choices = row_choices(
        [(one.account_id, one.said) for one in colleagues_for(actor) if one.account_id not in there],
        empty="Choose somebody",
    )
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.add_member(actor, series_id, form.account_id.data, form.discipline.data)
            return done(
                "They are expected at every date.",
                url_for("series.show", series_id=series_id),
                undo=undo_by("series.remove_member", series_id=series_id, account_id=form.account_id.data),
            )
    return asked("mdt/series/add_member.html", form, series=row)


@series.post("/<uuid:series_id>/members/<uuid:account_id>/remove")
@guarded(Permission.BUILD_LISTS)
def remove_member(series_id: uuid.UUID, account_id: uuid.UUID) -> ResponseReturnValue:
    """Expect somebody no more; one click puts them back."""
    then = url_for("series.show", series_id=series_id)
    member = next((one for one in members_of(series_id) if one.account_id == account_id), None)
    fields = [("account_id", str(account_id))]
    if member is not None:
        fields.append(("discipline", member.discipline.value))
    try:
        commands.remove_member(current_actor(), series_id, account_id)
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        flash(refusal.sentence, "error")
        return redirect(then, 303)
    undo = undo_by("series.add_member", *fields, series_id=series_id)
    return done("They are not expected at the dates to come any more.", then, undo=undo)


@series.post("/<uuid:series_id>/end")
@guarded(Permission.BUILD_LISTS)
def end(series_id: uuid.UUID) -> ResponseReturnValue:
    """End a series; one click takes it up again."""
    commands.end_series(current_actor(), series_id)
    undo = undo_by("series.resume", series_id=series_id)
    return done("The series is ended. Its dates stay.", url_for("series.index"), undo=undo)


@series.post("/<uuid:series_id>/resume")
@guarded(Permission.BUILD_LISTS)
def resume(series_id: uuid.UUID) -> ResponseReturnValue:
    """Take a series up again."""
    commands.resume_series(current_actor(), series_id)
    return done("The series goes on.", url_for("series.show", series_id=series_id))


def _next_after(series_id: uuid.UUID, every_weeks: int) -> dict[str, object]:
    """Offer the day and the time that follow the last date there is."""
    last = last_date(series_id)
    if last is None:
        return {}
    local = last.starts_at.astimezone(ENGLAND)
    return {"first": local.date() + timedelta(weeks=every_weeks), "at": local.time()}
