"""What a page answers to a form: the form again with what is wrong, or a banner that may be undone."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

Field = tuple[str, str]


def asked(template: str, form: FlaskForm, **shown: Any) -> tuple[str, int]:
    """Show a form; one that was sent and comes back has something wrong with it."""
    return render_template(template, form=form, **shown), 422 if form.is_submitted() else 200


def done(sentence: str, then: str, undo: tuple[str, list[Field]] | None = None) -> ResponseReturnValue:
    """Go on to a page that says what was done; `undo` is where its opposite is sent, and its fields."""
    if undo is None:
        flash(sentence, "success")
    else:
        url, fields = undo
        # Flask keeps any JSON between two pages; its types know of text alone.
        flash({"said": sentence, "undo_url": url, "fields": fields}, "success")  # type: ignore[arg-type]
    return redirect(then, 303)


def page_of_ours(wanted: str, otherwise: str) -> str:
    """Keep an address that leads to a page of this site; give another for any that leads away."""
    is_ours = wanted.startswith("/") and wanted[1:2] not in {"/", "\\"} and wanted.isprintable()
    return wanted if is_ours and "\\" not in wanted else otherwise


def undo_by(endpoint: str, *fields: Field, **where: Any) -> tuple[str, list[Field]]:
    """Name the page that undoes, with the fields that it is sent."""
    return url_for(endpoint, **where), list(fields)
