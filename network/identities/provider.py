"""The OpenID Connect provider: sending somebody there, and believing what they bring back, or not."""

from datetime import UTC
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Flask, current_app
from flask.typing import ResponseReturnValue
from joserfc.errors import JoseError
from requests import RequestException

from network.accounts.rules import Identity
from network.identities.queries import identities_of
from network.identities.rules import Purpose, identity_in
from network.identities.underway import CLIENT
from network.plumbing.mail import address_of
from network.plumbing.refusals import Refusal
from network.plumbing.settings import Environment, Provider, Settings

PATIENCE_SECONDS = 10
# Signed by a key that only the provider has: never "none", and never the secret that we know too.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
ALGORITHMS_SAID = "id_token_signing_alg_values_supported"


class ProviderAway(Refusal):
    """Nobody answers where the provider should be, or not as a provider does."""

    status = 503

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} does not answer. Sign in with your password, or try again in a few minutes."
        )


class NotBelieved(Refusal):
    """What came back from the provider is incomplete, too old, or not from it."""

    status = 422

    def __init__(self, name: str) -> None:
        super().__init__(f"Signing in with {name} did not work. Try again, or sign in with your password.")


class GaveUp(Refusal):
    """Whoever was sent to the provider came back without signing in."""

    status = 422

    def __init__(self, name: str) -> None:
        super().__init__(f"You did not sign in with {name}. Try again, or sign in with your password.")


class NotLinked(Refusal):
    """An identity belongs to no account that can be entered; which accounts there are is not told."""

    status = 422

    def __init__(self, name: str) -> None:
        super().__init__(
            f"No account here is linked with what you showed at {name}."
            " Sign in with your password, then link it on the page of your account."
        )


class TooLate(Refusal):
    """What was shown at the provider waits for ten minutes only."""

    def __init__(self) -> None:
        super().__init__("That took too long, or it was done already. Begin again.")


def install_provider(app: Flask) -> None:
    """Offer the provider of the settings, where there is one."""
    provider = provider_of(app)
    app.jinja_env.globals.update(provider_name=provider.name if provider else "", identities_of=identities_of)
    app.extensions["oidc"] = _client(app, provider) if provider else None


def provider_of(app: Flask) -> Provider | None:
    settings: Settings = app.extensions["settings"]
    return settings.provider


def the_provider() -> Provider:
    """Return the provider, or say that there is none."""
    provider = provider_of(current_app)
    if provider is None:
        raise Refusal("Nobody signs in with another service here. Sign in with your password.")
    return provider


def send_there(purpose: Purpose) -> ResponseReturnValue:
    """Lead somebody to the provider; whoever must show themselves again is asked again there."""
    provider = the_provider()
    asked: dict[str, Any] = {"acr_values": " ".join(provider.strong)} if provider.strong else {}
    if purpose is Purpose.CONFIRM:
        asked |= {"prompt": "login", "max_age": 0}
    try:
        _check_metadata(provider)
        answer: ResponseReturnValue = current_app.extensions["oidc"].authorize_redirect(
            address_of("identities.arrive"), **asked
        )
    except (RequestException, ValueError, KeyError, RuntimeError):
        raise ProviderAway(provider.name) from None
    return answer


def take_back(has_error: bool) -> Identity:
    """Check all that somebody brings back from the provider, and say who they are there."""
    provider = the_provider()
    if has_error:
        raise GaveUp(provider.name)
    expected = {
        "iss": {"essential": True, "value": provider.issuer},
        "aud": {"essential": True, "value": provider.client_id},
        "exp": {"essential": True},
    }
    try:
        _check_metadata(provider)
        token = current_app.extensions["oidc"].authorize_access_token(claims_options=expected)
        return identity_in(token["userinfo"], provider.strong, UTC)
    except RequestException:
        raise ProviderAway(provider.name) from None
    except (AuthlibBaseError, JoseError, ValueError, KeyError, TypeError, RuntimeError):
        raise NotBelieved(provider.name) from None


def _client(app: Flask, provider: Provider) -> Any:
    return OAuth(app).register(
        CLIENT,
        client_id=provider.client_id,
        client_secret=provider.client_secret,
        server_metadata_url=f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": " ".join(provider.scopes),
            "code_challenge_method": "S256",
            "default_timeout": PATIENCE_SECONDS,
        },
    )


def _check_metadata(provider: Provider) -> None:
    """Take nothing from a description that is somebody else's, or that leads over an open line."""
    told = current_app.extensions["oidc"].load_server_metadata()
    settings: Settings = current_app.extensions["settings"]
    is_open = settings.environment is Environment.PRODUCTION and any(
        not str(told.get(name, "")).startswith("https://") for name in ENDPOINTS
    )
    if told.get("issuer") != provider.issuer or is_open:
        del told["_loaded_at"]
        raise ValueError("not the provider's own description")
    offered = told.get(ALGORITHMS_SAID) or ["RS256"]
    told[ALGORITHMS_SAID] = [name for name in offered if name in ALGORITHMS]
