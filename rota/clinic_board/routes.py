"""The board of clinics, the page of each, and what is done with one."""

import uuid
from datetime import date, timedelta

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded, require
from network.access.rules import Actor, Permission
from network.organisations.queries import sites_for
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.database import today
from network.plumbing.fields import refusals_shown_on
from network.plumbing.refusals import Invalid
from network.plumbing.templating import full_date, listed, plural
from network.plumbing.typed import day_of_address
from rota.clinic_board.commands import close_clinic, end_series, move_clinic, reopen_clinic, resume_series
from rota.clinic_board.forms import AddForm, CloseForm, MoveForm
from rota.clinic_board.queries import ClinicPage, clinic_page_for, clinics_at_risk, to_do_for, week_for
from rota.clinic_board.wording import state_tag
from rota.clinic_seats.commands import add_clinic
from rota.clinic_seats.queries import team_of
from rota.clinic_seats.wording import level_means, level_tag
from rota.clinic_series.queries import get_clinic_for
from rota.clinic_series.rules import Wanted
from rota.clinic_standins.commands import seat_stand_in
from rota.clinic_standins.queries import stand_ins_for
from rota.clinic_visits.queries import visits_of
from rota.clinics.queries import types_to_plan
from rota.neighbourhoods.queries import neighbourhoods_for

clinic_board = Blueprint("clinic_board", __name__, url_prefix="/clinics")

SEE, EDIT = Permission.SEE_CLINICS, Permission.EDIT_CLINICS
TAGS = {"state_of": state_tag, "level_of": level_tag, "means": level_means}


@clinic_board.get("/")
@guarded(SEE)
def show() -> ResponseReturnValue:
    """Show the clinics of this week, or of another."""
    day = request.args.get("week", today(), type=day_of_address)
    monday = day - timedelta(day.weekday())
    week = week_for(current_actor(), monday)
    return render_template("rota/clinic_board/show.html", week=week, weeks=_weeks(monday), **TAGS)


@clinic_board.route("/add", methods=["GET", "POST"])
@guarded(EDIT)
def add() -> ResponseReturnValue:
    """Hold one clinic beside any series."""
    actor = current_actor()
    form = AddForm(
        [(row.id, row.name) for row in types_to_plan()],
        [(row.id, row.name) for row in neighbourhoods_for(actor)],
        _sites(actor),
    )
    if form.validate_on_submit():
        with refusals_shown_on(form):
            wanted = Wanted(form.clinic_type.data, form.neighbourhood.data, form.place)
            session_id = add_clinic(actor, wanted)
            return done(
                "The clinic is on the calendar.", url_for("clinic_board.clinic", session_id=session_id)
            )
    return asked("rota/clinic_board/add.html", form)


@clinic_board.get("/<uuid:session_id>")
@guarded(SEE)
def clinic(session_id: uuid.UUID) -> ResponseReturnValue:
    """Show one clinic: who sits in it, how it stands, its places and what it uses."""
    page = clinic_page_for(current_actor(), session_id)
    standins = stand_ins_for(current_actor(), session_id) if "standins" in request.args else None
    return render_template("rota/clinic_board/clinic.html", page=page, standins=standins, **TAGS)


@clinic_board.get("/<uuid:session_id>/stand-ins")
@guarded(SEE)
def stand_ins(session_id: uuid.UUID) -> ResponseReturnValue:
    """Find who could take the empty seats, as the part of the page that shows them."""
    found = stand_ins_for(current_actor(), session_id)
    return render_template("rota/clinic_board/_standins.html", standins=found, **TAGS)


@clinic_board.post("/<uuid:session_id>/seat")
@guarded(EDIT)
def seat(session_id: uuid.UUID) -> ResponseReturnValue:
    """Let a stand-in take an empty seat."""
    try:
        line_id, member_id = (uuid.UUID(request.form.get(name, "")) for name in ("line", "member"))
    except ValueError:
        raise Invalid("We could not read what the browser sent. Look at the clinic again.") from None
    told = seat_stand_in(current_actor(), session_id, line_id, member_id, request.form.get("seen", ""))
    return done(f"The seat is taken.{_told(told)}", _url(session_id))


