"""The Jinja environment, strict for our templates and forgiving for the design system's, and its words."""

import hashlib
from collections.abc import Callable, Iterable, MutableMapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo

import jinja2
from flask import Flask, url_for
from flask.templating import Environment
from jinja2 import ChainableUndefined, PackageLoader, StrictUndefined, Template

from network.plumbing.charts import line_chart
from network.plumbing.forms import choices, errors_of, one_of, question, yes_or_no

LONDON = ZoneInfo("Europe/London")
When = TypeVar("When", bound=date | time)


@dataclass(frozen=True)
class MenuLink:
    """One word of the main menu."""

    label: str
    url: str
    is_current: bool = False


@dataclass(frozen=True)
class Furniture:
    """What stands around every page: the menu, who is signed in, where, and a strip such as the demo's."""

    menu: tuple[MenuLink, ...] = ()
    who: str = ""
    where: str = ""
    home_url: str = "/"
    account_url: str = ""
    sign_out_url: str = ""
    strip: str = ""
    idle_minutes: int = 0
    # Where the browser asks how long a sign-in still holds, and says that somebody is there.
    left_url: str = ""
    stay_url: str = ""
    # Stands for whoever is signed in, so that what one typed is never put before another.
    keeper: str = ""


class PageEnvironment(Environment):
    """Our templates are strict; whatever begins with nhsuk/ comes from an environment of its own."""

    def __init__(self, app: Flask, **options: Any) -> None:
        super().__init__(app, **options)
        # The design system's macros ask for parameters that nobody gave, and expect nothing for them.
        self.design_system = jinja2.Environment(
            loader=PackageLoader("nhsuk_frontend_jinja"),
            autoescape=True,
            undefined=ChainableUndefined,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        if isinstance(name, str) and name.startswith("nhsuk/"):
            return self.design_system.get_template(name)
        return super().get_template(name, parent, globals)


def install_templating(app: Flask, furniture: Callable[[], Furniture] = Furniture) -> None:
    """Set up the templates of an app; must come before anything that asks for `app.jinja_env`."""
    app.jinja_environment = PageEnvironment  # type: ignore[assignment]
    ours = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    app.jinja_options = {**app.jinja_options, **ours}
    words = (day, short_day, full_date, clock, moment, hours, plural, listed)
    app.jinja_env.filters.update({word.__name__: word for word in words})
    adapters = (question, one_of, choices, yes_or_no, errors_of, line_chart)
    app.jinja_env.globals.update({adapter.__name__: adapter for adapter in adapters})
    app.jinja_env.globals.update(asset=_asset_of(app), furniture=furniture)


def day(value: date) -> str:
    """Say a day near now: 'Monday 7 December'."""
    return f"{_local(value):%A} {_local(value).day} {_local(value):%B}"


def short_day(value: date) -> str:
    """Say a day where room is scarce: 'Mon 7'."""
    return f"{_local(value):%a} {_local(value).day}"


def full_date(value: date) -> str:
    """Say a date of any year: '7 December 2026'."""
    return f"{_local(value).day} {_local(value):%B} {_local(value).year}"


def clock(value: time | datetime) -> str:
    """Say a time of day: '08:45'."""
    return f"{_local(value):%H:%M}"


def moment(value: datetime) -> str:
    """Say when something happened: '7 December 2026, 08:45'."""
    return f"{full_date(value)}, {clock(value)}"


def hours(minutes: int) -> str:
    """Say minutes as people say them: '4 h 10 min'."""
    whole, rest = divmod(abs(minutes), 60)
    parts = [f"{whole:,} h"] * bool(whole) + [f"{rest} min"] * bool(rest or not whole)
    return ("\N{MINUS SIGN}" if minutes < 0 else "") + " ".join(parts)


def plural(count: float, one: str, many: str = "") -> str:
    """Count things: '1 session', '2 sessions', '1,250 people'."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(words: Iterable[object]) -> str:
    """Join words as a sentence does: 'Elm, Oak and Ash'."""
    *first, last = [str(word) for word in words] or [""]
    return f"{', '.join(first)} and {last}" if first else last


def _local(value: When) -> When:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return cast(When, value.astimezone(LONDON))
    return value


def _asset_of(app: Flask) -> Callable[[str], str]:
    folder = Path(app.static_folder or "static")

    @cache
    def stamp(filename: str) -> str:
        return hashlib.sha256((folder / filename).read_bytes()).hexdigest()[:12]

    def asset(filename: str) -> str:
        """Address a static file so that browsers keep it until it changes."""
        return url_for("static", filename=filename, v=stamp(filename))

    return asset
