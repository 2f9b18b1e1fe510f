"""The pages of evidence: an index with the first figure of each question, one page for each, and files."""

from itertools import groupby

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from mdt.evidence import wording
from mdt.evidence.commands import export_evidence
from mdt.evidence.queries import answer_for, answers_for
from mdt.evidence.rules import QUESTIONS
from mdt.periods.queries import get_period
from mdt.periods.rules import periods_until
from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.database import today
from network.plumbing.rate_limits import EXPORTS

evidence = Blueprint("evidence", __name__, url_prefix="/evidence")

SEE = Permission.SEE_EVIDENCE


@evidence.get("")
@guarded(SEE)
def index() -> ResponseReturnValue:
    """Show the first figure of each question for a period."""
    actor, period = current_actor(), get_period(request.args.get("period", ""))
    answers = answers_for(actor, period)
    return render_template(
        "mdt/evidence/index.html",
        answers=answers,
        parts=[(about, list(found)) for about, found in groupby(answers, lambda each: each.question.about)],
        sees_all=actor.organisations_for(SEE) is None,
        sees_effort=actor.may_somewhere(Permission.SEE_EFFORT),
        **_shown(period),
    )


@evidence.get("/<name>")
@guarded(SEE)
def show(name: str) -> ResponseReturnValue:
    """Answer one question for a period."""
    actor, period = current_actor(), get_period(request.args.get("period", ""))
    return render_template(
        "mdt/evidence/show.html",
        answer=answer_for(actor, name, period),
        questions=QUESTIONS,
        sees_all=actor.organisations_for(SEE) is None,
        **_shown(period),
    )


@evidence.post("/file")
@guarded(SEE)
@EXPORTS
def download() -> ResponseReturnValue:
    """Give the numbers of one question, or of all, as a file."""
    chosen, name = request.form.get("period", ""), request.form.get("name", "")
    text = export_evidence(current_actor(), chosen, name)
    headers = {"Content-Disposition": f"attachment; filename=evidence-{chosen or 'now'}.csv"}
    return Response(text, mimetype="text/csv", headers=headers | {"Cache-Control": "no-store"})


def _shown(period: object) -> dict[str, object]:
    return {"period": period, "periods": periods_until(today()), "today": today(), "words": wording}
