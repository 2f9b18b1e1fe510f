"""The file of a backup: whole, ours and opened by our keys, or refused in a sentence."""

import errno
import io
import json
import zipfile
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from cryptography.fernet import Fernet

from network.plumbing import dumping
from network.plumbing.backup_file import (
    DUMP,
    MANIFEST,
    SIGNATURE,
    Manifest,
    _written_aside,
    read_backup,
    write_backup,
)
from network.plumbing.dumping import NoBackup, find_tool, version_of
from network.plumbing.encryption import Keyring, fingerprint
from network.plumbing.migrating import newest
from network.restoring import _compare, fitting_backup

KEY = Fernet.generate_key().decode()
KEYS, OTHERS = Keyring((KEY,), "x" * 40), Keyring((Fernet.generate_key().decode(),), "x" * 40)
MANIFEST_OF_ALL = Manifest(
    made_at=datetime(2026, 12, 7, 3, tzinfo=UTC),
    tool=15,
    migration=newest(),
    roles=("quorate_owner", "quorate_app"),
    counts={"public.patient": 7},
    chains={"7": (4, "f" * 64)},
    texts={fingerprint(KEY): 9},
)


def written(path, manifest=MANIFEST_OF_ALL, dump=b"a dump" * 1000):
    return write_backup(path, nullcontext(io.BytesIO(dump)), manifest, KEYS)


def rewritten(path, **members):
    """Write some members of a backup anew, as somebody might who holds no key."""
    with zipfile.ZipFile(path) as file:
        found = {name: file.read(name) for name in (DUMP, MANIFEST, SIGNATURE)}
    with zipfile.ZipFile(path, "w") as file:
        for name, content in found.items():
            file.writestr(name, members.get(name.replace(".", "_"), content))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "quorate.backup"


def test_what_is_written_is_read_again_and_only_its_owner_may(path):
    made = written(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert read_backup(path, KEYS) == made == fitting_backup(path, KEYS)
    assert b"".join(made.chunks()) == b"a dump" * 1000
    assert KEY.encode() not in path.read_bytes()
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def cut(path):
    path.write_bytes(path.read_bytes()[:-200])


def spoilt(path):
    content = bytearray(path.read_bytes())
    content[content.index(b"a dump") + 3] ^= 1
    path.write_bytes(content)


def another_dump(path):
    rewritten(path, quorate_dump=b"another dump")


def another_manifest(path):
    with zipfile.ZipFile(path) as file:
        said = json.loads(file.read(MANIFEST))
    rewritten(path, manifest_json=json.dumps(said | {"counts": {}}))


def a_later_format(path):
    with zipfile.ZipFile(path) as file:
        said = json.loads(file.read(MANIFEST))
    rewritten(path, manifest_json=json.dumps(said | {"format": 2}))


def something_else(path):
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("letter.txt", "Hello")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (cut, "is not whole: copy it again"),
        (spoilt, "is not whole: copy it again"),
        (lambda path: path.write_text("Hello"), "is not whole"),
        (another_dump, "has been changed since it was made"),
        (another_manifest, "was made with another QUORATE_INDEX_KEY, or has been changed"),
        (a_later_format, "was made by a newer version of Quorate"),
        (something_else, "is not a backup of Quorate"),
        (lambda path: path.unlink(), "cannot be read (No such file or directory)"),
    ],
)
def test_what_is_not_whole_or_not_ours_is_refused_in_a_sentence(path, spoil, said):
    written(path)
    spoil(path)
    with pytest.raises(NoBackup) as refused:
        read_backup(path, KEYS)
    assert said in refused.value.message


def test_keys_that_do_not_fit_and_newer_versions_are_told_before_anything_is_touched(path, tmp_path):
    written(path)
    with pytest.raises(NoBackup, match=f"Its fingerprint is {fingerprint(KEY)}"):
        fitting_backup(path, OTHERS)
    newer = tmp_path / "newer"
    written(newer, replace(MANIFEST_OF_ALL, migration="9999"))
    with pytest.raises(NoBackup, match=r"newer version of Quorate \(migration 9999\)"):
        fitting_backup(newer, KEYS)


def test_an_earlier_backup_is_never_written_over(path):
    path.write_text("Hello")
    with pytest.raises(NoBackup, match="is there already"):
        written(path)
    assert path.read_text() == "Hello"


def test_of_two_backups_under_one_name_neither_gets_into_the_other(path):
    second = _written_aside(path)
    with _written_aside(path) as file:
        file.write(b"whole")
        second.__enter__().write(b"half of an")
    assert path.read_bytes() == b"whole"
    with pytest.raises(NoBackup, match="is there already"):
        second.__exit__(None, None, None)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


class Full(io.RawIOBase):
    """A dump that comes for a while, until the disk is full."""

    def __init__(self, error: Exception) -> None:
        self.left, self.error = 3, error

    def read(self, size: int = -1) -> bytes:
        self.left -= 1
        if self.left < 0:
            raise self.error
        return b"some of it"


@contextmanager
def failing(error: Exception):
    yield io.BytesIO(b"some of it")
    raise error


@pytest.mark.parametrize(
    ("dumped", "said"),
    [
        (nullcontext(Full(OSError(errno.ENOSPC, "No space left on device"))), "No space left on device"),
        (failing(NoBackup("pg_dump failed: permission denied for table patient")), "permission denied"),
        (failing(KeyboardInterrupt()), "^$"),
    ],
)
def test_nothing_is_left_of_what_was_not_written_to_its_end(path, dumped, said):
    with pytest.raises((NoBackup, KeyboardInterrupt), match=said):
        write_backup(path, dumped, MANIFEST_OF_ALL, KEYS)
    assert list(path.parent.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(NoBackup, match="cannot be written"):
        written(tmp_path / "nowhere" / "quorate.backup")


def test_a_tool_is_as_new_as_the_server_and_no_newer(monkeypatch, tmp_path):
    monkeypatch.setattr(dumping, "SYSTEM_FOLDERS", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(dumping, "tools", lambda name: [])
    for version in (15, 18, 16):
        tool = tmp_path / str(version) / "bin" / "pg_dump"
        tool.parent.mkdir(parents=True)
        tool.write_text(f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {version}.3 (Debian {version}.3-0)'\n")
        tool.chmod(0o755)
    assert version_of(find_tool("pg_dump", 15)) == 15
    assert version_of(find_tool("pg_dump", 17)) == 18
    assert version_of(tmp_path) == 0
    with pytest.raises(NoBackup, match="No pg_dump of version 19 or newer was found: install"):
        find_tool("pg_dump", 19)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ({"counts": {"public.patient": 6}}, "public.patient has 6 rows, but 7 were copied"),
        ({"counts": {}}, "public.patient has 0 rows, but 7 were copied"),
        ({"chains": {"7": (4, "e" * 64)}}, "What was put back is not what was copied"),
        ({"migration": "0001"}, "What was put back is not what was copied"),
    ],
)
def test_what_was_put_back_is_held_against_what_was_copied(found, said):
    _compare(MANIFEST_OF_ALL, MANIFEST_OF_ALL)
    with pytest.raises(NoBackup, match=said):
        _compare(MANIFEST_OF_ALL, replace(MANIFEST_OF_ALL, **found))
