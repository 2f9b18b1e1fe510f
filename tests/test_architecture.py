"""The arrows of the house: who may import whom, and whose tables may point at whose."""

import ast
import sys
from pathlib import Path

import pytest

from network.plumbing.database import db
from tests.whole import import_every

import_every("records")

ROOT = Path(__file__).parents[1]
PACKAGES = ("network", "rota", "mdt")
# From left to right; a subject imports only from those to its left.
ORDER = {
    "network": "plumbing . links . access . audit . organisations . sites . people . accounts . invitations"
    " . signin . identities . emails . upkeep",
    "rota": "solver . rulebook . staff . patterns . demand . limits . leave . terms . agreed . funding"
    " . jobs . holds . exposures . premises . clinics . clinic_examples . neighbourhoods"
    " . places . bundles . clinic_series . waiting . programmes . programme_packs . learners . hosts"
    " . wishes . exposure_sessions . rotations"
    " . placing . rotation_runs . rotation_grid . rotas . exposure_choices . edits . stages . requests"
    " . past . roster . availability . slots . allowances . basis . placed . standing . facts . supposing"
    " . planning . parts . readiness . cover . lines . losses . views . rooms . capacity . staffing"
    " . rows . narrowing . grid . drafts . desk . panels . gaps . updates . pasting . presence . cells"
    " . trials . comparing . notices . rotation_news . asks . news . publishing . clinic_seats"
    " . clinic_teams"
    " . clinic_effects . repairs . standins . comebacks . clinic_standins . clinic_visits . clinic_plans"
    " . clinic_choices . clinic_board . host_answers . supervision . host_board . reciprocity . board . mine"
    " . advice . fairness . feeds . exposure_map . own_training . payroll . ledger"
    " . tables . workbook . uploads . training_books . sheets . intake",
    "mdt": "patients . sharing . story . carers . cases . goals . holdings . seen . agreements . learners"
    " . panels . facts . conditions . summaries . referrals . drafts . triage . respondents"
    " . contributions . prompts . asking . answering . meetings . dates . keeping . series . readiness"
    " . audience . lists . agenda . latecomers . handout . instruments . outcomes . learning"
    " . self_assessment . decisions . actions . prompting . texts . letters . proposals . minutes"
    " . bookings . readback . panes . run . huddles . tellings . places . services . service_lists"
    " . offering . involvements . care_picture . care_web . carer_actions . carer_page . writing"
    " . signing . objections . emergencies . register . closing . plans . plan_reviews . succession"
    " . own_door . outcome_links . coordination . subject_access . retention . removals . merging"
    " . governance . folder . findings . casefinding . risk_lists . exchange . own_readers . own_page"
    " . small_numbers . periods . reports . withholding . implementation . referral_counts"
    " . meeting_counts . timeliness . plan_counts . support_counts . effort . evidence",
}
SUBJECTS = {package: order.split(" . ") for package, order in ORDER.items()}
# What each kind of file may import of its own subject and of those to its left.
WORDS = {
    "rules": {"rules"},
    "records": {"records", "rules"},
    "wording": {"rules", "wording"},
    "forms": {"rules", "wording", "forms"},
    # Words are as pure as rules: a refusal is a sentence, and so is what a page is handed.
    "queries": {"records", "rules", "wording", "queries"},
    # Work is asked for by naming its task.
    "commands": {"records", "rules", "wording", "queries", "commands", "tasks"},
    "tasks": {"records", "rules", "wording", "queries", "commands", "tasks"},
}
DOORS = {"mdt": {"rota.diary"}}


def modules() -> list[tuple[str, Path]]:
    files = [file for package in PACKAGES for file in sorted((ROOT / package).rglob("*.py"))]
    return [
        (".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"), file)
        for file in files
    ]


def imports_of(path: Path) -> list[str]:
    return imports_in(path.read_text())


def imports_in(source: str) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "write imports from the root"
            # What stands after `import` may be a module too: `from network.access import rules`.
            found += [_module(f"{node.module}.{alias.name}", node.module or "") for alias in node.names]
    return found


def _module(longer: str, shorter: str) -> str:
    path = ROOT.joinpath(*longer.split("."))
    return longer if path.is_dir() or path.with_suffix(".py").exists() else shorter


