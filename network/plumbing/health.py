"""Whether the application answers, and whether all it needs is there."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from network.plumbing.pages import public

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@public
def alive() -> ResponseReturnValue:
    """Answer as soon as pages do."""
    return jsonify(status="ok")
