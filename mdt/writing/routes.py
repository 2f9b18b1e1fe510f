"""Who writes to people, and writing a text again from what is recorded now."""

import uuid

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from mdt.letters.queries import letter_head
from mdt.writing import commands
from mdt.writing.forms import HeadForm
from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.answers import asked, done
from network.plumbing.fields import refusals_shown_on

writing = Blueprint("writing", __name__, url_prefix="/letters")


@writing.route("/head", methods=["GET", "POST"])
@guarded(Permission.BUILD_LISTS)
def head() -> ResponseReturnValue:
    """Say who writes to people, and whom they may ring."""
    form = HeadForm(obj=letter_head())
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.change_letter_head(
                current_actor(),
                team=form.team.data,
                address=form.address.data,
                phone=form.phone.data,
                hours=form.hours.data,
            )
            return done("Letters say so from now on.", url_for("tellings.index"))
    return asked("mdt/writing/head.html", form)


@writing.post("/<uuid:letter_id>/rewrite")
@guarded(Permission.SEE_CASES)
def rewrite(letter_id: uuid.UUID) -> ResponseReturnValue:
    """Write a text again from what is recorded now."""
    commands.rewrite_letter(current_actor(), letter_id)
    return done("Written again.", url_for("letters.show", letter_id=letter_id))
