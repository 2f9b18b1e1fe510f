"""Showing again who one is, before what must not be done by whoever finds a browser left open."""

import time

from flask import current_app, session
from flask_security import Security
from flask_security.utils import verify_and_update_password

from network.accounts.records import Account
from network.signin.commands import NOBODY, refuse_sign_in
from network.signin.security import FRESH_FOR


def is_fresh() -> bool:
    """Say whether whoever is signed in showed who they are a short while ago."""
    return time.time() - float(session.get("fs_paa", 0)) < FRESH_FOR.total_seconds()


def show_again(account: Account, proof: str) -> bool:
    """Take a code of the authenticator app or, where none is set up, the password; keep each refusal."""
    shown = _fits_code(account, proof) if account.has_second_factor else _fits_password(account, proof)
    if shown:
        session["fs_paa"] = time.time()
    else:
        factor = "second factor" if account.has_second_factor else "password"
        refuse_sign_in(NOBODY, account.id, factor)
    return shown


def _fits_code(account: Account, code: str) -> bool:
    security: Security = current_app.extensions["security"]
    window: int = current_app.config["SECURITY_TWO_FACTOR_AUTHENTICATOR_VALIDITY"]
    secret = account.tf_totp_secret or ""
    return bool(
        security._totp_factory.verify_totp(
            token=code.replace(" ", ""), totp_secret=secret, user=account, window=window
        )
    )


def _fits_password(account: Account, password: str) -> bool:
    security: Security = current_app.extensions["security"]
    typed = security.password_util.normalize(password)
    return bool(account.password and verify_and_update_password(typed, account))
