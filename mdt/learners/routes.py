"""The pages of learners: letting somebody in to one case, ending it, and the cases one learns from."""

import uuid

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from mdt.cases.queries import get_case_for
from mdt.cases.rules import OPEN
from mdt.learners.commands import end_learning, let_learner_in
from mdt.learners.forms import LetInForm
from mdt.learners.queries import learners_for, learns_from, may_let_in, only_learns, visits_of
from mdt.story.queries import banner_for, banners_for
from network.access.guard import current_actor, guarded
from network.access.rules import Actor, Permission
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.fields import refusals_shown_on, row_choices

learners = Blueprint("learners", __name__)


@learners.route("/cases/<uuid:case_id>/learners", methods=["GET", "POST"])
@guarded(Permission.CONTRIBUTE)
def of_case(case_id: uuid.UUID) -> ResponseReturnValue:
    """Show who learns on a case, and let a coordinator or a chair let somebody in."""
    actor = current_actor()
    seen = get_case_for(actor, case_id)
    form = LetInForm()
    offered = learners_for(actor)
    form.account_id.choices = row_choices(
        {one.account_id: f"{one.name}, {one.organisation}" for one in offered}.items(), empty="Choose one"
    )
    if form.validate_on_submit():
        with refusals_shown_on(form):
            visit_id = let_learner_in(
                actor, case_id, form.account_id.data, form.starts_on.data, form.ends_on.data, form.told
            )
            undo = undo_by("learners.end", visit_id=visit_id)
            return done("Let in to learn; told by email, with the reference only.", _page(case_id), undo)
    return asked(
        "mdt/learners/of_case.html",
        form,
        case=seen.case,
        banner=banner_for(seen.access.patient),
        visits=visits_of(case_id),
        offered=offered,
        may_let_in=may_let_in(actor, case_id) and seen.case.state in OPEN,
        may_end=may_let_in(actor, case_id),
    )


@learners.post("/learners/<uuid:visit_id>/end")
@guarded(Permission.SEE_CASES)
def end(visit_id: uuid.UUID) -> ResponseReturnValue:
    """End what a learner may see, at once."""
    actor = current_actor()
    case_id = end_learning(actor, visit_id)
    return done(
        "Ended: they see this case no longer.",
        url_for("learners.mine") if only_learns(actor) else _page(case_id),
    )


@learners.get("/learning")
@guarded(Permission.SEE_CASES)
def mine() -> ResponseReturnValue:
    """List the cases that somebody learns from."""
    found = learns_from(current_actor())
    people = banners_for([each.seen.access.patient for each in found])
    return render_template("mdt/learners/mine.html", found=found, people=people)


def card(actor: Actor) -> str:
    """Draw the card of the first page for somebody who learns."""
    return render_template("mdt/learners/_card.html", found=learns_from(actor)) if only_learns(actor) else ""


def _page(case_id: uuid.UUID) -> str:
    return url_for("learners.of_case", case_id=case_id)
