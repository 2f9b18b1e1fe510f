"""Every way of saying no, as a page, a fragment or JSON: one sentence, a way on, nothing of our insides."""

from dataclasses import dataclass

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, TooManyRequests

from network.plumbing.refusals import Refusal


@dataclass(frozen=True)
class ErrorPage:
    """The title of an error page and what it says where nobody said anything better."""

    title: str
    sentence: str


PAGES = {
    400: ErrorPage("That did not work", "We could not read what the browser sent. Go back and try again."),
    403: ErrorPage("You cannot do this", "Your role does not allow this. Ask your network's administrator."),
    404: ErrorPage("Page not found", "We could not find that page."),
    405: ErrorPage("That did not work", "Go back and use the buttons of the page."),
    409: ErrorPage("Not done", "Something changed in the meantime. Go back, look again and try once more."),
    413: ErrorPage("That is too much at once", "Shorten the text or choose a smaller file, then try again."),
    422: ErrorPage("Please check what you entered", "Something on the form cannot be used. Go back to it."),
    429: ErrorPage("Too many tries", "Wait a few minutes, then try again."),
    500: ErrorPage(
        "Sorry, something went wrong", "Your last step may not have been saved. Look, then try again."
    ),
    503: ErrorPage("Quorate is not available", "Try again in a few minutes."),
}
FORM_TOO_OLD = "This page was open too long, or in another sign-in. Go back, reload it and send it again."


def install_error_pages(app: Flask) -> None:
    """Answer every refusal and error of an app."""
    app.register_error_handler(Refusal, lambda refusal: _answer(refusal.status, refusal.sentence))
    app.register_error_handler(CSRFError, lambda _error: _answer(400, FORM_TOO_OLD))
    app.register_error_handler(HTTPException, _answer_http)


def _answer_http(error: HTTPException) -> Response:
    status = error.code or 500
    if error.response is not None or status < 400:
        return make_response(error.get_response())
    answer = _answer(status, _when_again(error) if isinstance(error, TooManyRequests) else "")
    # Allow, Retry-After and WWW-Authenticate are part of what the error means.
    answer.headers.extend((name, said) for name, said in error.get_headers() if name != "Content-Type")
    return answer


def _when_again(error: TooManyRequests) -> str:
    """Say how long to wait, in the words of people."""
    if not isinstance(error.retry_after, int):
        return ""
    minutes = -(-error.retry_after // 60)
    return f"Wait {minutes} minutes, then try again." if minutes > 1 else "Wait a minute, then try again."


def _answer(status: int, sentence: str) -> Response:
    page = PAGES.get(status) or PAGES[500 if status >= 500 else 400]
    said = sentence or page.sentence
    if "HX-Request" in request.headers:
        return make_response(render_template("errors/_sentence.html", sentence=said), status)
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        return make_response(jsonify(sentence=said), status)
    # The page of a broken server asks nothing of it: no menu, no database.
    template = "errors/broken.html" if status >= 500 else "errors/refused.html"
    return make_response(render_template(template, page=page, sentence=said, back=_page_before()), status)


def _page_before() -> str:
    """Give the page of ours that led here, if one did."""
    before = request.referrer or ""
    return before if before.startswith(request.host_url) and before != request.url else ""
