"""What was backed up is put back whole, with its chains, rights and secrets; or nothing is touched."""

import os
import subprocess
import sys
from dataclasses import replace

import psycopg
import pytest
from cryptography.fernet import Fernet
from flask import Flask
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from network import restoring
from network.access.rules import Role
from network.accounts.commands import set_sign_in_rules
from network.audit.chain import check_chain_in
from network.audit.rules import PLATFORM
from network.backups import look, make_backup, one_moment, roles_of
from network.plumbing import migrating
from network.plumbing.backup_file import write_backup
from network.plumbing.database import db
from network.plumbing.dumping import NoBackup, dumped, find_tool, server_version, version_of
from network.plumbing.encryption import Keyring, keyring
from network.plumbing.roles import APP, Addresses, connect, grant_ahead, prepare_database
from network.plumbing.settings import ROOT
from network.restoring import restore_backup, verify_backup
from network.upkeep.tasks import check_every_chain
from tests.cast import Cast
from tests.mdt.everything import FAMILY, make_everything

SILENT = print
URL = "postgresql://quorate_app@elsewhere.example.org/quorate"


@pytest.fixture
def elsewhere(server: str):
    """Make an empty database, and drop it afterwards."""
    name = f"quorate_restored_{os.getpid()}"
    yield prepare_database(server, name)
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


def settings_for(app: Flask, addresses: Addresses):
    return replace(app.extensions["settings"], database_url=addresses.app_url, owner_url=addresses.owner_url)


def run(app: Flask, addresses: Addresses, *words: str) -> subprocess.CompletedProcess:
    """Run the command line as an administrator does, with the keys of the tests."""
    settings = app.extensions["settings"]
    environ = os.environ | {
        "QUORATE_ENV": "test",
        "DATABASE_URL": addresses.app_url,
        "DATABASE_OWNER_URL": addresses.owner_url,
        "SECRET_KEY": settings.secret_key,
        "QUORATE_KEYS": ",".join(settings.keys),
        "QUORATE_INDEX_KEY": settings.index_key,
    }
    command = [sys.executable, "-c", "from app import cli; cli()", *words]
    return subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True)


def held(url: str) -> tuple[dict[str, int], list[str]]:
    """Count the rows of every table, and name the schemas."""
    with connect(url) as owner:
        schemas = owner.execute("select nspname from pg_namespace where nspname !~ '^pg_|^information'")
        names = sorted(name for (name,) in schemas)
    with one_moment(url) as (reader, _):
        return look(reader, db.metadata, ("", ""), 0).counts, names


def test_everything_is_put_back_and_proves_itself(
    app: Flask, cast: Cast, addresses, elsewhere, tmp_path, monkeypatch
) -> None:
    known = make_everything(cast)
    check_every_chain(None)
    path = tmp_path / "quorate.backup"

    def meanwhile(said: str) -> None:
        # Written after the rows were counted and before they are copied: no part of that moment.
        if said.startswith("Copying"):
            set_sign_in_rules(cast[Role.ADMINISTRATOR], 20)

    made = make_backup(settings_for(app, addresses), keyring(), db.metadata, path, meanwhile)
    assert made.manifest.counts["public.patient"] == 1
    assert made.manifest.texts == {keyring().fingerprints[0]: sum(made.manifest.texts.values())}
    restored = run(app, elsewhere, "restore", str(path))
    assert restored.returncode == 0, restored.stderr
    assert f"{made.manifest.rows:,} rows as counted, 3 chains of the audit trail whole" in restored.stdout
    counts, schemas = held(elsewhere.owner_url)
    # The restore itself is noted, after everything was counted.
    noted = {"public.audit_entry": counts["public.audit_entry"] - 1}
    assert counts | noted == made.manifest.counts
    assert schemas == ["jobs", "public"]
    with one_moment(elsewhere.owner_url) as (reader, _):
        assert check_chain_in(reader, PLATFORM, ()).broken is None
        assert check_chain_in(reader, cast.network.id, ()).broken is None
    _rights_are_the_same(elsewhere)
    _app_reads(elsewhere, cast.network.id, known["patient_id"])
    refused = app.test_cli_runner().invoke(args=["restore", str(path)])
    assert "restore into an empty one, or say --replace" in refused.output
    mistyped = app.test_cli_runner().invoke(args=["restore", "--replace", str(path)], input="nonsense\n")
    assert "That is not its name: nothing was touched." in mistyped.output
    # The owner's address is the one that counts: the other may lead elsewhere.
    monkeypatch.setitem(app.extensions, "settings", replace(settings_for(app, elsewhere), database_url=URL))
    asked = app.test_cli_runner().invoke(args=["restore", "--replace", str(path)], input="quorate\n")
    assert f"All that {conninfo_to_dict(elsewhere.owner_url)['dbname']} holds now" in asked.output
    assert "nothing was touched" in asked.output
    assert (refused.exit_code, mistyped.exit_code) == (1, 1)


