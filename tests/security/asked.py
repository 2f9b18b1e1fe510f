"""What pages ask for: their forms with every field, found by reading their HTML."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

BUTTONS = {"submit", "image", "button", "reset"}


@dataclass
class Field:
    """A question: its kind, the answers that may be chosen, and what it is answered with unless tried."""

    name: str
    kind: str = "text"
    options: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)


@dataclass
class Form:
    """Where answers are sent, and how."""

    action: str
    method: str
    fields: dict[str, Field] = field(default_factory=dict)

    @property
    def answers(self) -> dict[str, list[str]]:
        return {each.name: each.answers or _usual(each) for each in self.fields.values()}


class Page(HTMLParser):
    """Collects a page's forms, and every address of ours in it."""

    def __init__(self, html: str, here: str) -> None:
        super().__init__()
        self.here = here
        self.forms: list[Form] = []
        self.addresses: list[str] = []
        self._form: Form | None = None
        self._select: Field | None = None
        self._area: Field | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.addresses += [value for value in found.values() if value.startswith("/")]
        if tag == "form":
            self._form = Form(found.get("action") or self.here, found.get("method", "get").lower())
            self.forms.append(self._form)
        elif found.get("hx-post"):
            self.forms.append(Form(found["hx-post"], "post"))
        form = self._form
        if form is None:
            return
        name = found.get("name", "")
        if tag in {"input", "button"} and name:
            self._put(form, name, found.get("type", "text"), found)
        elif tag == "select" and name:
            self._select = form.fields.setdefault(name, Field(name, "select"))
        elif tag == "option" and self._select is not None:
            self._select.options.append(found.get("value", ""))
            if "selected" in found:
                self._select.answers.append(found.get("value", ""))
        elif tag == "textarea" and name:
            self._area = form.fields.setdefault(name, Field(name, "textarea"))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area is not None and data.strip():
            self._area.answers = [data.strip()]

    def _put(self, form: Form, name: str, kind: str, found: dict[str, str]) -> None:
        field = form.fields.setdefault(name, Field(name, kind))
        value = found.get("value", "")
        if kind in {"radio", "checkbox"}:
            field.options.append(value)
            if "checked" in found:
                field.answers.append(value)
        elif kind in BUTTONS:
            field.options.append(value)
        elif value:
            field.answers = [value]


def _usual(field: Field) -> list[str]:
    """Answer a question that the page leaves open as most people would."""
    chosen = [option for option in field.options if option]
    if field.kind in {"select", "radio"}:
        return chosen[:1]
    if field.kind in {"checkbox", "file", *BUTTONS}:
        return []
    said = {"number": "1", "email": "somebody@example.org", "date": "2026-12-07", "time": "09:00"}
    return [said.get(field.kind, "Some words")]


def addresses_in(html: str, here: str) -> Iterator[str]:
    yield from Page(html, here).addresses
