"""What the environment says, read once and then frozen."""

import base64
import binascii
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from click import ClickException

ROOT = Path(__file__).parents[2]
SHORTEST_SECRET = 32
FEWEST_DIFFERENT_CHARACTERS = 10
FERNET_KEY_BYTES = 32
# How letters may travel: sealed from the first word on, or after the greeting.
SEALED_POST = {"smtps", "smtp+starttls"}
THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}
SECRET_NAMES = ("SECRET_KEY", "QUORATE_KEYS", "QUORATE_INDEX_KEY")


class CannotStart(ClickException):
    """A sentence for whoever starts Quorate: what is missing and what to do."""

    exit_code = 2


class Environment(StrEnum):
    PRODUCTION = "production"
    DEMO = "demo"
    TEST = "test"


@dataclass(frozen=True)
class Provider:
    """An OpenID Connect provider by which people may sign in, besides their password."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    name: str
    scopes: tuple[str, ...]
    # Asked for, and taken for a second factor where the network says so, such as AAL2_OR_AAL3_ANY.
    strong: tuple[str, ...] = ()


@dataclass(frozen=True)
class Settings:
    """Everything Quorate takes from its environment; secrets stay out of its repr."""

    environment: Environment
    database_url: str = field(repr=False)
    owner_url: str | None = field(repr=False)
    secret_key: str = field(repr=False)
    keys: tuple[str, ...] = field(repr=False)
    index_key: str = field(repr=False)
    data: Path
    address: str = ""
    proxies: int = 0
    smtp_url: str = field(default="", repr=False)
    mail_from: str = "quorate@localhost"
    provider: Provider | None = None

    @property
    def is_production(self) -> bool:
        return self.environment is Environment.PRODUCTION

    @property
    def is_demo(self) -> bool:
        return self.environment is Environment.DEMO

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read the settings, or refuse with the sentence that says what is missing."""
        environment = _environment(environ)
        found = {name: environ.get(name, "").strip() for name in SECRET_NAMES}
        if environment is Environment.TEST:
            # Tests without secrets of their own get some that die with the process.
            found = new_secrets() | {name: secret for name, secret in found.items() if secret}
        owner_url = environ.get("DATABASE_OWNER_URL", "").strip()
        return cls(
            environment=environment,
            database_url=_database_url(environ),
            owner_url=plain_url(owner_url) if owner_url else None,
            secret_key=_secret_key(found["SECRET_KEY"]),
            keys=_fernet_keys(found["QUORATE_KEYS"]),
            index_key=_index_key(found["QUORATE_INDEX_KEY"], found["QUORATE_KEYS"]),
            data=data_folder(environ),
            address=_address(environ, environment),
            proxies=_proxies(environ),
            smtp_url=_smtp_url(environ, environment),
            mail_from=environ.get("QUORATE_MAIL_FROM", "").strip() or "quorate@localhost",
            provider=_provider(environ, environment),
        )


def data_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Say where this installation keeps its files."""
    return Path(environ.get("QUORATE_DATA") or ROOT / "var").expanduser().absolute()


def plain_url(url: str) -> str:
    """Spell a database address the way libpq and SQLAlchemy both read it."""
    scheme, separator, rest = url.partition("://")
    if not separator or scheme.split("+")[0] not in {"postgres", "postgresql"}:
        raise CannotStart(
            "DATABASE_URL must begin with postgresql:// (Quorate needs PostgreSQL 15 or newer)."
        )
    return f"postgresql://{rest}"


def new_secrets() -> dict[str, str]:
    """Make one strong value for each secret."""
    return {name: base64.urlsafe_b64encode(secrets.token_bytes(32)).decode() for name in SECRET_NAMES}


def kept_secrets(folder: Path) -> dict[str, str]:
    """Read the demo's secrets from its folder, making them the first time."""
    path = folder / "secrets.json"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        # Never readable by others, not even for the moment between creation and chmod.
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(new_secrets(), file)
    kept: dict[str, str] = json.loads(path.read_text())
    return kept


def _environment(environ: Mapping[str, str]) -> Environment:
    name = environ.get("QUORATE_ENV") or Environment.PRODUCTION
    try:
        return Environment(name)
    except ValueError:
        raise CannotStart("QUORATE_ENV must be production, demo or test.") from None


