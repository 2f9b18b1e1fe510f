"""Flask-Security, told how we want it: our accounts, our pages, our trail."""

import uuid
from datetime import timedelta
from typing import Any

from flask import (
    Flask,
    Response,
    after_this_request,
    g,
    has_request_context,
    render_template,
    request,
    session,
)
from flask_security import (
    RoleMixin,
    Security,
    password_changed,
    password_reset,
    reset_password_instructions_sent,
    tf_disabled,
    user_authenticated,
    user_failed_authn,
)
from flask_wtf import FlaskForm

from network.accounts.queries import needs_second_factor, workplace_of
from network.accounts.records import Account
from network.plumbing.database import db, in_network
from network.plumbing.mail import address_of
from network.plumbing.settings import Settings
from network.signin import forms, wording
from network.signin.commands import (
    NOBODY,
    ask_for_new_password,
    begin_sign_in,
    note_new_password,
    refuse_sign_in,
)
from network.signin.factors import AccountStore, HashedRecoveryCodes, OneTimeCodes, note
from network.signin.letters import QueuedLetters
from network.signin.passwords import Passwords
from network.signin.rules import browser_of

FRESH_FOR = timedelta(minutes=15)
# By what somebody came in who still owes a code.
BEGAN_WITH = "began_with"
# What signing in itself has just put into the cookie; `tf_` and the rest are of the way there.
BY_SIGNING_IN = {"_user_id", "_fresh", "_id", "fs_cc", "fs_paa"}
CONFIGURATION: dict[str, Any] = {
    "PASSWORD_HASH": "argon2",
    "PASSWORD_SCHEMES": ["argon2"],
    "PASSWORD_SINGLE_HASH": True,
    "PASSWORD_LENGTH_MIN": 12,
    "PASSWORD_NORMALIZE_FORM": "NFKC",
    "RECOVERABLE": True,
    "CHANGEABLE": True,
    "TWO_FACTOR": True,
    "MULTI_FACTOR_RECOVERY_CODES": True,
    "MULTI_FACTOR_RECOVERY_CODES_N": 8,
    "TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
    "TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
    "TWO_FACTOR_RESCUE_EMAIL": False,
    "TWO_FACTOR_POST_SETUP_VIEW": "account.show",
    "TOTP_ISSUER": "Quorate",
    "RESET_PASSWORD_WITHIN": timedelta(hours=2),
    "RETURN_GENERIC_RESPONSES": True,
    "FRESHNESS": FRESH_FOR,
    "FRESHNESS_GRACE_PERIOD": FRESH_FOR,
    "API_ENABLED_METHODS": ["session"],
    "JOIN_USER_ROLES": False,
    "POST_LOGIN_VIEW": "/",
    "POST_LOGOUT_VIEW": "security.login",
    "POST_CHANGE_VIEW": "account.show",
    "POST_VERIFY_VIEW": "account.show",
    # Asking the name servers would take time, and say to onlookers who has an account.
    "EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
    "EMAIL_HTML": False,
    "EMAIL_SUBJECT_PASSWORD_RESET": "Reset your Quorate password",
    "EMAIL_SUBJECT_PASSWORD_NOTICE": "Your Quorate password was reset",
    "EMAIL_SUBJECT_PASSWORD_CHANGE_NOTICE": "Your Quorate password was changed",
    "CLI_USERS_NAME": None,
    "CLI_ROLES_NAME": None,
}


