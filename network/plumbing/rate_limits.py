"""How often something may be tried, counted in the database so that it holds for all processes together."""

import time
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, ip_address, ip_network
from typing import Any, TypeVar, cast

from flask import Flask, Response, request, session
from flask_limiter import Limiter, RequestLimit
from limits.storage import Storage
from sqlalchemy import String, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.exceptions import TooManyRequests
from werkzeug.middleware.proxy_fix import ProxyFix

from network.plumbing.database import Model, db
from network.plumbing.encryption import keyring
from network.plumbing.settings import Settings

View = TypeVar("View", bound=Callable[..., Any])

# The bits of an IPv6 address that name a household or a firm.
STREET = 64

COUNT = text("""
    insert into tries (key, number, expires_at)
    values (:key, :amount, extract(epoch from now()) + :seconds)
    on conflict (key) do update set number = tries.number + :amount
    returning number
""")
READ = text("""
    select number, expires_at from tries where key = :key and expires_at >= extract(epoch from now())
""")
FORGET = text("delete from tries where key = :key or expires_at < extract(epoch from now())")


class Tries(Model):
    """How often something was tried since it was last forgotten; keys name nobody."""

    __tablename__ = "tries"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    number: Mapped[int]
    expires_at: Mapped[float] = mapped_column(index=True)


class DatabaseStorage(Storage):
    """Flask-Limiter's counters in a table, each counted at once: a refused request rolls back."""

    STORAGE_SCHEME = ["quorate"]  # noqa: RUF012

    @property
    def base_exceptions(self) -> type[Exception]:
        return SQLAlchemyError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        with db.engine.begin() as connection:
            connection.execute(FORGET, {"key": None})
            count = {"key": key, "amount": amount, "seconds": expiry}
            number: int = connection.execute(COUNT, count).scalar_one()
            return number

    def get(self, key: str) -> int:
        with db.engine.begin() as connection:
            number: int | None = connection.execute(READ, {"key": key}).scalar()
            return number or 0

    def get_expiry(self, key: str) -> float:
        with db.engine.begin() as connection:
            row = connection.execute(READ, {"key": key}).one_or_none()
            return row.expires_at if row else 0.0

    def check(self) -> bool:
        return True

    def reset(self) -> int | None:
        with db.engine.begin() as connection:
            return connection.execute(text("delete from tries")).rowcount

    def clear(self, key: str) -> None:
        with db.engine.begin() as connection:
            connection.execute(FORGET, {"key": key})


def place() -> str:
    """Say where a request comes from; who has one address of the new kind has a whole street of them."""
    given = request.remote_addr or ""
    try:
        address = ip_address(_without_port(given))
    except ValueError:
        return given
    if isinstance(address, IPv4Address):
        return str(address)
    # A listener of both kinds tells the old addresses in the new spelling, where all are of one street.
    return str(address.ipv4_mapped or ip_network((address, STREET), strict=False))


def _without_port(given: str) -> str:
    """Drop the port that some proxies tell, since every connection has another."""
    if given.startswith("["):
        return given[1:].partition("]")[0]
    return given.partition(":")[0] if given.count(":") == 1 else given


def by_place() -> str:
    """Count by where a request comes from."""
    return keyring().blind("place", place())


def by_account() -> str:
    """Count by whoever is signed in or half-way there."""
    return keyring().blind("account", session.get("tf_user_id") or session.get("_user_id") or "")


def by_name() -> str:
    """Count by the email address that was entered, whether anybody has it or not."""
    return keyring().blind("name", request.form.get("email", ""))


def by_name_and_place() -> str:
    """Count one name from one place, so that nobody locks others out of their account from afar."""
    return f"{by_name()[:32]}{by_place()[:32]}"


def _refuse(limit: RequestLimit) -> None:
    """Say when it may be tried again, which the library keeps to itself."""
    raise TooManyRequests(retry_after=max(1, round(limit.reset_at - time.time())))


limiter = Limiter(key_func=by_place, storage_uri="quorate://", strategy="fixed-window", on_breach=_refuse)


def install_rate_limits(app: Flask) -> None:
    """Count for an app, by the address that the proxies in front of it tell."""
    settings: Settings = app.extensions["settings"]
    if settings.proxies:
        told = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)
        app.wsgi_app = told  # type: ignore[method-assign]
    limiter.init_app(app)
    # Its commands look into counters that name nobody.
    app.cli.commands.pop("limiter", None)


def limited(
    rule: str,
    what: str,
    key: Callable[[], str],
    *,
    failures_only: bool = False,
    methods: Sequence[str] = ("POST",),
) -> Callable[[View], View]:
    """Refuse further tries beyond the rule; pages that share `what` share the count."""
    counted = _has_failed if failures_only else None
    limit: Any = limiter.shared_limit(rule, what, key_func=key, methods=[*methods], deduct_when=counted)
    return cast(Callable[[View], View], limit)


# Each may name people by the hundred: faster than anybody reads is no longer work.
SEARCHES = limited("120 per 10 minutes", "searches", by_account)
LOOK_UPS = limited("300 per 10 minutes", "look-ups", by_account)
EXPORTS = limited("60 per hour", "exports", by_account, methods=("GET", "POST"))


def _has_failed(response: Response) -> bool:
    return response.status_code >= 400
