"""The pages of letters: one text to check and to give, and the paper it is printed on."""

import uuid

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mdt.letters import commands
from mdt.letters.forms import GiveForm, HoldForm, WordsForm
from mdt.letters.queries import (
    get_letter_for,
    left_out_of,
    letter_head,
    organisation_letters,
    outdated_of,
)
from mdt.letters.rules import LONGEST, WAYS_TO_GIVE, Audience, LetterState, Way
from mdt.letters.wording import letter_tag, title_of
from mdt.story.queries import banner_for
from mdt.texts.queries import LARGE, concerns_of, name_of, topics_of
from mdt.texts.rules import blocks_of, topics_in
from network.access.guard import current_actor, guarded, require
from network.access.rules import Permission
from network.organisations.queries import get_organisation_for
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.database import today
from network.plumbing.fields import refusals_shown_on
from network.plumbing.refusals import Invalid, NotFound, Refusal

letters = Blueprint("letters", __name__, url_prefix="/letters")

SEE = Permission.SEE_CASES


@letters.get("/<uuid:letter_id>")
@guarded(SEE)
def show(letter_id: uuid.UUID) -> ResponseReturnValue:
    """Show a text, what to look at before it goes, and the way to give it."""
    return _show(letter_id, GiveForm())


@letters.get("/<uuid:letter_id>/paper")
@guarded(SEE)
def paper(letter_id: uuid.UUID) -> ResponseReturnValue:
    """Show a text as it is printed."""
    actor = current_actor()
    seen = get_letter_for(actor, letter_id)
    if seen.stopped:
        raise NotFound
    if seen.letter.state is LetterState.HELD:
        raise Refusal("This letter is held back: it is not safe to send, so it is not printed.")
    commands.note_letter_opened(actor, letter_id, is_printed=True)
    return render_template("mdt/letters/paper.html", seen=seen, **_paper(seen.letter.words))


@letters.post("/<uuid:letter_id>/give")
@guarded(SEE)
def give(letter_id: uuid.UUID) -> ResponseReturnValue:
    """Keep that a text was given; one that is not safe leads on to holding it back."""
    actor = current_actor()
    letter = get_letter_for(actor, letter_id).letter
    if letter.audience is not Audience.PERSON:
        how = _way(WAYS_TO_GIVE[letter.audience])
        commands.give_letter(actor, letter_id, how, seen=request.form.get("seen", type=int))
        return _given(letter_id, how)
    form = GiveForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            is_safe = form.is_safe.data == "yes"
            commands.give_letter(actor, letter_id, form.how.data, seen=form.seen.data, is_safe=is_safe)
            return _given(letter_id, form.how.data)
    return _show(letter_id, form)


@letters.route("/<uuid:letter_id>/hold", methods=["GET", "POST"])
@guarded(SEE)
def hold(letter_id: uuid.UUID) -> ResponseReturnValue:
    """Hold a letter back that is not safe to send."""
    actor = current_actor()
    seen = get_letter_for(actor, letter_id)
    require(seen.may_handle)
    form = HoldForm(seen=seen.letter.row_version)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.hold_letter(actor, letter_id, form.reason.data, seen=form.seen.data)
            undo = undo_by("letters.again", letter_id=letter_id)
            return done("Held back. Tell the person in another way.", _page(letter_id), undo)
    return asked("mdt/letters/hold.html", form, seen=seen, banner=banner_for(seen.access.patient))


@letters.post("/<uuid:letter_id>/again")
@guarded(SEE)
def again(letter_id: uuid.UUID) -> ResponseReturnValue:
    """Take back that a text was given or held."""
    commands.check_again(current_actor(), letter_id)
    return done("It waits to be checked again.", _page(letter_id))


@letters.route("/<uuid:letter_id>/change", methods=["GET", "POST"])
@guarded(SEE)
def change(letter_id: uuid.UUID) -> ResponseReturnValue:
    """Put other words in a text."""
    actor = current_actor()
    seen = get_letter_for(actor, letter_id)
    require(seen.may_handle)
    form = WordsForm(words=seen.letter.words, seen=seen.letter.row_version)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.change_letter(actor, letter_id, form.words.data or "", seen=form.seen.data)
            return done("The words are changed.", _page(letter_id))
    return asked(
        "mdt/letters/change.html",
        form,
        seen=seen,
        banner=banner_for(seen.access.patient),
        longest=LONGEST[seen.letter.audience],
        title_of=title_of,
    )


@letters.get("/meetings/<uuid:meeting_id>/organisations/<uuid:organisation_id>")
@guarded(SEE)
def organisation(meeting_id: uuid.UUID, organisation_id: uuid.UUID) -> ResponseReturnValue:
    """Show all that one organisation has to do after a meeting, to read and to print."""
    actor = current_actor()
    found = [each for each in organisation_letters(actor, meeting_id, organisation_id) if not each.stopped]
    if not found:
        raise NotFound
    for each in found:
        commands.note_letter_opened(actor, each.letter.id, is_printed=True)
    return render_template(
        "mdt/letters/organisation.html",
        found=found,
        organisation=get_organisation_for(actor, organisation_id),
        blocks_of=blocks_of,
        today=today(),
    )


def _show(letter_id: uuid.UUID, form: GiveForm) -> ResponseReturnValue:
    actor = current_actor()
    commands.note_letter_opened(actor, letter_id)
    seen = get_letter_for(actor, letter_id)
    letter, patient = seen.letter, seen.access.patient
    form.show_version(letter.row_version)
    for_person = letter.audience is Audience.PERSON
    passed, bare = outdated_of(letter)
    return asked(
        "mdt/letters/show.html" if for_person else "mdt/letters/text.html",
        form,
        seen=seen,
        banner=banner_for(patient),
        concerns=concerns_of(patient, letter.words),
        left_out=left_out_of(letter),
        passed=passed,
        bare=bare,
        topics=[] if for_person else topics_in(letter.words, topics_of(patient.id)),
        longest=LONGEST[letter.audience],
        tag_of=letter_tag,
        **_paper(letter.words),
    )


def _paper(words: str) -> dict[str, object]:
    return {
        "blocks": blocks_of(words),
        "head": letter_head(),
        "large": LARGE,
        "name_of": name_of,
        "today": today(),
        "title_of": title_of,
    }


def _given(letter_id: uuid.UUID, how: Way) -> ResponseReturnValue:
    said = f"Given {how.label[0].lower()}{how.label[1:]}."
    if how is Way.COPIED:
        said = "Copied into the record."
    return done(said, url_for("tellings.index"), undo_by("letters.again", letter_id=letter_id))


def _way(ways: tuple[Way, ...]) -> Way:
    sent = request.form.get("how", ways[0].value)
    found = next((way for way in ways if way.value == sent), None)
    if found is None:
        raise Invalid("Choose how it was given from the list.")
    return found


def _page(letter_id: uuid.UUID) -> str:
    return url_for("letters.show", letter_id=letter_id)
