"""What every page owes its reader, found out by reading its HTML."""

from collections import Counter
from html.parser import HTMLParser

WITHOUT_LABEL = {"hidden", "submit", "button", "reset", "image"}


class Markup(HTMLParser):
    """Collects what the promises are about."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.headings = 0
        self.title = ""
        self.language = None
        self.ids: Counter[str] = Counter()
        self.labelled: set[str] = set()
        self.questions: list[dict[str, str | None]] = []
        self.pictures: list[dict[str, str | None]] = []
        self.forms: list[dict[str, str | None]] = []
        self._in_title = self._in_label = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if found.get("id"):
            self.ids[found["id"]] += 1
        if tag == "html":
            self.language = found.get("lang")
        elif tag == "h1":
            self.headings += 1
        elif tag == "title":
            # An SVG may have a title too; only the first is the page's.
            self._in_title = not self.title
        elif tag == "label":
            self._in_label = True
            self.labelled.add(found.get("for") or "")
        elif tag in {"input", "select", "textarea"}:
            self._question(tag, found)
        elif tag == "img":
            self.pictures.append(found)
        elif tag == "form":
            self.forms.append(found | {"token": None})

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
        elif tag == "label":
            self._in_label = False

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data.strip()

    def _question(self, tag: str, found: dict[str, str | None]) -> None:
        if found.get("name") == "csrf_token" and self.forms:
            self.forms[-1]["token"] = found.get("value")
        if tag != "input" or found.get("type") not in WITHOUT_LABEL:
            self.questions.append(found | ({"aria-label": "wrapped"} if self._in_label else {}))


def faults_of(html: str) -> list[str]:
    """List the broken promises of a page, or of a fragment of one."""
    markup = Markup(html)
    faults = [f"two things have the id {name}" for name, count in markup.ids.items() if count > 1]
    if "<html" in html:
        if markup.headings != 1:
            faults.append(f"{markup.headings} first headings")
        if not markup.title.removesuffix("- Quorate").strip():
            faults.append("no title")
        if markup.language != "en-GB":
            faults.append("no language")
    for question in markup.questions:
        has_name = question.get("aria-label") or question.get("aria-labelledby")
        if not has_name and question.get("id") not in markup.labelled:
            faults.append(f"nothing labels {question.get('name')}")
    faults += [f"no words for {picture.get('src')}" for picture in markup.pictures if "alt" not in picture]
    faults += [
        f"the form for {form.get('action')} is named, and not its button"
        for form in markup.forms
        if form.get("class") == "one-button" and "aria-label" in form
    ]
    faults += [
        f"no token in the form for {form.get('action')}"
        for form in markup.forms
        if (form.get("method") or "get").lower() == "post" and not form["token"]
    ]
    return faults
