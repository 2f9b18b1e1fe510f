"""How often something may be tried, counted in the database so that it holds for all processes together."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, request
from flask_limiter import Limiter
from limits.storage import Storage
from sqlalchemy import String, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.middleware.proxy_fix import ProxyFix

from network.plumbing.database import Model, db
from network.plumbing.encryption import keyring
from network.plumbing.settings import Settings

View = TypeVar("View", bound=Callable[..., Any])

COUNT = text("""
    insert into tries (key, number, expires_at) values (:key, :amount, extract(epoch from now()) + :seconds)
    on conflict (key) do update set
        number = case when tries.expires_at < extract(epoch from now()) then :amount else tries.number + :amount end,
        expires_at = case when tries.expires_at < extract(epoch from now())
            then extract(epoch from now()) + :seconds else tries.expires_at end
    returning number
""")
READ = text("select number, expires_at from tries where key = :key and expires_at >= extract(epoch from now())")
FORGET = text("delete from tries where key = :key or expires_at < extract(epoch from now())")


class Tries(Model):
    """How often something was tried since it was last forgotten; keys name nobody."""

    __tablename__ = "tries"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    number: Mapped[int]
    expires_at: Mapped[float]


class DatabaseStorage(Storage):
    """The counters of Flask-Limiter, in a table: in a transaction of their own, as a refused request rolls back."""

    STORAGE_SCHEME = ["quorate"]  # noqa: RUF012

    @property
    def base_exceptions(self) -> type[Exception]:
        return SQLAlchemyError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        with db.engine.begin() as connection:
            connection.execute(FORGET, {"key": None})
            return connection.execute(COUNT, {"key": key, "amount": amount, "seconds": expiry}).scalar_one()

    def get(self, key: str) -> int:
        with db.engine.begin() as connection:
            return connection.execute(READ, {"key": key}).scalar() or 0

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


def by_place() -> str:
    """Count by where a request comes from."""
    return keyring().blind("place", request.remote_addr or "")


def by_name() -> str:
    """Count by the email address that was entered, whether anybody has it or not."""
    return keyring().blind("name", request.form.get("email", ""))


limiter = Limiter(key_func=by_place, storage_uri="quorate://", strategy="fixed-window")


def install_rate_limits(app: Flask) -> None:
    """Count for an app, by the address that the proxies in front of it tell."""
    settings: Settings = app.extensions["settings"]
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    limiter.init_app(app)


def limited(rule: str, what: str, key: Callable[[], str], *, failures_only: bool = False) -> Callable[[View], View]:
    """Refuse further tries beyond the rule; pages that share `what` share the count."""
    deduct = {"deduct_when": _has_failed} if failures_only else {}
    limit: Callable[[View], View] = limiter.shared_limit(rule, scope=what, key_func=key, methods=["POST"], **deduct)
    return limit


def _has_failed(response: Response) -> bool:
    return response.status_code >= 400
