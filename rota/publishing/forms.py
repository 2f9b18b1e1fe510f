"""What the page of publishing asks: one reason for all, and one for each who has their own."""

import uuid
from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from wtforms.validators import Length

from network.plumbing.fields import TextField, text_field
from rota.publishing.rules import LONGEST_REASON, Reasons

TOO_LONG = f"Shorten this to {LONGEST_REASON} characters."


class ReasonsForm(FlaskForm):  # type: ignore[misc]
    """Why rotas change of people who would not learn it otherwise."""

    why = TextField("Why", [Length(max=LONGEST_REASON, message=TOO_LONG)])
    people: tuple[uuid.UUID, ...] = ()

    @property
    def own(self) -> list[Any]:
        """The questions about single people."""
        return [self[_name(person_id)] for person_id in self.people]

    @property
    def reasons(self) -> Reasons:
        """The answers."""
        own = {person_id: self[_name(person_id)].data or "" for person_id in self.people}
        return Reasons(self.why.data or "", own)


def reasons_form(people: Iterable[tuple[uuid.UUID, str]]) -> ReasonsForm:
    """Ask about these people, each by id and name."""
    asked = dict(people)
    fields = {_name(person_id): text_field(name, LONGEST_REASON) for person_id, name in asked.items()}
    form: ReasonsForm = type("ReasonsOfPeople", (ReasonsForm,), fields | {"people": tuple(asked)})()
    first = next(iter(asked.values()), "")
    form.why.label.text = f"Why the rota of {first} changes" if len(asked) == 1 else "Why, for all of them"
    return form


def _name(person_id: uuid.UUID) -> str:
    return f"why_{person_id.hex}"
