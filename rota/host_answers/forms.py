"""What the pages of hosts' answers ask."""

import uuid
from collections.abc import Iterable

from flask_wtf import FlaskForm
from wtforms import SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from network.plumbing.fields import required
from rota.host_answers.rules import LONGEST_REASON


class DeclineForm(FlaskForm):  # type: ignore[misc]
    """Why a host cannot take a placement."""

    reason = TextAreaField(
        "Why can you not take this placement?",
        [
            required("Enter why you cannot take this placement."),
            Length(max=LONGEST_REASON, message=f"Shorten this to {LONGEST_REASON} characters."),
        ],
        description="Only those who plan rotations read this. Do not write about anybody's health.",
    )


class AskForm(FlaskForm):  # type: ignore[misc]
    """Which hosts are asked."""

    hosts = SelectMultipleField("Hosts to ask", [required("Choose at least one host.")])

    def offer(self, hosts: Iterable[tuple[uuid.UUID, str]]) -> None:
        """Offer hosts, all of them chosen at first."""
        offered = [(str(host_id), said) for host_id, said in hosts]
        self.hosts.choices = [SelectChoice(*each) for each in offered]
        if not self.is_submitted():
            self.hosts.data = [value for value, _ in offered]

    @property
    def chosen(self) -> list[uuid.UUID]:
        return [uuid.UUID(each) for each in self.hosts.data or ()]
