import re
from itertools import product

import pytest

from network.vocabulary import Discipline
from tests.network.plumbing.conftest import ROOT

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STYLES = (ROOT / "static/site.css").read_text() + (ROOT / "static/rota-grid.css").read_text()
PALETTE = dict(re.findall(r"--([\w-]+): (#\w+);", STYLES.split("/* Disciplines")[0]))
DISCIPLINES = {
    name: (ink, tint)
    for name, ink, tint in re.findall(r"\.d-(\w+) \{ --d-ink: (#\w+); --d-tint: (#\w+);", STYLES)
}


def luminance(colour: str) -> float:
    full = colour if len(colour) == 7 else "#" + "".join(2 * digit for digit in colour[1:])
    parts = [int(full[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_every_discipline_has_colours_that_can_be_read():
    assert set(DISCIPLINES) == set(Discipline)
    for ink, tint in DISCIPLINES.values():
        assert contrast(ink, tint) >= 4.5
        assert contrast(ink, "#ffffff") >= 4.5


def test_no_two_disciplines_look_the_same():
    assert len({ink for ink, _ in DISCIPLINES.values()}) == len(Discipline)


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        *product(["ink", "ink-soft", "link"], ["paper", "surface", "surface-soft"]),
        ("green-ink", "green-tint"),
        ("red-ink", "red-tint"),
        ("amber-ink", "amber-tint"),
        ("surface", "navy"),
    ],
)
def test_words_can_be_read_on_what_they_stand_on(ink: str, ground: str):
    assert contrast(PALETTE[ink], PALETTE[ground]) >= 4.5


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_templates_keep_the_content_policy(template):
    source = template.read_text()
    assert not re.search(r"\sstyle=", source)
    assert not re.search(r"\son[a-z]+=\"", source)
    assert not re.search(r"<script(?![^>]*(src=|nonce=))", source)
    assert not re.search(r"(src|href)=\"https?://", source)


def test_styles_and_scripts_ask_nobody_else_for_anything():
    ours = [path for path in (ROOT / "static").rglob("*") if path.suffix in {".css", ".js"}]
    for path in ours:
        assert not re.search(r"(@import|url\()\s*[\"']?(https?:)?//", path.read_text())
