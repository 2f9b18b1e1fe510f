"""Demo only: signing in by one click as any kind of user. Outside the demo nothing imports this file."""

from dataclasses import dataclass

from flask import Blueprint, Flask, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_security.utils import login_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from network.access.rules import Role
from network.accounts.records import Account, RoleGrant
from network.plumbing.database import db, today
from network.plumbing.pages import public
from network.plumbing.refusals import NotFound
from network.signin.presence import leave

one_click = Blueprint("one_click", __name__, url_prefix="/demo")


@dataclass(frozen=True)
class Kind:
    """A kind of user, and one invented person who is one."""

    role: Role
    name: str
    place: str


def install_one_click(app: Flask) -> None:
    """Offer the kinds of users on the sign-in page of the demo."""
    app.register_blueprint(one_click)
    app.jinja_env.globals["one_click"] = kinds


def kinds() -> list[Kind]:
    """List one account for each role that anybody holds today."""
    return [
        Kind(role, grant.account.name, grant.organisation.short_name)
        for role, grant in sorted(_examples().items(), key=lambda example: [*Role].index(example[0]))
    ]


@one_click.post("/sign-in/<role>")
@public
def enter(role: str) -> ResponseReturnValue:
    """Sign in as the example of a kind of user."""
    grant = next((grant for known, grant in _examples().items() if known.value == role), None)
    if grant is None:
        raise NotFound
    leave()
    login_user(grant.account, authn_via=["one click"])
    return redirect(url_for("today.show"), 303)


def _examples() -> dict[Role, RoleGrant]:
    grants = db.session.scalars(
        select(RoleGrant)
        .join(Account)
        .where(Account.active)
        .options(joinedload(RoleGrant.account).joinedload(Account.person), joinedload(RoleGrant.organisation))
        .order_by(Account.created_at.desc(), Account.email.desc())
    )
    return {grant.role: grant for grant in grants if grant.holds_on(today())}