def _database_url(environ: Mapping[str, str]) -> str:
    url = environ.get("DATABASE_URL", "").strip()
    if not url:
        raise CannotStart(
            "DATABASE_URL is not set: give the address of a PostgreSQL database for the app's role,"
            " or run `python3 run.py demo` to try Quorate with its own."
        )
    return plain_url(url)


def _secret_key(secret: str) -> str:
    if not _is_strong(secret):
        raise CannotStart(
            "SECRET_KEY is missing or weak: set it to the output of"
            " `python3 -c 'import secrets; print(secrets.token_urlsafe(48))'`."
        )
    return secret


def _fernet_keys(joined: str) -> tuple[str, ...]:
    keys = tuple(key.strip() for key in joined.split(",") if key.strip())
    if not keys or not all(_is_fernet_key(key) for key in keys):
        raise CannotStart(
            "QUORATE_KEYS is missing or weak: set it to Fernet keys with commas between them, each the"
            " output of"
            " `python3 -c 'import base64, os; print(base64.urlsafe_b64encode(os.urandom(32)).decode())'`."
        )
    return keys


def _index_key(secret: str, keys: str) -> str:
    if not _is_strong(secret) or secret in keys.split(","):
        raise CannotStart(
            "QUORATE_INDEX_KEY is missing or weak: set it to a secret of its own, the output of"
            " `python3 -c 'import secrets; print(secrets.token_urlsafe(48))'`."
        )
    return secret


def _address(environ: Mapping[str, str], environment: Environment) -> str:
    address = environ.get("QUORATE_ADDRESS", "").strip().rstrip("/")
    if environment is Environment.PRODUCTION and not address.startswith("https://"):
        raise CannotStart(
            "QUORATE_ADDRESS is missing: set it to the address that people type, such as https://quorate.example.org"
            " (links in letters begin with it, and cookies are kept to it)."
        )
    return address


def _smtp_url(environ: Mapping[str, str], environment: Environment) -> str:
    url = environ.get("QUORATE_SMTP_URL", "").strip()
    server = urlsplit(url)
    is_here = server.scheme == "smtp" and (
        environment is not Environment.PRODUCTION or server.hostname in THIS_MACHINE
    )
    if url and not is_here and server.scheme not in SEALED_POST:
        raise CannotStart(
            "QUORATE_SMTP_URL must begin with smtps:// or smtp+starttls://, since letters hold links that"
            " open accounts; smtp:// may lead to this machine only."
        )
    return url


def _proxies(environ: Mapping[str, str]) -> int:
    number = environ.get("QUORATE_PROXIES", "").strip() or "0"
    if not number.isdecimal():
        raise CannotStart("QUORATE_PROXIES must be the number of proxies in front of Quorate, such as 1.")
    return int(number)


def _provider(environ: Mapping[str, str], environment: Environment) -> Provider | None:
    given = {
        name: environ.get(f"QUORATE_OIDC_{name}", "").strip()
        for name in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET", "NAME", "SCOPES", "ACR")
    }
    if not given["ISSUER"]:
        return None
    if environment is Environment.PRODUCTION and not given["ISSUER"].startswith("https://"):
        raise CannotStart("QUORATE_OIDC_ISSUER must begin with https://, as the provider spells it.")
    for name in ("CLIENT_ID", "CLIENT_SECRET", "NAME"):
        if not given[name]:
            raise CannotStart(
                f"QUORATE_OIDC_{name} is missing: with QUORATE_OIDC_ISSUER set, give the client's id and"
                " secret as the provider issued them, and the name that the button on the sign-in page bears."
            )
    scopes = (given["SCOPES"] or "openid profile email").split()
    if "openid" not in scopes:
        raise CannotStart("QUORATE_OIDC_SCOPES must contain openid, as in: openid profile email")
    return Provider(
        issuer=given["ISSUER"],
        client_id=given["CLIENT_ID"],
        client_secret=given["CLIENT_SECRET"],
        name=given["NAME"],
        scopes=tuple(scopes),
        strong=tuple(given["ACR"].split()),
    )


def _is_strong(secret: str) -> bool:
    return len(secret) >= SHORTEST_SECRET and len(set(secret)) >= FEWEST_DIFFERENT_CHARACTERS


def _is_fernet_key(key: str) -> bool:
    try:
        return len(base64.urlsafe_b64decode(key)) == FERNET_KEY_BYTES and _is_strong(key)
    except (binascii.Error, ValueError):
        return False
