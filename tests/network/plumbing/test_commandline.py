from click.testing import CliRunner

from app import cli
from network.plumbing.commandline import load_tasks
from network.plumbing.queue import TASKS
from network.plumbing.settings import ROOT


def test_a_worker_knows_the_tasks_of_every_subject():
    load_tasks(ROOT)
    modules = {task.function.__module__ for task in TASKS.values()}
    written = {".".join(path.parts[-3:-1]) + ".tasks" for path in ROOT.glob("[a-z]*/*/tasks.py")}
    assert written
    assert written <= modules


def test_help_is_given_also_where_the_settings_are_missing(monkeypatch):
    for name in ("QUORATE_ENV", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    answer = CliRunner().invoke(cli, ["--help"])
    assert answer.exit_code == 0
    assert "demo" in answer.output
    assert "DATABASE_URL is not set" in answer.output
