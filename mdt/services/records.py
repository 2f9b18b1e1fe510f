"""Local services, what was offered of them to somebody, and who helps a person find their way."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mdt.actions.records import Action
from mdt.cases.records import Case
from mdt.services.rules import Helped, OfferState, ServiceKind, Way
from network.organisations.records import Organisation
from network.plumbing.database import Model, NetworkScoped, now, word
from network.plumbing.encryption import EncryptedText


class Service(NetworkScoped, Model):
    """An entry of the directory: about a service, never about anybody who uses it."""

    __tablename__ = "local_service"

    # The member of the network that runs it; empty where others do.
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    provider: Mapped[str] = mapped_column(String(120))
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[ServiceKind] = mapped_column(word(ServiceKind))
    what: Mapped[str] = mapped_column(String(500))
    for_whom: Mapped[str] = mapped_column(String(300), default="")
    area: Mapped[str] = mapped_column(String(120), default="")
    languages: Mapped[list[str]] = mapped_column(default=list)
    access: Mapped[str] = mapped_column(String(300), default="")
    cost: Mapped[str] = mapped_column(String(120), default="")
    how_to_refer: Mapped[str] = mapped_column(String(300), default="")
    # The disciplines that can refer.
    referrers: Mapped[list[str]] = mapped_column(default=list)
    takes_self_referral: Mapped[bool] = mapped_column(default=False)
    phone: Mapped[str] = mapped_column(String(30), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    website: Mapped[str] = mapped_column(String(300), default="")
    checked_on: Mapped[date]
    checked_by: Mapped[str] = mapped_column(String(120))
    ended_on: Mapped[date | None]
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012

    organisation: Mapped[Organisation | None] = relationship(foreign_keys=[organisation_id])


class Suggestion(NetworkScoped, Model):
    """What somebody says is wrong with an entry, for whoever keeps it."""

    __tablename__ = "service_suggestion"

    service_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("local_service.id"), index=True)
    # May tell of somebody who was sent there.
    words: Mapped[str] = mapped_column(EncryptedText)
    made_by: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[datetime] = mapped_column(default=now)
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str] = mapped_column(String(120), default="")

    service: Mapped[Service] = relationship()


class ServiceFile(NetworkScoped, Model):
    """A list of services between upload and confirmation: what is confirmed was kept here."""

    __tablename__ = "service_file"

    account_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(120))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    at: Mapped[datetime] = mapped_column(default=now)


class Offer(NetworkScoped, Model):
    """That somebody was offered a service or support, in one of their cases."""

    __tablename__ = "service_offer"

    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("mdt_case.id"), index=True)
    service_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("local_service.id"), index=True)
    # Who refers them, where somebody does.
    action_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("mdt_action.id"), index=True)
    way: Mapped[Way] = mapped_column(word(Way))
    # What the person hopes for.
    hopes: Mapped[str] = mapped_column(EncryptedText, default="")
    state: Mapped[OfferState] = mapped_column(word(OfferState), default=OfferState.OFFERED, index=True)
    offered_on: Mapped[date]
    offered_by: Mapped[str] = mapped_column(String(120))
    offered_by_id: Mapped[uuid.UUID | None]

    case: Mapped[Case] = relationship()
    service: Mapped[Service] = relationship()
    action: Mapped[Action | None] = relationship()


class OfferStep(NetworkScoped, Model):
    """What the person answered to an offer, and when. Append-only: one noted in error is taken back."""

    __tablename__ = "service_offer_step"

    offer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("service_offer.id"), index=True)
    state: Mapped[OfferState] = mapped_column(word(OfferState))
    on: Mapped[date]
    words: Mapped[str] = mapped_column(EncryptedText, default="")
    helped: Mapped[Helped | None] = mapped_column(word(Helped))
    noted_by: Mapped[str] = mapped_column(String(120))
    noted_at: Mapped[datetime] = mapped_column(default=now)
    taken_back_at: Mapped[datetime | None]


class Navigator(NetworkScoped, Model):
    """Who helps somebody find their way between services, where they wish for one."""

    __tablename__ = "navigator"

    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    # May be a neighbour.
    name: Mapped[str] = mapped_column(EncryptedText)
    organisation: Mapped[str] = mapped_column(EncryptedText, default="")
    phone: Mapped[str] = mapped_column(EncryptedText, default="")
    wished_on: Mapped[date]
    starts_on: Mapped[date]
    ended_on: Mapped[date | None]
    named_by: Mapped[str] = mapped_column(String(120))
    named_at: Mapped[datetime] = mapped_column(default=now)
