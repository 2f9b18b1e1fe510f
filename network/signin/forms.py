"""The questions at the door: Flask-Security's own forms, in our words."""

from typing import Any

from flask_security.forms import ChangePasswordForm as GivenChangePasswordForm
from flask_security.forms import (
    ForgotPasswordForm,
    LoginForm,
    ResetPasswordForm,
    TwoFactorVerifyCodeForm,
    VerifyForm,
)
from flask_security.recovery_codes import MfRecoveryForm
from wtforms import EmailField, Form, PasswordField

from network.signin.passwords import cut


def _relabel(form: Form, labels: dict[str, str]) -> None:
    for name, label in labels.items():
        field = form[name]
        field.label.text = label
        # Links, hints and attributes stand in the templates, where they can be drawn like all others.
        field.description, field.render_kw = "", {}


def _trimmed(text: str | None) -> str | None:
    return text.strip() if text else text


class SignInForm(LoginForm):
    """Email address and password; nobody is remembered on a shared computer."""

    email = EmailField(**LoginForm.email.kwargs, filters=[_trimmed])
    # The form hashes it as it comes where nobody has the address.
    password = PasswordField(**LoginForm.password.kwargs, filters=[cut])
    remember = None  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _relabel(self, {"email": "Email address", "password": "Password"})


class ConfirmForm(VerifyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _relabel(self, {"password": "Password"})


class ForgottenForm(ForgotPasswordForm):
    email = EmailField(**ForgotPasswordForm.email.kwargs, filters=[_trimmed])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _relabel(self, {"email": "Email address"})


class ResetForm(ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _relabel(self, {"password": "New password", "password_confirm": "New password again"})


class ChangePasswordForm(GivenChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _relabel(
            self,
            {
                "password": "Password you have now",
                "new_password": "New password",
                "new_password_confirm": "New password again",
            },
        )


class CodeForm(TwoFactorVerifyCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _relabel(self, {"code": "Code"})


class RecoveryCodeForm(MfRecoveryForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _relabel(self, {"code": "Recovery code"})
