"""What every answer carries so that a browser trusts only us, and the check that forms are our own."""

import secrets

from flask import Flask, Response, g, request
from flask_wtf import CSRFProtect

POLICY = {
    "default-src": "'none'",
    "script-src": "'self' 'nonce-{nonce}'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "manifest-src": "'self'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
STRICT_TRANSPORT = "max-age=63072000; includeSubDomains"
ONE_YEAR = 365 * 24 * 3600

csrf = CSRFProtect()


def install_security(app: Flask) -> None:
    """Guard every answer of an app: policy, headers, caching, cookies and the form token."""
    # A form left open over lunch must still be accepted: the token lives as long as its session.
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    app.config.update(SESSION_COOKIE_HTTPONLY=True, SESSION_COOKIE_SAMESITE="Lax")
    csrf.init_app(app)
    app.jinja_env.globals["nonce"] = nonce
    app.after_request(_protect)


def nonce() -> str:
    """Give this answer's password for inline scripts."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    return str(g.nonce)


def _protect(response: Response) -> Response:
    rules = "; ".join(f"{name} {sources}" for name, sources in POLICY.items())
    response.headers["Content-Security-Policy"] = rules.format(nonce=nonce())
    for name, value in HEADERS.items():
        # An answer may ask for more than all others do.
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = STRICT_TRANSPORT
    response.headers["Cache-Control"] = _caching()
    return response


def _caching() -> str:
    if request.endpoint != "static":
        # Nearly every page names somebody, and those that do not carry a form token.
        return "no-store"
    return f"public, max-age={ONE_YEAR}, immutable" if "v" in request.args else "no-cache"
