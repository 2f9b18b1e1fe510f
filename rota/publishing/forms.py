"""What the page of publishing asks: one reason for all, and one for each who has their own."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms.validators import Length

from network.plumbing.fields import TextField, text_field
from rota.publishing.rules import LONGEST_REASON, TOO_LONG, Reasons

FOR_ALL = "why"
OWN = "why_"


class ReasonsForm(FlaskForm):  # type: ignore[misc]
    """Why rotas change of people who would not learn it otherwise."""

    why = TextField("Why, for all of them", [Length(max=LONGEST_REASON, message=TOO_LONG)])
    people: tuple[uuid.UUID, ...] = ()

    @property
    def own(self) -> list[Any]:
        """The questions about single people."""
        return [self[f"{OWN}{person_id.hex}"] for person_id in self.people]


def reasons_form(people: Iterable[tuple[uuid.UUID, str]], wrong: str = "") -> ReasonsForm:
    """Ask about these people, each by id and name; `wrong` is why what was sent could not be used."""
    asked = dict(people)
    fields = {f"{OWN}{person_id.hex}": text_field(name, LONGEST_REASON) for person_id, name in asked.items()}
    form: ReasonsForm = type("ReasonsOfPeople", (ReasonsForm,), fields | {"people": tuple(asked)})()
    if len(asked) == 1:
        form.why.label.text = f"Why the rota of {next(iter(asked.values()))} changes"
    if wrong and form.validate():
        form.form_errors.append(wrong)
    return form


def reasons_in(sent: Mapping[str, str]) -> Reasons:
    """Read the reasons that were sent; a field that names nobody is nobody's."""
    own = {
        person_id: why
        for name, why in sent.items()
        if name.startswith(OWN) and (person_id := _id_in(name)) is not None
    }
    return Reasons(sent.get(FOR_ALL, ""), own)


def _id_in(name: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(name.removeprefix(OWN))
    except ValueError:
        return None