def _rights_are_the_same(addresses: Addresses) -> None:
    """Try what the app's role must still not do."""
    for statement in (
        "update audit_entry set actor = 'Eve'",
        "delete from chain_check",
        "alter table patient disable row level security",
    ):
        with connect(addresses.app_url) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement)
    with (
        connect(addresses.owner_url) as owner,
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"),
    ):
        owner.execute("update audit_entry set actor = 'Eve'")


def _app_reads(addresses: Addresses, network_id, patient_id) -> None:
    with connect(addresses.app_url) as connection:
        assert connection.execute("select count(*) from patient").fetchone() == (0,)
        connection.execute("select set_config('quorate.network_id', %s, false)", [str(network_id)])
        row = connection.execute("select family_name from patient where id = %s", [patient_id]).fetchone()
    assert keyring().open(row[0]) == FAMILY


def test_a_restore_that_does_not_prove_itself_leaves_everything_as_it_was(
    app: Flask, cast: Cast, addresses, elsewhere, tmp_path, monkeypatch
) -> None:
    path, settings = tmp_path / "quorate.backup", settings_for(app, elsewhere)
    make_backup(settings_for(app, addresses), keyring(), db.metadata, path, SILENT)
    empty = ["public"]

    def broken(*_) -> list[str]:
        return ["Entry 2 has been changed."]

    def restore(replaces: bool = False) -> str:
        return restore_backup(settings, keyring(), db.metadata, path, replaces=replaces, tell=SILENT)

    with monkeypatch.context() as patch:
        patch.setattr(restoring, "breaks", broken)
        with pytest.raises(NoBackup, match=r"does not hold. Entry 2 has been changed."):
            restore()
    assert _schemas(elsewhere) == empty
    restore()
    before = held(elsewhere.owner_url)
    with monkeypatch.context() as patch:
        patch.setattr(restoring, "breaks", broken)
        with pytest.raises(NoBackup, match="does not hold"):
            restore(replaces=True)
    assert held(elsewhere.owner_url) == before
    # As a power cut would leave it: what was there is set aside, and nothing is in its place.
    with connect(elsewhere.owner_url) as owner:
        restoring._set_aside(owner)
    with pytest.raises(NoBackup, match=r"holds .* tables: restore into an empty one"):
        restore()
    assert held(elsewhere.owner_url) == before
    with connect(elsewhere.app_url), pytest.raises(NoBackup, match="stop web and workers"):
        restore(replaces=True)
    other = replace(settings, owner_url=elsewhere.app_url)
    with pytest.raises(NoBackup, match="belongs to the owner quorate_owner"):
        restore_backup(other, keyring(), db.metadata, path, replaces=True, tell=SILENT)
    assert held(elsewhere.owner_url) == before
    # Broken off when it had proved itself, it is never taken back: people may have gone on working since.
    with monkeypatch.context() as patch:
        patch.setattr(restoring, "_drop", _stopped_at_the_end)
        with pytest.raises(KeyboardInterrupt):
            restore(replaces=True)
    with connect(elsewhere.owner_url) as owner:
        owner.execute("create table since (number int)")
    with pytest.raises(NoBackup, match=r"holds .* tables"):
        restore()
    with connect(elsewhere.owner_url) as owner:
        assert owner.execute("select count(*) from since").fetchone() == (0,)
    assert _schemas(elsewhere) == ["jobs", "public"]


