"""The log: one line an event, and no personal data, whatever a library or an exception would like to say."""

import logging
import sys
import time
import traceback
from pathlib import Path

import structlog
from flask import Flask, Response, g, has_request_context, request
from structlog.typing import EventDict, Processor, WrappedLogger

from network.plumbing.settings import Environment

# What our own lines may carry beside the event: ids, counts and names of our own making.
PLAIN = {
    "event",
    "level",
    "logger",
    "timestamp",
    "method",
    "route",
    "status",
    "ms",
    "job",
    "task",
    "network",
    "seconds",
}
CHATTY = ("procrastinate", "alembic", "waitress", "asyncio", "psycopg.pool")
ROOT = Path(__file__).parents[2]


def configure_logging(environment: Environment) -> None:
    """Send everything that is logged through one gate to standard error."""
    is_production = environment is Environment.PRODUCTION
    structlog.configure(
        processors=[*_gate(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    last: Processor = (
        structlog.processors.JSONRenderer() if is_production else structlog.dev.ConsoleRenderer(colors=False)
    )
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_gate(),
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO if is_production else logging.WARNING)
    # A line that cannot be formatted would be printed as it stands, arguments and all.
    logging.raiseExceptions = False
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)


def install_request_log(app: Flask) -> None:
    """Log every answer by its route's pattern: the address itself may hold a token or an id."""
    log = structlog.get_logger("quorate.web")

    @app.before_request
    def start_clock() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def log_answer(response: Response) -> Response:
        took = round((time.perf_counter() - g.get("started", time.perf_counter())) * 1000)
        log.info("answered", method=request.method, route=_route(), status=response.status_code, ms=took)
        return response


def _gate() -> list[Processor]:
    return [
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        tell_error_without_its_message,
        keep_plain,
    ]


def tell_error_without_its_message(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace an exception by its kind and its place: its message may quote a row."""
    error = sys.exc_info()[1] if event.get("exc_info") is True else event.pop("exc_info", None)
    event.pop("exc_info", None)
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event["event"] = f"{type(error).__name__} at {_place(error)}"
        if has_request_context():
            event["route"] = _route()
    return event


def keep_plain(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Drop what is not known to be harmless."""
    return {name: value for name, value in event.items() if name in PLAIN or name.startswith("_")}


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    ours = [
        frame for frame in frames if str(ROOT) in frame.filename and ".venv" not in frame.filename
    ] or frames
    if not ours:
        return "an unknown place"
    return f"{Path(ours[-1].filename).name}:{ours[-1].lineno} in {ours[-1].name}"


def _route() -> str:
    return request.url_rule.rule if request.url_rule else "(none)"
