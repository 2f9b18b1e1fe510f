"""The solver is pure, and looking at a plan does not load OR-Tools."""

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
ALLOWED = sys.stdlib_module_names | {"ortools", "numpy"}
IMPURE = {"os", "socket", "subprocess", "sqlite3", "urllib", "http", "random"}


def imported_names(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module


def test_the_solver_imports_the_standard_library_ortools_numpy_and_itself_alone():
    for path in (ROOT / "rota" / "solver").rglob("*.py"):
        for name in imported_names(path):
            assert name.startswith("rota.solver") or name.split(".")[0] in ALLOWED - IMPURE, f"{path}: {name}"


# These run CP-SAT, and know cells, rows and groups only.
RUNNING = {"search", "conflicts"}
# Whole years are priced by learners' own calendars, which cells and rows do not tell: this knows both.
BESIDES = {"years"}


def test_only_the_search_and_the_search_for_conflicts_run_ortools():
    for path in (ROOT / "rota" / "solver").rglob("*.py"):
        if "ortools" in {name.split(".")[0] for name in imported_names(path)}:
            assert path.parent.name in RUNNING | BESIDES, path


def test_what_runs_ortools_knows_no_word_of_the_trade():
    for folder in sorted(RUNNING):
        for path in (ROOT / "rota" / "solver" / folder).rglob("*.py"):
            trades = ("rota.solver.staff_rota", "rota.solver.rotation_plan")
            assert not any(name.startswith(trades) for name in imported_names(path)), path


def test_looking_at_a_plan_does_not_load_ortools():
    code = "import sys, rota.solver.staff_rota, rota.solver.rotation_plan; sys.exit('ortools' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
