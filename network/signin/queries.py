"""Reading what is signed in."""

import uuid

from sqlalchemy import select

from network.accounts.records import Account, SignIn
from network.accounts.rules import LONGEST_SIGN_IN, sign_in_holds
from network.plumbing.database import db, now


def find_sign_in(account: Account, sign_in_id: str | None) -> SignIn | None:
    """Find the account's own sign-in that a cookie names."""
    try:
        sign_in = db.session.get(SignIn, uuid.UUID(sign_in_id or ""))
    except ValueError:
        return None
    return sign_in if sign_in and sign_in.account_id == account.id else None


def sign_ins_of(account: Account, idle_minutes: int) -> list[SignIn]:
    """List the browsers in which an account is signed in now, the last used first."""
    rows = db.session.scalars(
        select(SignIn)
        .where(
            SignIn.account_id == account.id,
            SignIn.ended_at.is_(None),
            SignIn.started_at > now() - LONGEST_SIGN_IN,
        )
        .order_by(SignIn.last_seen_at.desc())
    )
    return [row for row in rows if sign_in_holds(row.started_at, row.last_seen_at, None, idle_minutes, now())]
