"""The pages of programmes that come with the product: begin with one, and look at a later version of it."""

import uuid

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Actor, Permission
from network.plumbing.answers import asked, done
from network.plumbing.fields import refusals_shown_on
from rota.programme_packs.commands import take_differences, use_pack
from rota.programme_packs.forms import DifferencesForm
from rota.programme_packs.queries import differences_with, get_pack, programmes_behind, unused_packs
from rota.programme_packs.wording import difference_said, pack_said
from rota.programmes.queries import get_programme_for, requirements_of

programme_packs = Blueprint("programme_packs", __name__, url_prefix="/training/programmes")


@programme_packs.get("/known")
@guarded(Permission.EDIT_ROTATIONS)
def index() -> ResponseReturnValue:
    """Offer the programmes that the network has not got yet."""
    packs = unused_packs(current_actor())
    return render_template("rota/programme_packs/index.html", packs=packs, said=pack_said)


@programme_packs.post("/known/<pack>")
@guarded(Permission.EDIT_ROTATIONS)
def use(pack: str) -> ResponseReturnValue:
    """Begin with one of them."""
    made = use_pack(current_actor(), pack)
    said = f"{get_pack(pack).design.name} is added. Look at what is marked as local, and agree it."
    return done(said, url_for("programmes.show", programme_id=made))


@programme_packs.route("/<uuid:programme_id>/compare", methods=["GET", "POST"])
@guarded(Permission.EDIT_ROTATIONS)
def compare(programme_id: uuid.UUID) -> ResponseReturnValue:
    """Show what the product's version of a programme says otherwise, and take what is wanted of it."""
    row = get_programme_for(current_actor(), programme_id)
    pack, found = get_pack(row.pack_key), differences_with(row)
    names = {each.key: each.name for each in (*pack.requirements, *requirements_of(row))}
    form = DifferencesForm([each.key for each in found], data={"version": pack.version})
    page = url_for("programmes.show", programme_id=programme_id)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            taken = take_differences(
                current_actor(), programme_id, form.taken.data or [], form.version.data or 0
            )
            nothing = "Nothing is taken: all stays as you have it."
            return done(f"{taken} of {len(found)} taken." if taken else nothing, page)
    return asked(
        "rota/programme_packs/compare.html",
        form,
        programme=row,
        pack=pack,
        found=[(each.key, *difference_said(each, names)) for each in found],
    )


def card(actor: Actor) -> str:
    """Draw the card of the Today page: of which programmes a later version is known."""
    rows = programmes_behind(actor)
    return render_template("rota/programme_packs/_card.html", rows=rows) if rows else ""
