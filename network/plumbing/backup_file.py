"""The file of a backup: a zip with a dump and a manifest that says, signed, what the dump must come to.

No key lies in it, only names of keys. It is written aside, for the eyes of its owner alone, and gets its name
when it is whole.
"""

import hashlib
import hmac
import json
import os
import secrets
import zipfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from network.plumbing.dumping import NoBackup
from network.plumbing.encryption import Keyring

FORMAT = 1
DUMP, MANIFEST, SIGNATURE = "quorate.dump", "manifest.json", "manifest.signature"
PURPOSE = "backup manifest"
CHUNK = 2**20
LARGEST_MANIFEST = 2**24
READERS = 0o600


@dataclass(frozen=True)
class Manifest:
    """What a backup holds, for whoever puts it back."""

    made_at: datetime
    # The major version of the tool that made the dump: an older one cannot put it back.
    tool: int
    migration: str
    roles: tuple[str, str]
    # Rows by table, by its name in full.
    counts: dict[str, int]
    # Where each chain of the trail ended: number and hash.
    chains: dict[str, tuple[int, str]]
    # Texts by the fingerprint of the key that opens them.
    texts: dict[str, int]

    @property
    def rows(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True)
class Backup:
    """A backup that was found whole, and signed with our key."""

    path: Path
    manifest: Manifest
    sha256: str

    def chunks(self) -> Iterator[bytes]:
        """Yield the dump in pieces."""
        with zipfile.ZipFile(self.path) as file, file.open(DUMP) as dump:
            yield from _chunks(dump)


def write_backup(
    path: Path, dumped: AbstractContextManager[IO[bytes]], manifest: Manifest, keys: Keyring
) -> Backup:
    """Write a dump as it comes, with its manifest; leave nothing where it does not come to its end."""
    digest = hashlib.sha256()
    # What pg_dump writes is pressed already.
    with _written_aside(path) as aside, zipfile.ZipFile(aside, "w", zipfile.ZIP_STORED) as file:
        with dumped as dump, file.open(DUMP, "w", force_zip64=True) as member:
            for chunk in _chunks(dump):
                digest.update(chunk)
                member.write(chunk)
        words = _spelt(manifest, digest.hexdigest())
        file.writestr(MANIFEST, words)
        file.writestr(SIGNATURE, keys.sign(PURPOSE, words))
    return Backup(path, manifest, digest.hexdigest())


def read_backup(path: Path, keys: Keyring) -> Backup:
    """Read a backup and check that it is whole and ours, or say what is wrong with it."""
    try:
        with zipfile.ZipFile(path) as file:
            if file.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
                raise NoBackup(f"{path} is not a backup of Quorate.")
            words, signature = file.read(MANIFEST).decode(), file.read(SIGNATURE).decode()
            found = json.loads(words)
            _refuse_strange(path, found, hmac.compare_digest(keys.sign(PURPOSE, words), signature))
            with file.open(DUMP) as dump:
                digest = hashlib.sha256()
                for chunk in _chunks(dump):
                    digest.update(chunk)
    except OSError as error:
        raise NoBackup(f"{path} cannot be read ({error.strerror}).") from None
    except zipfile.BadZipFile:
        raise NoBackup(f"{path} is not whole: copy it again, or use an earlier backup.") from None
    except (KeyError, ValueError):
        raise NoBackup(f"{path} is not a backup of Quorate.") from None
    if digest.hexdigest() != found["sha256"]:
        raise NoBackup(f"{path} has been changed since it was made: use another backup.")
    return Backup(path, _read(found), found["sha256"])


@contextmanager
def _written_aside(path: Path) -> Iterator[IO[bytes]]:
    # A name that nobody else has: of two at once, neither may get into the other's file.
    aside = path.with_name(f".{path.name}.{secrets.token_hex(8)}.part")
    try:
        refuse_what_is_there(path)
        # Never readable by others, not even for the moment between creation and chmod.
        descriptor = os.open(aside, os.O_RDWR | os.O_CREAT | os.O_EXCL, READERS)
        with os.fdopen(descriptor, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        refuse_what_is_there(path)
        aside.rename(path)
    except OSError as error:
        raise NoBackup(f"{path} cannot be written ({error.strerror}): nothing was kept.") from None
    finally:
        aside.unlink(missing_ok=True)


def refuse_what_is_there(path: Path) -> None:
    """Refuse to write over an earlier backup."""
    if path.exists():
        raise NoBackup(f"{path} is there already: choose another name, or move it away.")


def _spelt(manifest: Manifest, sha256: str) -> str:
    said: dict[str, Any] = {"format": FORMAT, "sha256": sha256} | asdict(manifest)
    return json.dumps(said | {"made_at": manifest.made_at.isoformat()}, indent=1, sort_keys=True)


def _read(found: dict[str, Any]) -> Manifest:
    owner, app = found["roles"]
    return Manifest(
        made_at=datetime.fromisoformat(found["made_at"]),
        tool=found["tool"],
        migration=found["migration"],
        roles=(owner, app),
        counts=found["counts"],
        chains={chain: (number, last) for chain, (number, last) in found["chains"].items()},
        texts=found["texts"],
    )


def _refuse_strange(path: Path, found: dict[str, Any], is_signed: bool) -> None:
    if found["format"] > FORMAT:
        raise NoBackup(f"{path} was made by a newer version of Quorate: restore it with that one.")
    if not is_signed:
        raise NoBackup(
            f"{path} was made with another QUORATE_INDEX_KEY, or has been changed:"
            " set the key it was made with."
        )


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk
