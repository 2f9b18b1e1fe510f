"""The pages of places in clinics: one person's place and what else is offered, and the coordinator's list."""

import uuid

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mdt.bookings.queries import clinics_offered
from mdt.bookings.rules import CAN_BE_ASKED_AGAIN, HELD, OUTCOMES, BookingState, Turn
from mdt.bookings.wording import (
    booking_tag,
    clock_said,
    day_said,
    part_said,
    plan_said,
    standing_said,
    turn_said,
    unsuitable_said,
)
from mdt.cases.commands import note_case_opened
from mdt.cases.queries import get_case_for
from mdt.letters.rules import WAYS_OF_TELLING, Audience
from mdt.places import commands
from mdt.places.forms import BookForm, DueForm, GiveBackForm, WishesForm
from mdt.places.queries import (
    BookingSeen,
    arrival_of,
    bookings_for,
    ended_for,
    find_following,
    get_booking_for,
    offered_for,
)
from mdt.story.queries import banner_for, banners_for, statements_of
from network.access.guard import current_actor, guarded, require
from network.access.rules import Actor, Permission
from network.organisations.queries import sites_for
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.database import today
from network.plumbing.fields import refusals_shown_on, row_choices
from network.plumbing.refusals import Invalid

places = Blueprint("places", __name__, url_prefix="/clinic-places")

SEE, LISTS = Permission.SEE_CASES, Permission.BUILD_LISTS
ON_CARD = 5
# The others are a click away.
FIRST_OFFERED = 5


@places.get("")
@guarded(LISTS)
def index() -> ResponseReturnValue:
    """Show who has a place, who was told and who came: who has to be seen to comes first."""
    actor = current_actor()
    found, ended = _noticed(actor), ended_for(actor)
    return render_template(
        "mdt/places/index.html",
        turns=[(turn, [each for each in found if each.turn is turn]) for turn in Turn],
        found=found,
        ended=ended,
        banner_of=banners_for(each.access.patient for each in (*found, *ended)),
        **_shown(),
    )


@places.get("/<uuid:booking_id>")
@guarded(SEE)
def show(booking_id: uuid.UUID) -> ResponseReturnValue:
    """Show somebody's place: how it stands, whether they were told, and what else would suit them."""
    actor = current_actor()
    seen = get_booking_for(actor, booking_id)
    if seen.may_handle and not seen.is_noticed:
        commands.notice_changes(actor)
        seen = get_booking_for(actor, booking_id)
    note_case_opened(actor, seen.case.id)
    patient_id = seen.access.patient.id
    return render_template(
        "mdt/places/show.html",
        seen=seen,
        booking=seen.booking,
        case=seen.case,
        banner=banner_for(seen.access.patient),
        statements=statements_of(patient_id),
        sites={site.id: site.name for site in sites_for(actor)},
        offered=offered_for(seen) if seen.may_handle else [],
        first_offered=FIRST_OFFERED,
        following=find_following(seen.booking),
        unsuitable=unsuitable_said(seen.booking.unsuitable),
        is_over=seen.plan is not None and seen.plan.day <= today(),
        ways=WAYS_OF_TELLING[Audience.PERSON],
        shows_time=(shows_time := "time" in request.args),
        at=arrival_of(seen.booking) if shows_time else None,
        **_shown(),
    )


@places.post("/<uuid:booking_id>/take")
@guarded(LISTS)
def take(booking_id: uuid.UUID) -> ResponseReturnValue:
    """Take a place in one of the clinics that are offered."""
    session_id = request.form.get("session_id", type=uuid.UUID)
    if session_id is None:
        raise Invalid("Choose a place from the list.")
    commands.take_place(current_actor(), booking_id, session_id)
    return done("Planned. Tell the person when and where it is.", _page(booking_id))


@places.post("/<uuid:booking_id>/told")
@guarded(LISTS)
def told(booking_id: uuid.UUID) -> ResponseReturnValue:
    """Keep that the person was told how their place stands."""
    actor = current_actor()
    telling = get_booking_for(actor, booking_id).telling
    how = {way.value: way for way in WAYS_OF_TELLING[Audience.PERSON]}.get(request.form.get("how", ""))
    if telling is None or how is None:
        raise Invalid("Say how they were told: in person or by phone.")
    commands.tell_person(actor, booking_id, how)
    return done("Told.", _page(booking_id), undo_by("tellings.not_told", telling_id=telling.id))


@places.get("/<uuid:booking_id>/time")
@guarded(SEE)
def own_time(booking_id: uuid.UUID) -> ResponseReturnValue:
    """Show when somebody comes to their clinic, as the part of the page that says it: it takes a second."""
    booking = get_booking_for(current_actor(), booking_id).booking
    return render_template("mdt/places/_time.html", at=arrival_of(booking), booking=booking, **_shown())


@places.post("/<uuid:booking_id>/outcome")
@guarded(LISTS)
def note_outcome(booking_id: uuid.UUID) -> ResponseReturnValue:
    """Keep whether the person came."""
    outcome = {each.value: each for each in OUTCOMES}.get(request.form.get("outcome", ""))
    if outcome is None:
        raise Invalid("Say whether they came or not.")
    commands.note_outcome(current_actor(), booking_id, outcome)
    undo = undo_by("places.take_back_outcome", booking_id=booking_id)
    return done(f"{outcome.label}.", _after(booking_id), undo)


