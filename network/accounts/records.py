"""Accounts: how people sign in, the roles they were given, and invitations."""

import uuid
from datetime import date, datetime
from typing import Any

from flask_security import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from network.access.rules import Role, holds_on
from network.organisations.records import Organisation
from network.people.records import Person
from network.plumbing.database import Identified, Model, now, word
from network.plumbing.encryption import EncryptedText


class Account(Identified, UserMixin, Model):  # type: ignore[misc]  # its `id` is an int, ours is not
    """A sign-in. The column names that Flask-Security wants are kept as it spells them."""

    __tablename__ = "account"

    email: Mapped[str] = mapped_column(String(254), unique=True)
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    # What every session of the account holds; a new one ends them all.
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True, default=lambda: uuid.uuid4().hex)
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(EncryptedText)
    tf_last_counter: Mapped[int | None]
    mf_recovery_codes: Mapped[list[str] | None]
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)

    person: Mapped[Person | None] = relationship()
    grants: Mapped[list["RoleGrant"]] = relationship(back_populates="account", cascade="all, delete-orphan")
    roles: list[Any] = []  # noqa: RUF012  Flask-Security asks for it; our roles are grants.

    @property
    def name(self) -> str:
        return self.person.name if self.person else self.email

    @property
    def has_second_factor(self) -> bool:
        return bool(self.tf_primary_method and self.tf_totp_secret)


class RoleGrant(Identified, Model):
    """A role given to an account at one organisation of a network, for a time."""

    __tablename__ = "role_grant"

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    network_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    role: Mapped[Role] = mapped_column(word(Role))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    given_by: Mapped[str] = mapped_column(String(120), default="")

    account: Mapped[Account] = relationship(back_populates="grants")
    organisation: Mapped[Organisation] = relationship(foreign_keys=[organisation_id])
    network: Mapped[Organisation] = relationship(foreign_keys=[network_id])

    def holds_on(self, day: date) -> bool:
        return holds_on(day, self.starts_on, self.ends_on)


class SignIn(Identified, Model):
    """One browser that is signed in. The cookie only names the row, so signing out ends its copies too."""

    __tablename__ = "sign_in"

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    network_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organisation.id"))
    started_at: Mapped[datetime] = mapped_column(default=now)
    last_seen_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]
    how: Mapped[str] = mapped_column(String(60), default="")
    # What its owner knows it again by, such as "Firefox on Windows".
    browser: Mapped[str] = mapped_column(String(60), default="")
    # Whether the provider by which it was begun says that it asked for a second factor.
    provider_factor: Mapped[bool] = mapped_column(default=False)


class Invitation(Identified, Model):
    """A single-use link that lets someone make their account; only the hash of its secret is kept."""

    __tablename__ = "invitation"

    email: Mapped[str] = mapped_column(String(254))
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    network_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    role: Mapped[Role] = mapped_column(word(Role))
    invited_by: Mapped[str] = mapped_column(String(120))
    invited_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    person: Mapped[Person | None] = relationship()
    organisation: Mapped[Organisation] = relationship(foreign_keys=[organisation_id])
    network: Mapped[Organisation] = relationship(foreign_keys=[network_id])


class EmailChange(Identified, Model):
    """A new email address that waits until both the old and the new one have confirmed it."""

    __tablename__ = "email_change"

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    new_email: Mapped[str] = mapped_column(String(254))
    # Hashes of the secrets in the two links.
    old_hash: Mapped[str] = mapped_column(String(64), unique=True)
    new_hash: Mapped[str] = mapped_column(String(64), unique=True)
    old_confirmed_at: Mapped[datetime | None]
    new_confirmed_at: Mapped[datetime | None]
    asked_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship()


class LinkedIdentity(Identified, Model):
    """Somebody's identity at an OpenID Connect provider, by which they sign in to their account."""

    __tablename__ = "linked_identity"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    issuer: Mapped[str] = mapped_column(String(300))
    subject: Mapped[str] = mapped_column(String(255))
    linked_at: Mapped[datetime] = mapped_column(default=now)
    last_used_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship()


class NetworkSettings(Model):
    """What a network has chosen for signing in."""

    __tablename__ = "network_settings"
    __table_args__ = (CheckConstraint("idle_minutes between 5 and 480", name="idle_minutes"),)

    network_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    idle_minutes: Mapped[int] = mapped_column(default=30)
    second_factor_for_patient_roles: Mapped[bool] = mapped_column(default=True)
    provider_factor_counts: Mapped[bool] = mapped_column(default=False)
