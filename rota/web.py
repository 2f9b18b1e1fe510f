"""The workforce wing's pages, put on the application."""

from flask import Flask

from network.plumbing.pages import Pages


def install(app: Flask, pages: Pages) -> None:
    """Register the workforce wing."""
