"""Fields that every form uses, with errors that say what to do, and refusals shown on the form."""

import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from wtforms import (
    DateField,
    DecimalField,
    Form,
    IntegerField,
    SelectField,
    StringField,
    TimeField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length, Optional

from network.plumbing.refusals import NotAllowed, NotFound, Refusal

LARGEST_NUMBER = 1_000_000
# The years in which anybody here was born, or plans; counting on from later ones would run over.
EARLIEST_YEAR, LATEST_YEAR = 1850, 2150


class Word(Protocol):
    """A term with its label, as vocabularies have them."""

    @property
    def value(self) -> str: ...

    @property
    def label(self) -> str: ...


class DayField(DateField):
    """A date."""

    # None is the business of `required`, which the type checker cannot see.
    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        if not "".join(valuelist).strip():
            self.data = None
            return
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("Enter a real date, such as 7 12 2026.") from None
        if not EARLIEST_YEAR <= self.data.year <= LATEST_YEAR:
            self.data = None
            raise ValueError("Enter a real date, such as 7 12 2026.")


class ClockField(TimeField):
    """A time of day."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("Enter a time, such as 08:30.") from None


class WholeNumberField(IntegerField):
    """A whole number that the database can hold; ranges are the business of rules."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        text = (valuelist or [""])[0].strip()
        self.data = None
        if text:
            if not text.removeprefix("-").isdecimal() or len(text) > 9:
                raise ValueError("Enter a whole number, such as 2.")
            self.data = int(text)


def word_field(
    label: str, words: Iterable[Word], empty: str = "", sentence: str = "", **options: Any
) -> SelectField:
    """Ask for one word of a vocabulary; with a text for `empty`, none may be chosen and arrives as None."""
    known = {word.value: word for word in words}
    choices = [SelectChoice(value, word.label) for value, word in known.items()]

    def coerce(value: Any) -> Any:
        if not value:
            return None
        if (word := known.get(getattr(value, "value", value))) is None:
            raise ValueError
        return word

    said = sentence or "Choose one from the list."
    return SelectField(
        label,
        choices=[SelectChoice("", empty), *choices] if empty else choices,
        coerce=coerce,
        invalid_choice_message=said,  # type: ignore[call-arg]  # the stubs are behind the library
        invalid_value_message=said,
        **options,
    )


def choice_field(
    label: str, sentence: str, coerce: Callable[[Any], Any] = str, **options: Any
) -> SelectField:
    """Ask for one of a list that the form gives when it knows who asks about what."""
    return SelectField(
        label,
        coerce=coerce,
        invalid_choice_message=sentence,  # type: ignore[call-arg]  # the stubs are behind the library
        invalid_value_message=sentence,
        **options,
    )


def row_field(label: str, sentence: str, **options: Any) -> SelectField:
    """Ask for one row by its id, or for none where `row_choices` offers that."""
    return choice_field(label, sentence, lambda value: uuid.UUID(str(value)) if value else None, **options)


def row_choices(rows: Iterable[tuple[uuid.UUID, str]], empty: str = "") -> list[Any]:
    """Offer rows; with a text for `empty`, none may be chosen and arrives as None."""
    none = [SelectChoice("", empty)] if empty else []
    return [*none, *(SelectChoice(str(row_id), said) for row_id, said in rows)]


class TextField(StringField):
    """A line of text."""

    data: Any


def text_field(label: str, longest: int, sentence: str = "", **options: Any) -> TextField:
    """Ask for a line of text; with a sentence, it must not be left out."""
    answer = required(sentence) if sentence else Optional()
    too_long = Length(max=longest, message=f"Shorten this to {longest} characters.")
    return TextField(label, [answer, too_long], filters=[_trimmed], **options)


class NumberField(DecimalField):
    """A number with decimals, taken as a float."""

    data: Any

    def __init__(self, label: str, validators: list[Any], **options: Any) -> None:
        super().__init__(label, validators, places=None, **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        if not "".join(valuelist).strip():
            self.data = None
            return
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("Enter a number, such as 37.5.") from None
        if self.data is not None:
            self.data = float(self.data)
            # Nothing that is counted or measured here comes near; minutes of so many hours must still fit.
            if not abs(self.data) < LARGEST_NUMBER:
                self.data = None
                raise ValueError("Enter a number, such as 37.5.")


def required(sentence: str) -> Callable[[Form, Any], None]:
    """Ask for an answer: blanks are none, and zero is one."""

    def check(form: Form, field: Any) -> None:
        if field.errors:
            return
        if field.data is None or (isinstance(field.data, str) and not field.data.strip()):
            raise ValidationError(sentence)

    return check


@contextmanager
def refusals_shown_on(form: Form) -> Iterator[None]:
    """Put the sentence of a refusal on the form; what may not be done or known has a page of its own."""
    try:
        yield
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        form.form_errors.append(refusal.sentence)


def _trimmed(text: str | None) -> str:
    return (text or "").strip()
