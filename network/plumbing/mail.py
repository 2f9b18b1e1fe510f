"""The post: letters are written with the change that causes them and sent by a worker."""

import smtplib
import ssl
import uuid
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import current_app, has_request_context, request
from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from network.plumbing.database import Identified, Model, db, now
from network.plumbing.encryption import EncryptedText
from network.plumbing.queue import enqueue, task
from network.plumbing.settings import Settings

PATIENCE_SECONDS = 20


class Letter(Identified, Model):
    """A letter that waits to be sent; it may hold a link that opens an account, so it is sealed."""

    __tablename__ = "letter"

    recipient: Mapped[str] = mapped_column(EncryptedText)
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(EncryptedText)
    written_at: Mapped[datetime] = mapped_column(default=now)


def post(recipient: str, subject: str, body: str) -> None:
    """Write a letter in the transaction that is open: rolled back, it was never written."""
    letter = Letter(recipient=recipient, subject=subject, body=body)
    db.session.add(letter)
    db.session.flush()
    # The trail keeps to whom a command wrote.
    db.session.info.get("posted", []).append(recipient)
    enqueue(send_letter, network_id=None, letter_id=letter.id)


@task("mail.send_letter")
def send_letter(network_id: uuid.UUID | None, letter_id: str) -> None:
    """Send a letter and forget it; a second run finds nothing left to do."""
    letter = db.session.get(Letter, uuid.UUID(letter_id), with_for_update=True)
    if letter is None:
        return
    message = EmailMessage()
    settings: Settings = current_app.extensions["settings"]
    message["From"], message["To"], message["Subject"] = settings.mail_from, letter.recipient, letter.subject
    message.set_content(letter.body)
    if settings.smtp_url:
        _send(settings.smtp_url, message)
    else:
        _keep(settings.data / "letters", letter.id, message)
    db.session.delete(letter)
    db.session.commit()


def mail_is_on() -> bool:
    """Can letters reach anybody?"""
    settings: Settings = current_app.extensions["settings"]
    return bool(settings.smtp_url) or not settings.is_production


def address_of(endpoint: str, **values: Any) -> str:
    """Give the full address of a page, for a letter; workers and the command line write letters too."""
    settings: Settings = current_app.extensions["settings"]
    # The Host header is for anybody to choose, so it must not end up in a letter to somebody else.
    base = settings.address or (request.host_url if has_request_context() else "http://localhost")
    return base.rstrip("/") + current_app.url_map.bind("localhost").build(endpoint, values)


def _send(smtp_url: str, message: EmailMessage) -> None:
    server, sealed = urlsplit(smtp_url), ssl.create_default_context()
    host = server.hostname or "localhost"
    with (
        smtplib.SMTP_SSL(host, server.port or 465, timeout=PATIENCE_SECONDS, context=sealed)
        if server.scheme == "smtps"
        else smtplib.SMTP(host, server.port or 587, timeout=PATIENCE_SECONDS)
    ) as connection:
        if server.scheme == "smtp+starttls":
            connection.starttls(context=sealed)
        if server.username:
            connection.login(unquote(server.username), unquote(server.password or ""))
        connection.send_message(message)


def _keep(folder: Path, letter_id: uuid.UUID, message: EmailMessage) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / f"{letter_id}.eml").write_bytes(bytes(message))
