"""Letters that Flask-Security writes, put into our own post."""

from typing import Any

from flask_security import MailUtil

from network.plumbing.mail import post


class QueuedLetters(MailUtil):
    """Hands every letter to the post: whether it could be sent never shows in how long a page takes."""

    def send_mail(
        self,
        template: str,
        subject: str,
        recipient: str | tuple[str, str],
        sender: str | tuple[str, str],
        body: str | None,
        html: str | None,
        **_: Any,
    ) -> None:
        post(recipient if isinstance(recipient, str) else recipient[1], subject, body or "")
