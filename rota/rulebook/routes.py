"""The rulebook pages: the rules in a manager's order, and one rule."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.answers import asked, done
from network.plumbing.fields import refusals_shown_on
from rota.rulebook import commands
from rota.rulebook.forms import answers_of, form_for
from rota.rulebook.queries import get_rule_for, rulebook_for
from rota.rulebook.wording import contracts_said, severity_tag, value_said

rulebook = Blueprint("rulebook", __name__, url_prefix="/rules")


@rulebook.get("")
@guarded(Permission.SEE_RULEBOOK)
def index() -> ResponseReturnValue:
    """List the rules."""
    chapters = rulebook_for(current_actor())
    waiting = sum(not seen.accepted_at for _, rules in chapters for seen in rules)
    return render_template(
        "rota/rulebook/index.html",
        chapters=chapters,
        waiting=waiting,
        may_edit=_may_edit(),
        tag_of=severity_tag,
        value_said=value_said,
        contracts_said=contracts_said,
    )


@rulebook.post("/accept")
@guarded(Permission.EDIT_RULEBOOK)
def accept() -> ResponseReturnValue:
    """Accept every rule that nobody has accepted yet."""
    accepted = commands.accept_rules(current_actor())
    return done(f"Rules accepted in your name: {accepted}.", url_for("rulebook.index"))


@rulebook.get("/<code>")
@guarded(Permission.SEE_RULEBOOK)
def show(code: str) -> ResponseReturnValue:
    """Show one rule to those who may read it."""
    return render_template(
        "rota/rulebook/show.html",
        seen=get_rule_for(current_actor(), code),
        may_edit=_may_edit(),
        tag_of=severity_tag,
        value_said=value_said,
        contracts_said=contracts_said,
    )


@rulebook.route("/<code>/change", methods=["GET", "POST"])
@guarded(Permission.EDIT_RULEBOOK)
def change(code: str) -> ResponseReturnValue:
    """Set a rule."""
    seen = get_rule_for(current_actor(), code)
    form = form_for(seen.rule)(data=answers_of(seen.rule, seen.edit, seen.row_version))
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.change_rule(current_actor(), code, form.edit, _version(form.row_version.data))
            return done(f"'{seen.rule.name}' is changed.", url_for("rulebook.show", code=code))
    said = {"value_said": value_said, "contracts_said": contracts_said}
    return asked("rota/rulebook/change.html", form, rule=seen.rule, edit=seen.edit, **said)


@rulebook.post("/<code>/reset")
@guarded(Permission.EDIT_RULEBOOK)
def reset(code: str) -> ResponseReturnValue:
    """Set a rule back to its default."""
    seen = get_rule_for(current_actor(), code)
    commands.reset_rule(current_actor(), code, seen.row_version)
    return done(f"'{seen.rule.name}' is back to its default.", url_for("rulebook.show", code=code))


def _may_edit() -> bool:
    return current_actor().may(Permission.EDIT_RULEBOOK)


def _version(text: str | int | None) -> int:
    # A version that is no number was made by nobody's browser: it matches nothing.
    number = str(text)
    return int(number) if number.isdecimal() and len(number) < 9 else -1
