"""Demo only: signing in by one click as any kind of user. Outside the demo nothing imports this file."""

from dataclasses import dataclass

from flask import Blueprint, Flask, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_security.utils import login_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from network.access.rules import Role
from network.accounts.records import Account, RoleGrant
from network.plumbing.answers import page_of_ours
from network.plumbing.database import db, today
from network.plumbing.pages import public
from network.plumbing.refusals import NotFound
from network.signin.presence import leave

one_click = Blueprint("one_click", __name__, url_prefix="/demo")


@dataclass(frozen=True)
class Kind:
    """A kind of user, and one invented person who is one."""

    key: str
    role: Role
    name: str
    place: str


def install_one_click(app: Flask) -> None:
    """Offer the kinds of users on the sign-in page of the demo."""
    app.register_blueprint(one_click)
    app.jinja_env.globals["one_click"] = kinds


def kinds() -> list[Kind]:
    """List one account for each role that anybody holds today; clinicians, of every kind of organisation."""
    return [
        Kind(key, grant.role, grant.account.name, grant.organisation.short_name)
        for key, grant in sorted(_examples().items(), key=lambda example: [*Role].index(example[1].role))
    ]


@one_click.post("/sign-in/<key>")
@public
def enter(key: str) -> ResponseReturnValue:
    """Sign in as the example of a kind of user, and go on to the page that was asked for."""
    grant = _examples().get(key)
    if grant is None:
        raise NotFound
    leave()
    login_user(grant.account, authn_via=["one click"])
    return redirect(page_of_ours(request.form.get("next", ""), url_for("today.show")), 303)


def _examples() -> dict[str, RoleGrant]:
    grants = db.session.scalars(
        select(RoleGrant)
        .join(Account)
        .where(Account.active)
        .options(joinedload(RoleGrant.account).joinedload(Account.person), joinedload(RoleGrant.organisation))
        .order_by(Account.created_at, Account.email)
    )
    found: dict[str, RoleGrant] = {}
    for grant in grants:
        if grant.holds_on(today()):
            found.setdefault(_key(grant, found), grant)
    return found


def _key(grant: RoleGrant, found: dict[str, RoleGrant]) -> str:
    """Name a kind of user by the role; clinicians, whose panels differ, also by where they work."""
    first = found.get(grant.role.value)
    if (
        first is None
        or grant.role is not Role.CLINICIAN
        or first.organisation.kind is grant.organisation.kind
    ):
        return grant.role.value
    return f"{grant.role.value}-{grant.organisation.kind.value}"
