"""Which prompts a network uses: what each asks, its source and its numbers, tried before they are saved."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from mdt.prompts import commands
from mdt.prompts.forms import ChoiceForm, form_of
from mdt.prompts.queries import choices, find_setting, rule_of, rules, would_fire
from mdt.prompts.rules import RuleChoice
from mdt.prompts.wording import numbers_said, strength_tag
from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.answers import asked, done
from network.plumbing.fields import refusals_shown_on
from network.plumbing.shown import note_shown

prompts = Blueprint("prompts", __name__, url_prefix="/prompts")


@prompts.get("")
@guarded(Permission.CONTRIBUTE)
def index() -> ResponseReturnValue:
    """List the prompts, in the order of their codes."""
    chosen = choices()
    ordered = sorted(rules(), key=lambda rule: rule.code)
    listed = [(rule, chosen.get(rule.code, RuleChoice())) for rule in ordered]
    return render_template(
        "mdt/prompts/index.html", listed=listed, numbers_said=numbers_said, tag_of=strength_tag
    )


@prompts.route("/<code>", methods=["GET", "POST"])
@guarded(Permission.CONTRIBUTE)
def show(code: str) -> ResponseReturnValue:
    """Show one prompt, and how the network uses it."""
    actor, form = current_actor(), _form(code)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            chosen = form.choice
            commands.choose_prompt(
                actor, code, is_on=chosen.is_on, thresholds=chosen.thresholds, seen=form.version
            )
            return done("Saved. It holds from now on.", url_for("prompts.index"))
    return asked("mdt/prompts/show.html", form, tried=None, **_shown(code))


@prompts.post("/<code>/try")
@guarded(Permission.BUILD_LISTS)
def attempt(code: str) -> ResponseReturnValue:
    """Try other numbers on the open cases of today; nothing is saved."""
    actor, form = current_actor(), _form(code)
    if form.validate():
        with refusals_shown_on(form):
            found = would_fire(actor, code, form.choice)
            note_shown(seen.access.patient.id for seen, _ in found)
            return render_template("mdt/prompts/show.html", form=form, tried=found, **_shown(code))
    return asked("mdt/prompts/show.html", form, tried=None, **_shown(code))


def _form(code: str) -> ChoiceForm:
    form, setting = form_of(rule_of(code))(), find_setting(code)
    if not form.is_submitted():
        form.fill(choices().get(code, RuleChoice()), setting.row_version if setting else 0)
    return form


def _shown(code: str) -> dict[str, object]:
    return {
        "rule": rule_of(code),
        "chosen": choices().get(code, RuleChoice()),
        "setting": find_setting(code),
        "may_set": current_actor().may(Permission.BUILD_LISTS),
        "tag_of": strength_tag,
        "numbers_said": numbers_said,
    }
