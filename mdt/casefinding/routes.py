"""The pages of case finding: the queue, one person whom lists found, the rule, and the list to take out."""

import uuid

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mdt.casefinding.commands import note_findings_taken_out, set_rule
from mdt.casefinding.exported.queries import Exported, exported_for, headings
from mdt.casefinding.forms import BeginForm, LaterForm, NoForm, TakeOutForm, counting, rule_form
from mdt.casefinding.queries import because_of, placed_for, rule_now, rule_row, shown_for, trial_for
from mdt.casefinding.rules import is_looked_at, wrong_with_rule
from mdt.casefinding.wording import TABS, criterion_said
from mdt.findings import commands
from mdt.findings.queries import Found, columns, events_of, get_finding_for, opened
from mdt.findings.wording import LEGAL_BASIS, TONES, facts_told
from network.access.guard import current_actor, guarded, require
from network.access.rules import Actor, Permission
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.comma_separated import write_comma_separated
from network.plumbing.database import today
from network.plumbing.fields import refusals_shown_on
from network.plumbing.rate_limits import EXPORTS
from network.plumbing.shown import note_shown

casefinding = Blueprint("casefinding", __name__, url_prefix="/case-finding")

ON_A_PAGE = 50
# Three forms stand on one page: no two of their questions have the same name.
BEGIN, LATER, NO = "begin-", "later-", "no-"


