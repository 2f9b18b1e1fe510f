"""The command line."""

from collections.abc import Callable

from flask import Flask
from flask.cli import FlaskGroup


def make_cli(create_app: Callable[[], Flask]) -> FlaskGroup:
    return FlaskGroup(name="quorate", create_app=create_app)
