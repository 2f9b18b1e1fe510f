"""The register of sharing, and what the network asks for before it shares."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from mdt.register.forms import ModeForm
from mdt.register.queries import figures_for, recorded_for, told_for
from mdt.sharing.commands import choose_sharing_mode
from mdt.sharing.queries import sharing_mode
from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.answers import asked, done, undo_by

register = Blueprint("register", __name__, url_prefix="/sharing/register")


@register.get("")
@guarded(Permission.SEE_SHARING)
def index() -> ResponseReturnValue:
    """Show on what basis people's stories are shared, and what was recorded lately."""
    return _shown(ModeForm(data={"mode": sharing_mode()}))


@register.post("")
@guarded(Permission.EDIT_SHARING)
def choose() -> ResponseReturnValue:
    """Choose what the network asks for."""
    form, before = ModeForm(), sharing_mode()
    if not form.validate_on_submit():
        return _shown(form)
    choose_sharing_mode(current_actor(), form.mode.data)
    sentence = f"From now on: {form.mode.data.label.lower()}."
    return done(sentence, url_for("register.index"), undo_by("register.choose", ("mode", before.value)))


def _shown(form: ModeForm) -> tuple[str, int]:
    actor, shows_told = current_actor(), request.args.get("show") == "told"
    return asked(
        "mdt/register/index.html",
        form,
        figures=figures_for(actor),
        entries=told_for(actor) if shows_told else recorded_for(actor),
        shows_told=shows_told,
        may_choose=actor.may(Permission.EDIT_SHARING),
        mode=sharing_mode(),
    )
