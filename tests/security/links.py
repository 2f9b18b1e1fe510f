"""Where a page leads without anything being sent: links, what it fetches, questions by GET."""

from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit

FETCHES = ("href", "hx-get")


class Links(HTMLParser):
    """Collects the addresses of a page, made whole."""

    def __init__(self, html: str, here: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self._here = here
        self._form: str | None = None
        self._answers: dict[str, str] = {}
        self._select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        # What is hidden is shown by a script once it leads somewhere.
        if tag != "link" and "hidden" not in found:
            for name in FETCHES:
                self._add(found.get(name, ""))
        if tag == "form" and found.get("method", "get").lower() == "get":
            self._form, self._answers = found.get("action") or self._here, {}
        elif self._form is not None:
            self._question(tag, found)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._form is not None:
            self._add(f"{self._form.split('?')[0]}?{urlencode(self._answers)}")
            self._form = None

    def _question(self, tag: str, found: dict[str, str]) -> None:
        name, is_ticked = found.get("name", ""), "checked" in found
        if tag == "select":
            self._select = name
        elif tag == "option" and ("selected" in found or self._select not in self._answers):
            self._answers[self._select] = found.get("value", "")
        elif tag == "input" and name and (is_ticked or found.get("type") not in {"radio", "checkbox"}):
            self._answers[name] = found.get("value", "")

    def _add(self, address: str) -> None:
        whole = urljoin(self._here, address)
        parts = urlsplit(whole)
        if address and not parts.scheme and not parts.netloc and parts.path.startswith("/"):
            self.found.add(f"{parts.path}?{parts.query}" if parts.query else parts.path)


def links_in(html: str, here: str) -> list[str]:
    return sorted(Links(html, here).found)