def _stopped_at_the_end(owner: psycopg.Connection, *_) -> None:
    if restoring._there(owner, ["outlived_public"]):
        raise KeyboardInterrupt


def _schemas(addresses: Addresses) -> list[str]:
    with connect(addresses.owner_url) as owner:
        found = owner.execute("select nspname from pg_namespace where nspname !~ '^pg_|^information'")
        return sorted(name for (name,) in found)


def test_a_backup_is_proved_in_a_server_of_its_own(app: Flask, cast: Cast, addresses, tmp_path) -> None:
    path = tmp_path / "quorate.backup"
    made = make_backup(settings_for(app, addresses), keyring(), db.metadata, path, SILENT)
    assert f"{made.manifest.rows:,} rows as counted" in verify_backup(keyring(), db.metadata, path, SILENT)


def test_an_older_backup_is_brought_forward(app: Flask, database, elsewhere, tmp_path) -> None:
    path, settings = tmp_path / "quorate.backup", settings_for(app, elsewhere)
    with connect(elsewhere.owner_url) as owner:
        grant_ahead(owner, APP)
    migrating.command.upgrade(
        migrating._config(owner_url=elsewhere.owner_url, app_role=APP, keyring=keyring()), "0013"
    )
    with connect(elsewhere.owner_url) as owner:
        owner.execute(
            "insert into organisation (id, kind, name, short_name) values (%s, 'network', 'N', 'N')",
            [PLATFORM],
        )
        owner.execute(
            "insert into letter_head (id, network_id, team, address, phone, hours)"
            " values (%s, %s, 'Team', '', '', '')",
            [PLATFORM, PLATFORM],
        )
        owner.execute(
            "insert into meeting_series (id, network_id, name, purpose, minutes, opening_minutes,"
            " closing_minutes, every_weeks, place, link, quorum, is_ended, row_version)"
            " values (%s, %s, 'MDT', '', 60, 2, 4, 2, 'Hub', '', '{}', false, 1)",
            [PLATFORM, PLATFORM],
        )
    tool = find_tool("pg_dump", server_version(elsewhere.owner_url))
    with one_moment(elsewhere.owner_url) as (reader, _):
        manifest = look(reader, db.metadata, roles_of(settings, elsewhere.owner_url), version_of(tool))
    assert (manifest.migration, manifest.texts) == ("0013", {})
    write_backup(path, dumped(elsewhere.owner_url, tool, "--format=custom"), manifest, keyring())
    said = restore_backup(settings, keyring(), db.metadata, path, replaces=True, tell=SILENT)
    assert f"{manifest.rows:,} rows as counted" in said
    with connect(elsewhere.owner_url) as owner:
        [(place, migration)] = owner.execute(
            "select place, version_num from meeting_series, alembic_version"
        ).fetchall()
    assert (keyring().open(place), migration) == ("Hub", migrating.newest())


def test_a_name_that_is_taken_is_told_before_any_work(app: Flask, tmp_path) -> None:
    path, told = tmp_path / "quorate.backup", []
    path.write_text("An earlier one.")
    with pytest.raises(NoBackup, match="is there already"):
        make_backup(app.extensions["settings"], app.extensions["keyring"], db.metadata, path, told.append)
    assert (told, path.read_text()) == ([], "An earlier one.")


def test_whoever_may_not_read_everything_makes_no_backup(
    app: Flask, cast: Cast, addresses, tmp_path, monkeypatch
) -> None:
    path = tmp_path / "quorate.backup"
    settings = settings_for(app, addresses)
    with pytest.raises(NoBackup, match="needs DATABASE_OWNER_URL"):
        make_backup(replace(settings, owner_url=None), keyring(), db.metadata, path, SILENT)
    strangers = Keyring((Fernet.generate_key().decode(),), "x" * 40)
    monkeypatch.setitem(app.extensions, "keyring", strangers)
    with pytest.raises(NoBackup, match="put the dropped key back"):
        make_backup(settings, strangers, db.metadata, path, SILENT)
    tool = find_tool("pg_dump", server_version(addresses.app_url))
    with (
        pytest.raises(NoBackup, match=r"pg_dump failed: .*row-level security"),
        dumped(addresses.app_url, tool) as dump,
    ):
        dump.read()
    assert not path.exists()
