"""The template of the workbook, as its pack holds it."""

from functools import cache
from pathlib import Path

import yaml

from rota.tables.rules import Template, as_template

PACK = Path(__file__).parent / "packs" / "template.yaml"


@cache
def template() -> Template:
    """Read the template, once."""
    return as_template(yaml.safe_load(PACK.read_text()))
