"""What a request may bring: from our own address, not too much of it, and only text that can be kept."""

import io
import json
import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Request, abort, current_app, request
from werkzeug.datastructures import FileStorage, ImmutableMultiDict, MultiDict
from werkzeug.exceptions import NotFound, RequestEntityTooLarge
from werkzeug.sansio.utils import host_is_trusted
from werkzeug.wsgi import get_content_length

from network.plumbing.settings import Settings

View = TypeVar("View", bound=Callable[..., Any])

LARGEST_BODY = 256 * 1024
# A paste from a record of 60,000 letters, of which each may travel as nine bytes; a rota of many cells.
LARGEST_TEXT = 1024 * 1024
# A workbook that unpacking.py just takes, and the form around it.
LARGEST_UPLOAD = 6 * 1024 * 1024
MOST_FIELDS = 2000
DEEPEST_JSON = 12
PIECE = 64 * 1024

# Nobody types these, the database or a workbook refuses some of them, and they hide in what is pasted.
UNTYPED: Mapping[int, str | None] = (
    dict.fromkeys([*range(0x20), 0x7F, *range(0xD800, 0xE000), 0xFFFE, 0xFFFF])
    | {sign: chr(sign) for sign in b"\t\n\r"}
    # Word and its like break lines and pages with these.
    | dict.fromkeys(b"\v\f", "\n")
)


def keepable(text: str) -> str:
    """Leave out of a text what can be neither typed nor kept."""
    return text.translate(UNTYPED)


def read_json(text: str | bytes) -> Any:
    """Read JSON as our own pages write it, or raise ValueError: no NaN, nothing deeper than they go."""
    try:
        return _kept(json.loads(text, parse_constant=_refuse_constant), DEEPEST_JSON)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def brings(largest: int) -> Callable[[View], View]:
    """Let the form of a page be larger than others are."""

    def mark(view: View) -> View:
        view.largest_body = largest  # type: ignore[attr-defined]
        return view

    return mark


class Answers(ImmutableMultiDict[str, Any]):
    """What was sent, without the signs that cannot be kept."""

    def __init__(self, sent: Any = None) -> None:
        super().__init__([(keepable(name), _tidy(value)) for name, value in _pairs(sent)])


class JSONModule:
    """What a request reads JSON with."""

    loads = staticmethod(read_json)


class Arriving(Request):
    """A request whose fields hold only what can be kept."""

    parameter_storage_class = Answers

    @property
    def json_module(self) -> Any:
        return JSONModule

    @json_module.setter
    def json_module(self, _: Any) -> None:
        """Leave aside what the app reads its own sessions with: it trusts them."""


def install_arriving(app: Flask) -> None:
    """Look at every request of an app before anything reads it."""
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_BODY, MAX_FORM_MEMORY_SIZE=LARGEST_BODY, MAX_FORM_PARTS=MOST_FIELDS
    )
    app.request_class = Arriving
    app.before_request(_look_at)


def _look_at() -> None:
    if not _is_our_address():
        abort(400)
    if request.path != keepable(request.path):
        raise NotFound
    view = _view()
    if (largest := getattr(view, "largest_body", None)) is not None:
        request.max_content_length = largest
        request.max_form_memory_size = min(largest, LARGEST_TEXT)
    _measure_pieces(request.environ, request.max_content_length or LARGEST_BODY)
    # The library counts the parts of a form with files only.
    if request.method == "POST" and sum(len(each) for each in request.form.listvalues()) > MOST_FIELDS:
        raise RequestEntityTooLarge


def _measure_pieces(environ: dict[str, Any], most: int) -> None:
    """Give a body that comes in pieces the length it has: the library cuts it off and takes it for whole."""
    if get_content_length(environ) is not None or not environ.get("wsgi.input_terminated"):
        return
    body, stream = io.BytesIO(), environ["wsgi.input"]
    while piece := stream.read(min(PIECE, most + 1 - body.tell())):
        body.write(piece)
    if body.tell() > most:
        raise RequestEntityTooLarge
    environ |= {"wsgi.input": io.BytesIO(body.getvalue()), "CONTENT_LENGTH": str(body.tell())}
    environ.pop("HTTP_TRANSFER_ENCODING", None)


def _is_our_address() -> bool:
    """Say whether a request came to our own name; whoever asks for our health may not know it."""
    settings: Settings | None = current_app.extensions.get("settings")
    if settings is None or not settings.is_production or not settings.address:
        return True
    return request.blueprint == "health" or host_is_trusted(request.host, [_name_of(settings)])


def _name_of(settings: Settings) -> str:
    return urlsplit(settings.address).hostname or ""


def _view() -> Callable[..., Any] | None:
    return current_app.view_functions.get(request.endpoint or "")


def _kept(value: Any, deeper: int) -> Any:
    if deeper < 0:
        raise ValueError("nested too deeply")
    if isinstance(value, str):
        return keepable(value)
    if isinstance(value, list):
        return [_kept(each, deeper - 1) for each in value]
    if isinstance(value, dict):
        return {keepable(name): _kept(each, deeper - 1) for name, each in value.items()}
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("no number")
    return value


def _refuse_constant(word: str) -> None:
    raise ValueError(f"{word} is no number")


def _tidy(value: Any) -> Any:
    if isinstance(value, FileStorage):
        value.filename = keepable(value.filename or "")
        return value
    return keepable(value) if isinstance(value, str) else value


def _pairs(sent: Any) -> Iterable[tuple[str, Any]]:
    if isinstance(sent, MultiDict):
        return sent.items(multi=True)
    return sent.items() if isinstance(sent, Mapping) else sent or ()
