"""Passwords, one-time codes and recovery codes: how Flask-Security keeps and checks them for our accounts."""

from typing import cast

from flask_security import MfRecoveryCodesUtil, SQLAlchemyUserDatastore, Totp, UserMixin
from passlib.totp import TotpMatch  # type: ignore[import-untyped]

from network.accounts.queries import workplace_of
from network.accounts.records import Account
from network.plumbing.database import in_network
from network.plumbing.encryption import keyring
from network.signin.commands import note_own_change


class AccountStore(SQLAlchemyUserDatastore):
    """Accounts as Flask-Security reads and writes them."""

    def tf_set(
        self, user: UserMixin, primary_method: str, totp_secret: str | None = None, phone: str | None = None
    ) -> None:
        # The browser carries the secret sealed while it is being set up; its column seals for itself.
        secret = opened(totp_secret) if totp_secret else user.tf_totp_secret
        is_new = secret != user.tf_totp_secret
        super().tf_set(user, primary_method, secret, phone)
        # Flask-Security sets it again at every sign-in.
        if is_new:
            note(user, "set_second_factor")

    def tf_reset(self, user: UserMixin) -> None:
        user.tf_primary_method = user.tf_totp_secret = user.mf_recovery_codes = None


class OneTimeCodes(Totp):
    """Codes of an authenticator app, each of which opens the door once."""

    def generate_totp_secret(self) -> str:
        return keyring().seal(self._totp.new().to_json(encrypt=False))

    def verify_totp(self, token: str, totp_secret: str, user: UserMixin, window: int = 0) -> bool:
        return super().verify_totp(token, opened(totp_secret), user, window)

    def fetch_setup_values(self, totp: str, user: UserMixin) -> dict[str, str]:
        return super().fetch_setup_values(opened(totp), user)

    def get_last_counter(self, user: UserMixin) -> int | None:
        return _account(user).tf_last_counter

    def set_last_counter(self, user: UserMixin, tmatch: TotpMatch) -> None:
        _account(user).tf_last_counter = tmatch.counter


class HashedRecoveryCodes(MfRecoveryCodesUtil):
    """Recovery codes that are shown once and kept as hashes only."""

    def create_recovery_codes(self, user: UserMixin) -> list[str]:
        codes: list[str] = super().create_recovery_codes(user)
        user.mf_recovery_codes = [_hash_of(code) for code in codes]
        note(user, "make_recovery_codes")
        return codes

    def get_recovery_codes(self, user: UserMixin) -> list[str]:
        return []

    def check_recovery_code(self, user: UserMixin, code: str) -> bool:
        return _hash_of(code) in (user.mf_recovery_codes or [])

    def delete_recovery_code(self, user: UserMixin, code: str) -> bool:
        user.mf_recovery_codes = [kept for kept in user.mf_recovery_codes or [] if kept != _hash_of(code)]
        note(user, "use_recovery_code")
        return True


def opened(secret: str) -> str:
    """Return a second factor's secret in clear, from the browser's sealed copy or from its column."""
    return secret if secret.startswith("{") else keyring().open(secret)


def note(user: UserMixin, verb: str) -> None:
    """Write down what somebody who has shown who they are did about their own way in."""
    actor = workplace_of(_account(user)).actor
    with in_network(actor.network_id):
        note_own_change(actor, verb)


def _account(user: UserMixin) -> Account:
    # Flask-Security knows of users in general; all of ours are accounts.
    return cast(Account, user)


def _hash_of(code: str) -> str:
    return keyring().blind("recovery code", code)
