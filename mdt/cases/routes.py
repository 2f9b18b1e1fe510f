"""The pages of cases: the lists, finding one, and a case with all that is known."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mdt.cases.queries import cases_for, search
from mdt.cases.rules import OPEN
from mdt.cases.wording import LISTS, state_tag
from mdt.story.queries import banner_for
from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.database import today

cases = Blueprint("cases", __name__, url_prefix="/cases")


@cases.get("")
@guarded(Permission.SEE_CASES)
def index() -> ResponseReturnValue:
    """List the cases that the viewer may know of, by where they stand."""
    actor = current_actor()
    show = request.args.get("show", "open")
    states = LISTS[show][1] if show in LISTS else OPEN
    return render_template(
        "mdt/cases/index.html",
        found=cases_for(actor, states),
        lists=[
            (label, url_for("cases.index", show=name), name == show) for name, (label, _) in LISTS.items()
        ],
        tag_of=state_tag,
        banner_for=banner_for,
        may_refer=actor.may_somewhere(Permission.REFER_CASES),
        today=today(),
    )


@cases.post("/find")
@guarded(Permission.SEE_CASES)
def find() -> ResponseReturnValue:
    """Find cases by name, NHS number or reference; sent in the body, since addresses are kept by many."""
    words = request.form.get("words", "").strip()
    return render_template(
        "mdt/cases/find.html",
        words=words,
        found=search(current_actor(), words) if words else [],
        tag_of=state_tag,
        banner_for=banner_for,
    )
