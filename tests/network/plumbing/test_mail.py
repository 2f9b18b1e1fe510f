import email
import smtplib
import socketserver
import ssl
import threading
import uuid
from dataclasses import replace

import pytest
from procrastinate.jobs import Job
from sqlalchemy import select, text

from network.plumbing import worker
from network.plumbing.database import db
from network.plumbing.mail import Letter, post, send_letter

LINK = "https://quorate.example.org/forgotten-password/secret"


@pytest.fixture
def letter(database) -> Letter:
    post("ada@example.org", "Your password", f"Set it here:\n{LINK}")
    db.session.commit()
    return db.session.scalars(select(Letter)).one()


def test_a_letter_is_written_with_what_causes_it(database) -> None:
    post("ada@example.org", "Your password", LINK)
    db.session.rollback()
    assert db.session.scalars(select(Letter)).all() == []
    assert db.session.scalar(text("select count(*) from jobs.procrastinate_jobs")) == 0


def test_neither_table_nor_job_shows_what_it_says(letter: Letter) -> None:
    row = str(db.session.execute(text("select recipient, body from letter")).one())
    job = str(db.session.execute(text("select args from jobs.procrastinate_jobs")).one())
    assert LINK not in row + job
    assert "ada@example.org" not in row + job


def test_a_worker_sends_it_and_forgets_it(letter: Letter, app) -> None:
    folder = app.extensions["settings"].data / "letters"
    send_letter(None, letter_id=str(letter.id))
    [file] = [file for file in folder.glob("*.eml") if LINK in file.read_text()]
    message = email.message_from_bytes(file.read_bytes())
    assert (message["To"], message["Subject"]) == ("ada@example.org", "Your password")
    assert folder.stat().st_mode & 0o077 == 0
    assert db.session.scalars(select(Letter)).all() == []


def test_a_second_run_finds_nothing_left_to_do(letter: Letter, app) -> None:
    letter_id = str(letter.id)
    send_letter(None, letter_id=letter_id)
    send_letter(None, letter_id=letter_id)
    send_letter(None, letter_id=str(uuid.uuid4()))


class PostOffice(socketserver.StreamRequestHandler):
    """Speaks just enough SMTP to take one letter."""

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline().strip():
            if line.upper() == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                self.server.letters.append(b"".join(iter(self.rfile.readline, b".\r\n")))
            self.wfile.write(b"221 bye\r\n" if line.upper() == b"QUIT" else b"250 well\r\n")


@pytest.fixture
def office():
    with socketserver.TCPServer(("127.0.0.1", 0), PostOffice) as server:
        server.letters = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_it_goes_to_the_server_that_the_settings_name(letter: Letter, app, office, monkeypatch) -> None:
    url = f"smtp://127.0.0.1:{office.server_address[1]}"
    settings = replace(app.extensions["settings"], smtp_url=url, mail_from="quorate@example.org")
    monkeypatch.setitem(app.extensions, "settings", settings)
    send_letter(None, letter_id=str(letter.id))
    message = email.message_from_bytes(office.letters[0])
    assert (message["From"], message["To"]) == ("quorate@example.org", "ada@example.org")
    assert LINK in message.get_payload()


def test_over_smtps_nothing_is_said_before_the_line_is_sealed(
    letter: Letter, app, office, monkeypatch
) -> None:
    url = f"smtps://user:word@127.0.0.1:{office.server_address[1]}"
    monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], smtp_url=url))
    with pytest.raises(ssl.SSLError):
        send_letter(None, letter_id=str(letter.id))
    assert office.letters == []


def test_a_letter_that_could_not_be_sent_is_kept(letter: Letter, app, monkeypatch) -> None:
    settings = replace(app.extensions["settings"], smtp_url="smtp://127.0.0.1:1")
    monkeypatch.setitem(app.extensions, "settings", settings)
    letter_id = letter.id
    with pytest.raises(OSError, match="refused"):
        send_letter(None, letter_id=str(letter_id))
    db.session.rollback()
    assert db.session.get(Letter, letter_id) is not None


def test_a_letter_that_could_not_be_sent_is_tried_again() -> None:
    job = Job(id=1, queue="errands", lock=None, queueing_lock=None, task_name="mail.send_letter", attempts=0)
    for trouble in (ConnectionRefusedError(), smtplib.SMTPServerDisconnected()):
        assert worker._Again().get_retry_decision(exception=trouble, job=job) is not None
    assert worker._Again().get_retry_decision(exception=ValueError(), job=job) is None
