import os
import shutil
import tempfile
from pathlib import Path

import psycopg
import pytest

from network.plumbing.embedded import embedded_server, forget_server
from network.plumbing.settings import CannotStart


@pytest.fixture
def folder():
    parent = Path(tempfile.mkdtemp(prefix="quorate-"))
    yield parent / "postgres"
    shutil.rmtree(parent)


def test_a_server_is_reached_by_its_socket_and_gone_afterwards(folder):
    with embedded_server(folder) as url, psycopg.connect(url) as connection:
        assert connection.execute("show listen_addresses").fetchone() == ("",)
        process = connection.info.backend_pid
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    assert not (folder / "postmaster.pid").exists()


def test_a_number_left_over_from_a_crash_does_not_stop_the_next_start(folder):
    with embedded_server(folder):
        left_over = (folder / "postmaster.pid").read_text()
    # After a crash the number may belong to another process, here to this one.
    (folder / "postmaster.pid").write_text(left_over.replace(left_over.split()[0], str(os.getpid()), 1))
    with embedded_server(folder) as url:
        psycopg.connect(url).close()


def test_only_who_started_a_server_stops_it(folder):
    with embedded_server(folder) as outer:
        with embedded_server(folder):
            pass
        psycopg.connect(outer).close()


@pytest.mark.parametrize("version", ["9", "18", "nonsense"])
def test_a_database_that_cannot_start_is_one_sentence_with_a_way_out(folder, version):
    folder.mkdir(parents=True)
    (folder / "PG_VERSION").write_text(version)
    with pytest.raises(CannotStart) as refused, embedded_server(folder):
        pass
    assert "--fresh" in refused.value.message
    assert "DATABASE_URL" in refused.value.message
    assert "\n" not in refused.value.message
    forget_server(folder)
    with embedded_server(folder) as url:
        psycopg.connect(url).close()
