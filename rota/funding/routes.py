"""The pages of agreed shares."""

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.answers import asked, done
from network.plumbing.database import today
from network.plumbing.fields import refusals_shown_on
from network.vocabulary import RoleGroup
from rota.funding import commands
from rota.funding.forms import shares_form
from rota.funding.queries import group_shares_for, history_for, shares_of_group, sharing_for
from rota.funding.wording import agreement_said

funding = Blueprint("funding", __name__, url_prefix="/funding/shares")


@funding.get("")
@guarded(Permission.SEE_COUNTS)
def shares() -> ResponseReturnValue:
    """Show how the practices share each group of roles today."""
    actor = current_actor()
    practices, may_edit = sharing_for(actor), actor.may(Permission.EDIT_FUNDING)
    figures = [(practice.short_name, "numeric") for practice in practices]
    return render_template(
        "rota/funding/shares.html",
        groups=group_shares_for(actor, today()),
        practices=practices,
        columns=["Roles", *figures, "By", *(["Change"] if may_edit else [])],
        may_edit=may_edit,
        may_export=actor.may_somewhere(Permission.EXPORT_PAYROLL),
    )


@funding.route("/<group>", methods=["GET", "POST"])
@guarded(Permission.EDIT_FUNDING)
def agree(group: str) -> ResponseReturnValue:
    """Ask for the agreed shares of one group of roles."""
    actor = current_actor()
    if group not in {each.value for each in RoleGroup}:
        abort(404)
    role_group = RoleGroup(group)
    now = shares_of_group(actor, role_group, today())
    practices = [(each.id, each.short_name, percent) for each, percent in now.shares]
    form = shares_form(practices, data={"starts_on": today()})
    if form.validate_on_submit():
        with refusals_shown_on(form):
            if form.is_by_list:
                commands.share_by_list(actor, role_group, form.starts_on.data, form.why.data or "")
            else:
                commands.agree_shares(
                    actor, role_group, form.starts_on.data, form.shares, form.why.data or ""
                )
            return done("The shares are noted.", url_for("funding.shares"))
    told = [
        (each.made_at, agreement_said(each.starts_on, each.shares, each.why, each.made_by))
        for each in history_for(actor, role_group)
    ]
    return asked("rota/funding/agree.html", form, group=role_group, told=told)
