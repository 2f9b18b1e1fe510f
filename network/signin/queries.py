"""Reading what is signed in."""

import uuid

from network.accounts.records import Account, SignIn
from network.plumbing.database import db


def find_sign_in(account: Account, sign_in_id: str | None) -> SignIn | None:
    """Find the account's own sign-in that a cookie names."""
    try:
        sign_in = db.session.get(SignIn, uuid.UUID(sign_in_id or ""))
    except ValueError:
        return None
    return sign_in if sign_in and sign_in.account_id == account.id else None
