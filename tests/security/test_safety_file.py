"""The safety file speaks of what is there: tests exist, controls have them, ratings follow from the table."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "safety"
PAGES = sorted(page.name for page in FOLDER.glob("*.md"))
LOG = (FOLDER / "hazard-log.md").read_text()
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
HAZARD = re.compile(r"^## (H\d\d) (.+)$", re.MULTILINE)
PARTS = ("Hazard", "Cause", "Effect", "Initial risk", "Controls", "The network", "Residual risk", "Status")
SEVERITIES = ("Minor", "Significant", "Considerable", "Major", "Catastrophic")
RISK = re.compile(r"\*\*(Initial|Residual) risk:\*\* (\w+) × ([\w ]+) = \*\*(\d)\*\*")
# Each of these has been asked for by name.
MUST = {
    "Wrong person",
    "Stale information",
    "Lost action",
    "Ignored objection",
    "Wrong recipient",
    "Lost minutes",
    "Learner unsupervised",
    "Read or proposed by software, and trusted too far",
}


def hazards() -> dict[str, str]:
    """Return what is said of each hazard, by its title."""
    _, *parts = HAZARD.split(LOG)
    return dict(zip(parts[1::3], parts[2::3], strict=True))


def ratings() -> dict[str, list[int]]:
    """Read the table by which ratings follow: by likelihood, one for each severity."""
    rows = re.findall(r"^\| (\w[\w ]*) \| " + r" \| ".join([r"(\d)"] * 5) + r" \|$", LOG, re.MULTILINE)
    return {likelihood.lower(): [int(each) for each in row] for likelihood, *row in rows}


@pytest.mark.parametrize("paper", PAGES)
def test_every_test_that_is_named_is_there(paper: str) -> None:
    named = NAMED.findall((FOLDER / paper).read_text())
    gone = [
        (file, name)
        for file, name in named
        if not (ROOT / file).exists() or f"def {name}(" not in (ROOT / file).read_text()
    ]
    assert not gone, "a control is no control without the test that proves it"


def test_every_control_names_a_test() -> None:
    bare = []
    for title, said in hazards().items():
        _, _, controls = said.partition("* **Controls:**\n")
        controls, _, _ = controls.partition("* **The network:**")
        each = re.split(r"^  \* ", controls, flags=re.MULTILINE)[1:]
        assert each, title
        bare += [(title, control) for control in each if not NAMED.search(control)]
    assert not bare


def test_every_hazard_says_all_there_is_to_say_and_those_that_must_be_there_are() -> None:
    assert len(hazards()) >= 20
    assert not MUST - hazards().keys()
    lacking = [
        (title, part) for title, said in hazards().items() for part in PARTS if f"**{part}:**" not in said
    ]
    assert not lacking


def test_every_rating_follows_from_its_severity_and_likelihood_and_none_that_remains_is_unacceptable() -> (
    None
):
    table = ratings()
    assert len(table) == 5
    for title, said in hazards().items():
        rated = {when: int(rating) for when, _, _, rating in RISK.findall(said)}
        for _, severity, likelihood, rating in RISK.findall(said):
            assert table[likelihood][SEVERITIES.index(severity)] == int(rating), title
        assert rated["Residual"] <= min(rated["Initial"], 2), title
        number = next(code for code, name in HAZARD.findall(LOG) if name == title)
        assert f"| {number} | {title} | {rated['Initial']} | {rated['Residual']} |" in LOG


def test_nothing_pretends_to_be_signed() -> None:
    assert {
        "README.md",
        "dpia.md",
        "hazard-log.md",
        "privacy-notice.md",
        "sharing-agreement-checklist.md",
    } <= {*PAGES}
    assert "**Draft. Not signed by a clinical safety officer.**" in LOG
    assert not [page for page in PAGES if "raft" not in (FOLDER / page).read_text()[:700]]


def test_every_link_between_the_pages_leads_somewhere() -> None:
    links = [link for page in PAGES for link in re.findall(r"\]\(([^)]+)\)", (FOLDER / page).read_text())]
    assert links
    assert not [link for link in links if not (FOLDER / link).exists()]