def install_sign_in(app: Flask) -> None:
    """Set Flask-Security up for an app; its pages are registered by routes.py, one by one."""
    settings: Settings = app.extensions["settings"]
    app.config.update({f"SECURITY_{name}": chosen for name, chosen in CONFIGURATION.items()})
    app.config.update({f"SECURITY_MSG_{name}": (said, "warning") for name, said in wording.MESSAGES.items()})
    app.config.update({f"SECURITY_MSG_{name}": (said, "success") for name, said in wording.GOOD_NEWS.items()})
    # Our own OneTimeCodes seals with the keys of the installation; Flask-Security only insists on a name.
    app.config["SECURITY_TOTP_SECRETS"] = {"1": settings.index_key}
    _harden_cookies(app, settings)
    security = Security(
        app,
        AccountStore(db, Account, RoleMixin),
        register_blueprint=False,
        login_form=forms.SignInForm,
        verify_form=forms.ConfirmForm,
        forgot_password_form=forms.ForgottenForm,
        reset_password_form=forms.ResetForm,
        change_password_form=forms.ChangePasswordForm,
        two_factor_verify_code_form=forms.CodeForm,
        mf_recovery_form=forms.RecoveryCodeForm,
        mail_util_cls=QueuedLetters,
        password_util_cls=Passwords,
        totp_cls=OneTimeCodes,
        mf_recovery_codes_util_cls=HashedRecoveryCodes,
        render_template=_render,
    )
    # Flask-Security asks the row itself, and a row knows nothing of what its networks have chosen.
    Account.check_tf_required = _is_second_factor_asked  # type: ignore[assignment,method-assign]
    Account.check_tf_required_setup = needs_second_factor  # type: ignore[assignment,method-assign]
    # Browsers only: no tokens in addresses or headers, no answers in JSON.
    security.want_json(lambda _request: False)
    security.login_manager.request_loader(lambda _request: None)
    app.jinja_env.globals.update(address_of=address_of, one_click=list)
    _keep_the_trail(app)


def _is_second_factor_asked(account: Account, methods: list[Any], is_fresh: bool) -> tuple[bool, list[Any]]:
    return bool(methods) or needs_second_factor(account), methods


def _harden_cookies(app: Flask, settings: Settings) -> None:
    app.config.update(
        SESSION_COOKIE_NAME="quorate", SESSION_COOKIE_HTTPONLY=True, SESSION_COOKIE_SAMESITE="Lax"
    )
    if settings.is_production:
        # The prefix makes browsers refuse the cookie from anywhere but this host, and over anything but TLS.
        app.config.update(SESSION_COOKIE_NAME="__Host-quorate", SESSION_COOKIE_SECURE=True)


def _render(template: str, **context: Any) -> str:
    forms_shown = [form for form in context.values() if isinstance(form, FlaskForm)]
    if has_request_context() and any(form.errors or form.form_errors for form in forms_shown):
        after_this_request(_as_invalid)
    return render_template(template, **context)


def _as_invalid(response: Response) -> Response:
    response.status_code = 422
    return response


def _keep_the_trail(app: Flask) -> None:
    user_authenticated.connect(_signed_in, app)
    user_failed_authn.connect(_turned_away, app)
    reset_password_instructions_sent.connect(_link_sent, app)
    tf_disabled.connect(_factor_removed, app)
    for signal, verb in ((password_changed, "change_password"), (password_reset, "reset_password")):
        signal.connect(_noting(verb), app, weak=False)


def _signed_in(app: Flask, user: Account, authn_via: list[str] | None = None, **_: Any) -> None:
    actor, before = workplace_of(user).actor, g.get("sign_in")
    # Without a word from Flask-Security it was the second factor that completed it.
    how = authn_via[0] if authn_via else f"{session.get(BEGAN_WITH, 'password')} and code"
    # A new password begins a sign-in, and asks for no second factor again.
    has_factor = before.provider_factor if how == "change" and before else g.get("provider_factor", False)
    _begin_afresh()
    with in_network(actor.network_id):
        browser = browser_of(request.user_agent.string)
        session["sign_in"] = str(begin_sign_in(actor, how, browser, has_provider_factor=has_factor))


def _begin_afresh() -> None:
    """Take nothing over from before: whoever prepared this browser knows none of what follows."""
    for name in [*session]:
        if name not in BY_SIGNING_IN:
            session.pop(name)
    g.pop("csrf_token", None)


def _turned_away(app: Flask, user: Account, auth_type: str, tfa: bool, **_: Any) -> None:
    g.turned_away = True
    with in_network(workplace_of(user).actor.network_id):
        refuse_sign_in(NOBODY, user.id, "second factor" if tfa else auth_type)


def _link_sent(app: Flask, user: Account, **_: Any) -> None:
    with in_network(workplace_of(user).actor.network_id):
        ask_for_new_password(NOBODY, user.id)


def _factor_removed(app: Flask, user: Account, **_: Any) -> None:
    note(user, "remove_second_factor")


def _noting(verb: str) -> Any:
    def note_it(app: Flask, user: Account, **_: Any) -> None:
        actor, here = workplace_of(user).actor, session.get("sign_in")
        with in_network(actor.network_id):
            note_new_password(actor, verb, uuid.UUID(here) if here else None)

    return note_it
