"""From WTForms fields to the parameters of the design system's macros; nothing here knows HTML."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, FieldList, Form, FormField, HiddenField

Parameters = dict[str, Any]


def question(field: Field, options: Mapping[str, Any]) -> Parameters:
    """Give the parameters of a macro with one control: text, number, date, time, file or text area."""
    return {
        **_shared(field, options),
        "label": {"text": label_of(field), "size": options.get("size")},
        "value": field._value() if hasattr(field, "_value") else "",
        "autocomplete": options.get("autocomplete"),
    }


def one_of(field: Field, options: Mapping[str, Any]) -> Parameters:
    """Give the parameters of a select."""
    # The macro reads an empty `value` as "no value", so a chosen blank must be marked on the item itself.
    items = [{**item, "selected": item["checked"]} for item in _items(field)]
    return {
        **_shared(field, options),
        "label": {"text": label_of(field), "size": options.get("size")},
        "items": items,
    }


def choices(field: Field, options: Mapping[str, Any]) -> Parameters:
    """Give the parameters of radios or of several checkboxes."""
    legend = {"text": label_of(field), "size": options.get("size", "s")}
    hints, revealed = options.get("hints", {}), options.get("revealed", {})
    items = [
        {**item, "hint": hints.get(item["value"]), "conditional": {"html": revealed.get(item["value"], "")}}
        for item in _items(field)
    ]
    shared = _shared(field, options)
    # The first box has it, so that what is wrong leads there.
    del shared["id"]
    return {"small": True, **shared, "idPrefix": field.id, "fieldset": {"legend": legend}, "items": items}


def yes_or_no(field: Field, options: Mapping[str, Any]) -> Parameters:
    """Give the parameters of a single checkbox."""
    shared = _shared(field, options)
    # Both belong to the box alone; on the group around it they would be said twice.
    box = {"id": shared.pop("id"), "hint": shared.pop("hint")}
    item = {**box, "value": "y", "text": field.label.text, "checked": bool(field.data)}
    return {"small": True, **shared, "idPrefix": field.id, "items": [item]}


def label_of(field: Field) -> str:
    """Give the question's words; only what may be left out says so."""
    may_be_left_out = getattr(field.flags, "optional", False)
    return f"{field.label.text} (optional)" if may_be_left_out else str(field.label.text)


def errors_of(form: FlaskForm | Form) -> list[dict[str, str]]:
    """List what is wrong, in page order, each line leading to its question."""
    lines = [{"text": str(error)} for error in form.form_errors]
    return lines + [line for field in form for line in _errors_in(field)]


def _errors_in(field: Field) -> Iterator[dict[str, str]]:
    if isinstance(field, FormField):
        yield from errors_of(field.form)
    elif isinstance(field, FieldList):
        for entry in field.entries:
            yield from _errors_in(entry)
    elif field.errors:
        line = {"text": str(field.errors[0])}
        yield line if isinstance(field, HiddenField) else {**line, "href": f"#{field.id}"}


def _items(field: Any) -> list[Parameters]:
    return [
        {
            "value": str(choice.value),
            "text": str(choice.label),
            "checked": choice.selected,
            "disabled": choice.render_kw.get("disabled", False),
        }
        for choice in field.iter_choices()
    ]


def _shared(field: Field, options: Mapping[str, Any]) -> Parameters:
    hint = options.get("hint") or field.description
    # Whatever this page does not know (width, suffix, rows, inline) is the macro's own business.
    return {
        **options,
        "id": field.id,
        "name": field.name,
        "hint": {"text": str(hint)} if hint else None,
        "errorMessage": {"text": str(field.errors[0])} if field.errors else None,
        "attributes": {**(field.render_kw or {}), **options.get("attributes", {})},
    }
