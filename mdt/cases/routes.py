"""The pages of cases: the lists, and finding one."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mdt.cases.commands import note_search
from mdt.cases.queries import CaseSeen, listed_for, search, search_without_case
from mdt.cases.wording import LISTS, WAITING, state_tag, urgency_tag, waited_said
from mdt.story.queries import banners_for
from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.database import today
from network.plumbing.rate_limits import SEARCHES

cases = Blueprint("cases", __name__, url_prefix="/cases")

ON_A_PAGE = 50


@cases.get("")
@guarded(Permission.SEE_CASES)
def index() -> ResponseReturnValue:
    """List the cases that the viewer may know of, by where they stand."""
    actor = current_actor()
    show = request.args.get("show", "open")
    show = show if show in LISTS else "open"
    found = listed_for(actor, show)
    pages = max(1, -(-len(found) // ON_A_PAGE))
    page = min(max(request.args.get("page", 1, type=int), 1), pages)
    turned = [
        url_for("cases.index", show=show, page=number) if 1 <= number <= pages else ""
        for number in (page - 1, page + 1)
    ]
    return _shown(
        "mdt/cases/index.html",
        found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE],
        lists=[
            (label, url_for("cases.index", show=name), name == show) for name, (label, _) in LISTS.items()
        ],
        count=len(found),
        title=LISTS[show][0],
        page=page,
        pages=pages,
        turned=turned,
        may_add=actor.may(Permission.BUILD_LISTS),
        may_refer=actor.may_somewhere(Permission.REFER_CASES),
        may_find=actor.may_somewhere(Permission.FIND_CASES),
        triages=show == "triage" and actor.may(Permission.BUILD_LISTS),
    )


@cases.post("/find")
@guarded(Permission.SEE_CASES)
@SEARCHES
def find() -> ResponseReturnValue:
    """Find cases by name, NHS number or reference; sent in the body, since addresses are kept by many."""
    words = request.form.get("words", "").strip()
    actor = current_actor()
    found = search(actor, words) if words else []
    others = search_without_case(actor, words) if words else []
    if words:
        people = {seen.access.patient.id for seen in found} | {patient.id for patient in others}
        note_search(actor, people, [seen.case.id for seen in found])
    return _shown("mdt/cases/find.html", found, words=words, triages=False, others=banners_for(others))


def _shown(template: str, found: list[CaseSeen], **shown: object) -> str:
    return render_template(
        template,
        found=found,
        people=banners_for([seen.access.patient for seen in found]),
        tag_of=state_tag,
        urgency_of=urgency_tag,
        waiting=WAITING,
        waited=waited_said,
        today=today(),
        may_break_glass=current_actor().may_somewhere(Permission.BREAK_GLASS),
        **shown,
    )