def wrong(module: str, imported: str) -> str | None:
    """Say what is wrong with an import, or nothing."""
    (package, subject, word), (to_package, to_subject, to_word) = _parts(module), _parts(imported)
    if module.startswith("rota.solver."):
        return (
            None
            if _is_pure(imported, {"ortools", "numpy", "rota.solver"})
            else "the solver knows only itself, numpy and OR-Tools"
        )
    if module == "network.vocabulary":
        return None if _is_pure(imported, set()) else "the vocabulary needs nothing"
    if word == "rules" and to_package not in PACKAGES and not _is_pure(imported, set()):
        return "rules need only the standard library"
    if to_package not in PACKAGES:
        return None
    if PACKAGES.index(to_package) > PACKAGES.index(package) or (package == "mdt" and to_package == "rota"):
        return None if imported in DOORS.get(package, ()) else "this arrow goes up, or through no door"
    if not subject or not to_subject or (to_package == "network" and to_subject == "vocabulary"):
        return None
    order = SUBJECTS[package]
    if (
        to_package == package
        and {subject, to_subject} <= {*order}
        and order.index(to_subject) > order.index(subject)
    ):
        return "that subject is to the right"
    if word == "routes" and to_word == "records":
        return "pages ask queries, not tables"
    if word in WORDS and to_word in set(WORDS) | {"routes"} and to_word not in WORDS[word]:
        return f"{word} know nothing of {to_word}"
    return None


def _parts(module: str) -> tuple[str, str, str]:
    package, subject, word = [*module.split("."), "", ""][:3]
    is_subject = (ROOT / package / subject).is_dir() or subject == "vocabulary"
    return (package, subject, word) if is_subject else (package, "", "")


def _is_pure(imported: str, besides: set[str]) -> bool:
    return imported.split(".")[0] in sys.stdlib_module_names or any(
        imported == name or imported.startswith(f"{name}.") for name in besides
    )


def test_every_arrow_goes_down_and_to_the_left() -> None:
    faults = [
        f"{module} imports {imported}: {fault}"
        for module, path in modules()
        for imported in imports_of(path)
        if (fault := wrong(module, imported))
    ]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("network.people.queries", "from rota.staff import queries"),
        ("rota.staff.queries", "from mdt.cases.queries import get_case"),
        ("mdt.cases.queries", "import rota.staff.queries"),
        ("rota.solver.limits", "from datetime import date\nimport sqlalchemy"),
        ("rota.solver.limits", "from network.vocabulary import SessionKind"),
        ("network.vocabulary", "from network.plumbing.database import db"),
        ("network.people.records", "from network.accounts.records import Account"),
        ("rota.staff.rules", "from flask import request"),
        ("rota.staff.rules", "from rota.staff.queries import find_member"),
        ("rota.staff.records", "from rota.staff.commands import add_member"),
        ("rota.leave.forms", "from rota.leave.queries import absences"),
        ("rota.leave.wording", "from rota.leave.records import Absence"),
        ("rota.leave.queries", "from rota.leave.commands import request_leave"),
        ("rota.leave.commands", "from rota.leave.routes import show"),
        ("rota.leave.routes", "from rota.leave.records import Absence"),
        ("rota.leave.routes", "import rota.rotas.queries"),
    ],
)
def test_each_kind_of_wrong_import_is_seen(module: str, line: str) -> None:
    assert any(wrong(module, imported) for imported in imports_in(line))


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("mdt.cases.commands", "from rota.diary import hold"),
        ("rota.staff.queries", "from network.people.records import Person"),
        ("rota.solver.limits", "from ortools.sat.python import cp_model\nfrom rota.solver.rule import Rule"),
        ("rota.leave.routes", "from rota.leave import forms, queries, commands"),
        ("rota.leave.rules", "from network.vocabulary import SessionKind\nimport math"),
    ],
)
def test_right_imports_pass(module: str, line: str) -> None:
    assert not any(wrong(module, imported) for imported in imports_in(line))


def test_every_subject_has_its_place_in_the_order() -> None:
    folders = {
        (file.parts[-3], file.parts[-2]) for package in PACKAGES for file in ROOT.glob(f"{package}/*/*.py")
    }
    assert not [f"{package}/{subject}" for package, subject in folders if subject not in SUBJECTS[package]]


def place(table: str) -> tuple[int, int]:
    module = next(m.class_.__module__ for m in db.Model.registry.mappers if m.local_table.name == table)
    package, subject, _ = _parts(module)
    return PACKAGES.index(package), SUBJECTS[package].index(subject)


def test_no_table_points_up_or_to_the_right() -> None:
    keys = [key for table in db.metadata.tables.values() for key in table.foreign_keys]
    assert keys
    assert not [str(key) for key in keys if place(key.column.table.name) > place(key.parent.table.name)]


def test_no_relationship_points_up_or_to_the_right() -> None:
    links = [link for mapper in db.Model.registry.mappers for link in mapper.relationships]
    assert links
    assert not [str(link) for link in links if place(link.target.name) > place(link.parent.local_table.name)]
