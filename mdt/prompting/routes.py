"""The prompts of one case: why each is there, and what may become of it."""

import uuid

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from mdt.actions.forms import NewActionForm
from mdt.actions.queries import may_be_asked
from mdt.agenda.forms import ChooseForm
from mdt.agenda.queries import meetings_to_choose
from mdt.asking.commands import may_ask
from mdt.cases.commands import note_case_opened
from mdt.cases.queries import CaseSeen, get_case_for
from mdt.meetings.wording import when_said
from mdt.prompting import commands
from mdt.prompting.forms import AskForm, DismissForm
from mdt.prompting.queries import get_prompt_for, may_answer
from mdt.prompts.queries import answers_seen, open_prompts
from mdt.story.queries import banner_for
from network.access.guard import current_actor, guarded, require
from network.access.rules import Permission
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.fields import refusals_shown_on, row_choices

prompting = Blueprint("prompting", __name__, url_prefix="/cases")

ANSWER = Permission.CONTRIBUTE


@prompting.get("/<uuid:case_id>/prompts")
@guarded(Permission.SEE_CASES)
def of_case(case_id: uuid.UUID) -> ResponseReturnValue:
    """Show the prompts that are open for a case, and what became of earlier ones."""
    actor = current_actor()
    seen = get_case_for(actor, case_id)
    note_case_opened(actor, case_id)
    return render_template(
        "mdt/prompting/of_case.html",
        prompts=open_prompts(actor, seen.case),
        answers=answers_seen(seen),
        is_clinical=seen.access.standing.is_clinical,
        may_answer=may_answer(actor, seen),
        may_ask=may_ask(actor),
        may_list=actor.may(Permission.BUILD_LISTS),
        may_note=actor.may_somewhere(ANSWER),
        **_shown(seen),
    )


@prompting.route("/<uuid:case_id>/prompts/<code>/ask", methods=["GET", "POST"])
@guarded(ANSWER)
def ask(case_id: uuid.UUID, code: str) -> ResponseReturnValue:
    """Ask the disciplines that a prompt names."""
    actor = current_actor()
    seen, prompt = get_prompt_for(actor, case_id, code)
    require(may_ask(actor))
    form = AskForm()
    form.offer(prompt.disciplines)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            answer = commands.ask_by_prompt(
                actor, case_id, code, form.disciplines.data or (), form.due_on.data
            )
            left = [f"Not asked: {each}" for each in answer.not_asked]
            return done(" ".join([f"Asked: {'; '.join(answer.asked)}.", *left]), _page_of(case_id))
    return asked("mdt/prompting/ask.html", form, prompt=prompt, **_shown(seen))


@prompting.route("/<uuid:case_id>/prompts/<code>/act", methods=["GET", "POST"])
@guarded(Permission.ACT)
def act(case_id: uuid.UUID, code: str) -> ResponseReturnValue:
    """Have something done about a prompt: drafted, for whoever takes it up to change."""
    actor = current_actor()
    seen, prompt = get_prompt_for(actor, case_id, code)
    form = NewActionForm()
    form.offer(may_be_asked(actor, case_id))
    if not form.is_submitted():
        form.words.data = prompt.action
    elif form.validate():
        with refusals_shown_on(form):
            commands.act_on_prompt(actor, case_id, code, form.words.data, form.due_on.data, **form.owner)
            return done("The action is kept.", _page_of(case_id))
    return asked("mdt/prompting/act.html", form, prompt=prompt, **_shown(seen))


@prompting.route("/<uuid:case_id>/prompts/<code>/list", methods=["GET", "POST"])
@guarded(Permission.BUILD_LISTS)
def bring(case_id: uuid.UUID, code: str) -> ResponseReturnValue:
    """Bring a case to a meeting because of a prompt."""
    actor = current_actor()
    seen, prompt = get_prompt_for(actor, case_id, code)
    found = meetings_to_choose(actor)
    form = ChooseForm()
    offered = ((each.id, f"{each.name}, {when_said(each.starts_at)}") for each in found)
    form.meeting_id.choices = row_choices(offered)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.list_by_prompt(actor, case_id, code, form.meeting_id.data, form.reason.data or "")
            return done(f"{seen.case.ref} is on the list.", _page_of(case_id))
    return asked("mdt/prompting/bring.html", form, prompt=prompt, meetings=found, **_shown(seen))


@prompting.route("/<uuid:case_id>/prompts/<code>/dismiss", methods=["GET", "POST"])
@guarded(ANSWER)
def dismiss(case_id: uuid.UUID, code: str) -> ResponseReturnValue:
    """Put a prompt aside, with a reason."""
    actor = current_actor()
    seen, prompt = get_prompt_for(actor, case_id, code)
    form = DismissForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            answer_id = commands.dismiss_prompt(actor, case_id, code, form.reason.data, form.words.data or "")
            undo = undo_by("prompting.take_back", answer_id=answer_id)
            return done("Put aside for 90 days.", _page_of(case_id), undo)
    return asked("mdt/prompting/dismiss.html", form, prompt=prompt, **_shown(seen))


@prompting.post("/prompts/<uuid:answer_id>/take-back")
@guarded(ANSWER)
def take_back(answer_id: uuid.UUID) -> ResponseReturnValue:
    """Take back what was made of a prompt."""
    case_id = commands.take_back_prompt_answer(current_actor(), answer_id)
    return done("Taken back. What was asked or agreed meanwhile stays.", _page_of(case_id))


def _shown(seen: CaseSeen) -> dict[str, object]:
    return {"case": seen.case, "banner": banner_for(seen.access.patient)}


def _page_of(case_id: uuid.UUID) -> str:
    return url_for("prompting.of_case", case_id=case_id)
