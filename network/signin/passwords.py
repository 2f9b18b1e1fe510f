"""What counts as a password: what was typed, whatever keyboard typed it, and no more than can be hashed."""

from typing import Any

from flask_security import PasswordUtil

# The library that hashes them refuses more with an error.
LONGEST_PASSWORD = 4000
TOO_LONG = f"Choose a password of at most {LONGEST_PASSWORD:,} characters"


def cut(typed: str | None) -> str | None:
    """Cut what is longer than any password, so that it can be compared, and is still nobody's."""
    return typed[: LONGEST_PASSWORD + 1] if typed else typed


class Passwords(PasswordUtil):
    """Normalises and judges passwords wherever one is typed."""

    def normalize(self, password: str) -> str:
        return cut(super().normalize(password)) or ""

    def validate(self, password: str, is_register: bool, **about: Any) -> tuple[list[str] | None, str]:
        wrong, normalised = super().validate(password, is_register, **about)
        if len(normalised) > LONGEST_PASSWORD:
            return [TOO_LONG], normalised
        return wrong, normalised