@places.post("/<uuid:booking_id>/outcome/take-back")
@guarded(LISTS)
def take_back_outcome(booking_id: uuid.UUID) -> ResponseReturnValue:
    """Take back what was noted of who came."""
    commands.take_back_outcome(current_actor(), booking_id)
    return done("Taken back.", _page(booking_id))


@places.post("/<uuid:booking_id>/ask")
@guarded(LISTS)
def ask(booking_id: uuid.UUID) -> ResponseReturnValue:
    """Ask for a place that could not be asked for before."""
    commands.ask_for_place(current_actor(), booking_id)
    return done("Asked for.", _page(booking_id))


@places.route("/cases/<uuid:case_id>", methods=["GET", "POST"])
@guarded(LISTS)
def book(case_id: uuid.UUID) -> ResponseReturnValue:
    """Ask for a place that follows from a signed decision and that nobody put down in the room."""
    actor = current_actor()
    seen = get_case_for(actor, case_id)
    form = BookForm()
    form.offer(today())
    form.clinic_type_id.choices = row_choices(
        ((each.id, each.name) for each in clinics_offered()), empty="Choose one"
    )
    if form.validate_on_submit():
        with refusals_shown_on(form):
            new_id = commands.book_later(actor, case_id, form.clinic_type_id.data, form.due_on.data)
            return done("Asked for.", _page(new_id))
    return asked("mdt/places/book.html", form, case=seen.case, banner=banner_for(seen.access.patient))


@places.route("/<uuid:booking_id>/again", methods=["GET", "POST"])
@guarded(LISTS)
def again(booking_id: uuid.UUID) -> ResponseReturnValue:
    """Ask for another place after one that came to nothing."""
    actor = current_actor()
    seen = _to_handle(actor, booking_id)
    form = DueForm()
    form.offer(today())
    if form.validate_on_submit():
        with refusals_shown_on(form):
            new_id = commands.ask_again(actor, booking_id, form.due_on.data)
            return done("Asked for another place.", _page(new_id))
    return _asked("again", form, seen)


@places.route("/<uuid:booking_id>/wishes", methods=["GET", "POST"])
@guarded(LISTS)
def change(booking_id: uuid.UUID) -> ResponseReturnValue:
    """Say what the person needs of a place, and when it does not suit them."""
    actor = current_actor()
    seen = _to_handle(actor, booking_id)
    form = WishesForm(obj=seen.booking)
    form.home_site_id.choices = row_choices(
        ((site.id, site.name) for site in sites_for(actor)), empty="Not known"
    )
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.change_wishes(actor, booking_id, form.wishes)
            return done("Kept.", _page(booking_id))
    return _asked("change", form, seen)


@places.route("/<uuid:booking_id>/give-back", methods=["GET", "POST"])
@guarded(LISTS)
def give_back(booking_id: uuid.UUID) -> ResponseReturnValue:
    """Give a place back that the person does not need or want."""
    actor = current_actor()
    seen = _to_handle(actor, booking_id)
    form = GiveBackForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.give_back(actor, booking_id, form.why.data)
            return done("Given back: somebody else can have it.", _page(booking_id))
    return _asked("give_back", form, seen)


def card(actor: Actor) -> str:
    """Draw the card of the Today page for a coordinator with somebody's place to see to."""
    waiting = {Turn.CLOSED, Turn.NOT_ASKED, Turn.NOT_HELD, Turn.LATE, Turn.TO_TELL, Turn.OUTCOME}
    found = [each for each in bookings_for(actor) if each.turn in waiting]
    if not found:
        return ""
    is_bad = found[0].turn <= Turn.LATE
    return render_template(
        "mdt/places/_card.html", found=found[:ON_CARD], number=len(found), is_bad=is_bad, turn_said=turn_said
    )


def _noticed(actor: Actor) -> list[BookingSeen]:
    """Return all that is under way, with what the rota has just made of it kept."""
    found = bookings_for(actor)
    if all(each.is_noticed for each in found):
        return found
    commands.notice_changes(actor)
    return bookings_for(actor)


def _to_handle(actor: Actor, booking_id: uuid.UUID) -> BookingSeen:
    seen = get_booking_for(actor, booking_id)
    require(seen.may_handle)
    return seen


def _asked(page: str, form: DueForm | WishesForm | GiveBackForm, seen: BookingSeen) -> ResponseReturnValue:
    banner = banner_for(seen.access.patient)
    return asked(f"mdt/places/{page}.html", form, seen=seen, case=seen.case, banner=banner, **_shown())


def _shown() -> dict[str, object]:
    return {
        "tag_of": booking_tag,
        "standing_said": standing_said,
        "plan_said": plan_said,
        "day_said": day_said,
        "part_said": part_said,
        "clock_said": clock_said,
        "states": BookingState,
        "held": HELD,
        "can_be_asked_again": CAN_BE_ASKED_AGAIN,
        "turn": Turn,
        "turn_said": turn_said,
        "outcomes": OUTCOMES,
        "today": today(),
    }


def _page(booking_id: uuid.UUID) -> str:
    return url_for("places.show", booking_id=booking_id)


def _after(booking_id: uuid.UUID) -> str:
    """Return where somebody came from: the list, or the place's own page."""
    return url_for("places.index") if request.form.get("then") == "list" else _page(booking_id)
