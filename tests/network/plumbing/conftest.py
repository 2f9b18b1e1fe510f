from pathlib import Path

import pytest
from flask import Flask

from network.plumbing.error_pages import install_error_pages
from network.plumbing.templating import Furniture, MenuLink, install_templating
from network.plumbing.web_security import install_security

ROOT = Path(__file__).parents[3]


def furniture() -> Furniture:
    links = (MenuLink("Today", "/"), MenuLink("Rota", "/rota", is_current=True))
    return Furniture(links, "P Manager", "Riverside network", account_url="/me", sign_out_url="/out")


@pytest.fixture
def site() -> Flask:
    """Make an application with the furniture and nothing else: no database, no wings."""
    site = Flask("site", root_path=str(ROOT))
    site.config["SECRET_KEY"] = "only for these tests"
    install_templating(site, furniture)
    install_security(site)
    install_error_pages(site)
    return site