@clinic_board.get("/<uuid:session_id>/visits")
@guarded(SEE)
def visits(session_id: uuid.UUID) -> ResponseReturnValue:
    """Show in which order each place sees whom, for reception to print."""
    team = team_of(get_clinic_for(current_actor(), session_id))
    template = "_visits.html" if request.headers.get("HX-Request") else "visits.html"
    return render_template(f"rota/clinic_board/{template}", visits=visits_of(team), clinic=team.clinic)


@clinic_board.route("/<uuid:session_id>/close", methods=["GET", "POST"])
@guarded(EDIT)
def close(session_id: uuid.UUID) -> ResponseReturnValue:
    """Close a clinic."""
    page, form = _page_to_edit(session_id), CloseForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            told = close_clinic(current_actor(), session_id, form.why.data)
            undo = undo_by("clinic_board.reopen", session_id=session_id) if not told else None
            return done(f"The clinic is closed.{_told(told)}", _url(session_id), undo=undo)
    return asked("rota/clinic_board/close.html", form, page=page, **TAGS)


@clinic_board.post("/<uuid:session_id>/reopen")
@guarded(EDIT)
def reopen(session_id: uuid.UUID) -> ResponseReturnValue:
    """Hold a clinic after all."""
    reopen_clinic(current_actor(), session_id)
    return done("The clinic is held after all. Its seats are to be filled again.", _url(session_id))


@clinic_board.post("/<uuid:session_id>/last")
@guarded(EDIT)
def end(session_id: uuid.UUID) -> ResponseReturnValue:
    """Let a clinic be the last of its series."""
    told = end_series(current_actor(), session_id)
    undo = undo_by("clinic_board.resume", session_id=session_id) if not told else None
    return done(
        f"The series ends with this clinic; those after it are closed.{_told(told)}", _url(session_id), undo
    )


@clinic_board.post("/<uuid:session_id>/on")
@guarded(EDIT)
def resume(session_id: uuid.UUID) -> ResponseReturnValue:
    """Let a series go on that was ended."""
    held, lost = resume_series(current_actor(), session_id)
    said = f"The series goes on: {plural(held, 'clinic')} held again, with seats to be filled."
    if lost:
        said += f" {plural(lost, 'clinic')} could not be: the day is past, or its place is taken or closed."
    return done(said, _url(session_id))


@clinic_board.route("/<uuid:session_id>/move", methods=["GET", "POST"])
@guarded(EDIT)
def move(session_id: uuid.UUID) -> ResponseReturnValue:
    """Hold a clinic at another time or site."""
    page = _page_to_edit(session_id)
    now = {"site": page.clinic.site_id, "day": page.clinic.day, "kind": page.clinic.kind}
    form = MoveForm(_sites(current_actor()), data=now)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            told = move_clinic(current_actor(), session_id, form.place, form.why.data)
            return done(f"Moved to {full_date(form.day.data)}.{_told(told)}", _url(session_id))
    return asked("rota/clinic_board/move.html", form, page=page, **TAGS)


def card(actor: Actor) -> str:
    """Draw the card of the first page: clinics that are not safe, and what waits for whoever plans them."""
    at_risk, to_do = clinics_at_risk(actor), to_do_for(actor)
    if not at_risk and not to_do:
        return ""
    return render_template("rota/clinic_board/_card.html", at_risk=at_risk, to_do=to_do, **TAGS)


def _page_to_edit(session_id: uuid.UUID) -> ClinicPage:
    page = clinic_page_for(current_actor(), session_id)
    require(current_actor().may(EDIT))
    return page


def _sites(actor: Actor) -> list[tuple[uuid.UUID, str]]:
    return [(site.id, site.name) for site in sites_for(actor)]


def _url(session_id: uuid.UUID) -> str:
    return url_for("clinic_board.clinic", session_id=session_id)


def _told(people: list[str]) -> str:
    if not people:
        return ""
    return f" {listed(people)} {'is' if len(people) == 1 else 'are'} being told."


def _weeks(monday: date) -> list[tuple[str, str, bool]]:
    this = today() - timedelta(today().weekday())
    steps = [("Earlier", monday - timedelta(7)), ("This week", this), ("Later", monday + timedelta(7))]
    return [(word, url_for("clinic_board.show", week=day), day == monday) for word, day in steps]
