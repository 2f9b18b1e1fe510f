"""Two questions that machines ask: do pages answer (`/healthz`), is all there for the work (`/readyz`)?"""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from network.plumbing.database import db
from network.plumbing.pages import public
from network.plumbing.queue import worker_is_alive

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@public
def alive() -> ResponseReturnValue:
    """Say that this process answers."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
@public
def ready() -> ResponseReturnValue:
    """Say whether database and worker are there, and which is missing."""
    missing = _missing()
    if missing:
        return jsonify(status="not ready", missing=missing), 503
    return jsonify(status="ready", missing=[])


def _missing() -> list[str]:
    try:
        db.session.execute(text("select 1"))
        return [] if worker_is_alive() else ["worker"]
    except SQLAlchemyError:
        db.session.rollback()
        # Whoever cannot reach the database cannot know about the worker either.
        return ["database", "worker"]