@casefinding.get("")
@guarded(Permission.FIND_CASES)
def index() -> ResponseReturnValue:
    """Show who is in the queue and why, or those of another tab."""
    actor = current_actor()
    show = request.args.get("show", "queue")
    show = show if show in TABS else "queue"
    placed = shown_for(actor, show)
    pages = max(1, -(-len(placed) // ON_A_PAGE))
    page = min(max(request.args.get("page", 1, type=int), 1), pages)
    here = placed[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    found = opened(actor, [each.finding for each in here])
    if found:
        _note(actor, found)
    return render_template(
        "mdt/casefinding/index.html",
        lines=list(zip(here, found, strict=True)),
        count=len(placed),
        show=show,
        tabs=[(label, url_for("casefinding.index", show=name), name == show) for name, label in TABS.items()],
        page=page,
        pages=pages,
        turned=[
            url_for("casefinding.index", show=show, page=number) if 1 <= number <= pages else ""
            for number in (page - 1, page + 1)
        ],
        rule=rule_now(),
        said=[criterion_said(each, columns()) for each in rule_now().criteria],
        tones=TONES,
        basis=LEGAL_BASIS,
        sets_rule=actor.may(Permission.FIND_CASES),
    )


@casefinding.get("/<uuid:finding_id>")
@guarded(Permission.FIND_CASES)
def show(finding_id: uuid.UUID) -> ResponseReturnValue:
    """Show what lists say of somebody, and what may become of it."""
    actor = current_actor()
    get_finding_for(actor, finding_id)
    commands.note_finding_opened(actor, finding_id)
    return _shown(actor, finding_id)


@casefinding.post("/<uuid:finding_id>/refer")
@guarded(Permission.FIND_CASES)
def refer(finding_id: uuid.UUID) -> ResponseReturnValue:
    """Begin a referral: a draft with what is known, which its writer sends or throws away."""
    actor, form = current_actor(), BeginForm(prefix=BEGIN)
    found = get_finding_for(actor, finding_id)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            draft_id = commands.begin_referral(actor, finding_id, form.who, because_of(found).because)
            return redirect(url_for("drafts.go_on", case_id=draft_id), 303)
    return _shown(actor, finding_id, begin=form), 422


@casefinding.post("/<uuid:finding_id>/later")
@guarded(Permission.FIND_CASES)
def later(finding_id: uuid.UUID) -> ResponseReturnValue:
    """Look at somebody later."""
    actor, form = current_actor(), LaterForm(prefix=LATER)
    get_finding_for(actor, finding_id)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.put_off(actor, finding_id, form.until.data, form.why.data)
            return _back("They come back to the queue on that day.", finding_id)
    return _shown(actor, finding_id, later=form), 422


@casefinding.post("/<uuid:finding_id>/no")
@guarded(Permission.FIND_CASES)
def no(finding_id: uuid.UUID) -> ResponseReturnValue:
    """Leave somebody alone."""
    actor, form = current_actor(), NoForm(prefix=NO)
    get_finding_for(actor, finding_id)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.say_no(actor, finding_id, form.reason.data)
            return _back("They are not looked for any more.", finding_id)
    return _shown(actor, finding_id, no=form), 422


@casefinding.post("/<uuid:finding_id>/again")
@guarded(Permission.FIND_CASES)
def again(finding_id: uuid.UUID) -> ResponseReturnValue:
    """Bring somebody back who was put off or left alone."""
    commands.look_again(current_actor(), finding_id)
    return done("Back among those to look at.", url_for("casefinding.show", finding_id=finding_id))


@casefinding.route("/rule", methods=["GET", "POST"])
@guarded(Permission.BUILD_LISTS)
def rule() -> ResponseReturnValue:
    """Show the rule of the network; try another, then set it."""
    actor = current_actor()
    require(actor.may(Permission.FIND_CASES))
    form, trial = rule_form(columns(), rule_now()), None
    if form.validate_on_submit():
        wanted = form.rule_of(columns())
        if wrong := wrong_with_rule(wanted, columns()):
            form.form_errors.append(wrong)
        elif "try" in request.form:
            trial = trial_for(actor, wanted)
            _note(actor, [*trial.comes_in, *trial.falls_out])
        else:
            with refusals_shown_on(form):
                set_rule(actor, wanted)
                return done("The rule holds from now on.", url_for("casefinding.index"))
    page = render_template(
        "mdt/casefinding/rule.html",
        form=form,
        counting=counting(columns()),
        trial=trial,
        row=rule_row(),
    )
    return page, 422 if form.is_submitted() and trial is None else 200


@casefinding.route("/take-out", methods=["GET", "POST"])
@guarded(Permission.FIND_CASES)
@EXPORTS
def take_out() -> ResponseReturnValue:
    """Give the list of those looked for as a table, for their own care."""
    actor, form = current_actor(), TakeOutForm()
    exported = exported_for(actor)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            people = {p for each in exported.found if (p := each.finding.patient_id)}
            note_findings_taken_out(
                actor,
                [each.finding.id for each in exported.found],
                people,
                reason=form.reason.data,
                is_direct_care=form.is_direct_care.data,
            )
            note_shown(people)
            return _file(exported)
    return asked("mdt/casefinding/take_out.html", form, count=len(exported.found), basis=LEGAL_BASIS)


def card(actor: Actor) -> str:
    """Draw the card of the first page: how many wait to be looked at."""
    if not actor.may_somewhere(Permission.FIND_CASES):
        return ""
    queue, _ = placed_for(actor)
    return render_template("mdt/casefinding/_card.html", count=len(queue)) if queue else ""


def _note(actor: Actor, found: list[Found]) -> None:
    people = {p for each in found if (p := each.finding.patient_id)}
    commands.note_findings_shown(actor, [each.finding.id for each in found], people)


def _back(sentence: str, finding_id: uuid.UUID) -> ResponseReturnValue:
    return done(sentence, url_for("casefinding.index"), undo_by("casefinding.again", finding_id=finding_id))


def _shown(
    actor: Actor,
    finding_id: uuid.UUID,
    begin: BeginForm | None = None,
    later: LaterForm | None = None,
    no: NoForm | None = None,
) -> str:
    found = get_finding_for(actor, finding_id)
    placed = because_of(found)
    return render_template(
        "mdt/casefinding/show.html",
        found=found,
        placed=placed,
        is_in=is_looked_at(rule_now(), placed.weighed),
        needs=rule_now().needs,
        facts=facts_told(found.facts, columns(), today()),
        events=[(each.at, f"{each.said} ({each.by})") for each in events_of(finding_id)],
        tone=TONES[found.finding.state],
        begin=begin or BeginForm(formdata=None, prefix=BEGIN, data=vars(found.who)),
        later=later or LaterForm(formdata=None, prefix=LATER),
        no=no or NoForm(formdata=None, prefix=NO),
        sent=begin or later or no,
    )


def _file(exported: Exported) -> Response:
    content = write_comma_separated(headings(), exported.rows)
    headers = {"Content-Disposition": "attachment; filename=case-finding.csv", "Cache-Control": "no-store"}
    return Response(content, mimetype="text/csv", headers=headers)
