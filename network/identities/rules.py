"""What an identity at a provider says, and what is believed of it."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from network.accounts.rules import Identity

# What a provider may call somebody: OpenID Connect Core 1.0, section 2.
LONGEST_SUBJECT = 255
# A way back that takes longer than this was left lying about.
WAY_HOLDS = timedelta(minutes=10)
JUST_NOW = timedelta(minutes=5)
# Source: RFC 8176 (Authentication Method Reference Values): "mfa" says it all; else it takes two kinds.
BY_KNOWING = {"pwd", "pin", "kba"}
BY_HAVING = {"hwk", "swk", "otp", "sms", "sc", "pop", "tel"}
BY_BEING = {"fpt", "face", "iris", "retina", "vbm"}


class Purpose(StrEnum):
    """Why somebody is sent to the provider."""

    SIGN_IN = "sign_in"
    LINK = "link"
    ACCEPT = "accept"
    CONFIRM = "confirm"


def identity_in(claims: Mapping[str, Any], strong: Collection[str], tz: Any) -> Identity:
    """Read an identity out of a token that has been checked, or raise ValueError where it names nobody."""
    subject = str(claims["sub"])
    if len(subject) > LONGEST_SUBJECT or not subject.isprintable():
        raise ValueError("no subject that can be kept")
    return Identity(
        issuer=str(claims["iss"]),
        subject=subject,
        has_second_factor=has_second_factor(claims, strong),
        shown_at=_moment(claims.get("auth_time"), tz),
    )


def _moment(seconds: Any, tz: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, tz) if isinstance(seconds, (int, float)) else None
    except (OverflowError, OSError):
        raise ValueError("no moment there is") from None


def has_second_factor(claims: Mapping[str, Any], strong: Collection[str]) -> bool:
    """Does a token say that more than one kind of proof was asked for?"""
    methods = claims.get("amr")
    shown = {method for method in methods if isinstance(method, str)} if isinstance(methods, list) else set()
    kinds = [kind for kind in (BY_KNOWING, BY_HAVING, BY_BEING) if kind & shown]
    return "mfa" in shown or len(kinds) > 1 or claims.get("acr") in strong


def was_shown_just_now(identity: Identity, at: datetime) -> bool:
    """Did the provider ask for proof again, as it was told to? One that does not say has not."""
    return identity.shown_at is not None and at - identity.shown_at <= JUST_NOW
