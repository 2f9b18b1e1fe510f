import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import tomllib
import urllib.error
import urllib.request
from pathlib import Path

import psutil
import pytest

import run

ROOT = Path(run.__file__).parent
QUORATE = [sys.executable, "-c", "from app import cli; cli()"]


@pytest.fixture
def data():
    folder = Path(tempfile.mkdtemp(prefix="quorate-"))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def start_demo(data, port):
    started = []

    def start(*options):
        command = [*QUORATE, "demo", "--port", str(port), *options]
        with (data / "said.txt").open("a") as said:
            demo = subprocess.Popen(
                command,
                cwd=ROOT,
                env=clean_environment(QUORATE_DATA=str(data)),
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
        started.append(demo)
        return demo

    yield start
    for demo in started:
        if demo.poll() is None:
            demo.terminate()
            demo.wait(30)


def test_an_old_python_is_refused_with_a_sentence():
    with pytest.raises(run.CannotRun, match=r"needs Python 3\.11 or newer and this is 3\.9"):
        run.refuse_old_python((3, 9))


def test_the_python_we_run_on_is_not_refused():
    run.refuse_old_python(sys.version_info[:2])


def test_a_full_disk_is_refused_before_anything_is_installed():
    with pytest.raises(run.CannotRun, match=r"needs 1\.5 GB of disk space and 200 MB are free"):
        run.refuse_full_disk(200 * 2**20)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("ERROR: Could not install packages: [Errno 28] No space left on device", "disk is full"),
        (
            "WARNING: Retrying: NewConnectionError('Temporary failure in name resolution')",
            "check the network",
        ),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "DO NOT MATCH THE HASHES"),
    ],
)
def test_what_pip_says_of_a_failure_becomes_one_sentence(said, sentence):
    with pytest.raises(run.CannotRun, match=sentence) as refused:
        run.explain(said)
    assert "\n" not in str(refused.value)


def test_an_installation_that_went_well_says_nothing():
    run.explain(None)


def test_whoever_is_not_root_reads_which_debian_packages_are_missing(monkeypatch):
    # Without a path there is no browser to find, and no apt-get either.
    monkeypatch.setenv("PATH", "")
    packages = run.missing_packages()
    assert "chromium-headless-shell" in packages
    with pytest.raises(run.CannotRun, match=r"apt-get install --yes .* chromium-headless-shell .* as root"):
        run.install_packages(packages)


def test_the_stamp_changes_with_what_is_locked(tmp_path):
    lock = tmp_path / "app.txt"
    lock.write_text("flask==3.1.3")
    before = run.stamp_for(lock)
    lock.write_text("flask==3.1.4")
    assert run.stamp_for(lock) != before


def test_the_locks_hold_hashes_and_no_address_of_a_registry():
    for lock in (ROOT / "requirements").glob("*.txt"):
        text = lock.read_text()
        pinned = [line for line in text.splitlines() if "==" in line and not line.lstrip().startswith("#")]
        assert pinned
        assert all(line.endswith("\\") for line in pinned)
        assert "://" not in text


def test_a_taken_port_is_one_sentence(data, port):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        refused_demo(
            f"Port {port} is taken: choose another with --port {port + 1}", data, "--port", str(port)
        )


def test_a_database_that_does_not_answer_is_one_sentence(data, port):
    address = "postgresql://nobody@127.0.0.1:1/nothing"
    refused_demo("The database does not answer", data, "--port", str(port), DATABASE_URL=address)


def test_an_embedded_database_that_cannot_start_is_one_sentence(data, port):
    (data / "postgres").mkdir()
    (data / "postgres" / "PG_VERSION").write_text("9")
    refused_demo("start with --fresh to make it anew, or set DATABASE_URL", data, "--port", str(port))


@pytest.mark.parametrize("command", ["worker", "migrate"])
def test_outside_the_demo_a_missing_database_refuses_to_start(command):
    done = subprocess.run(
        [*QUORATE, command], cwd=ROOT, env=clean_environment(), capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 2
    assert done.stderr.startswith("Error: DATABASE_URL is not set")


def test_the_demo_answers_mends_its_worker_and_leaves_no_process_behind(data, port, start_demo):
    demo = start_demo()
    wait_for_answer(port, "/healthz", demo)
    wait_until(lambda: "Ctrl+C" in (data / "said.txt").read_text(), demo)
    said = (data / "said.txt").read_text()
    assert f"http://127.0.0.1:{port}" in said
    assert str(data) in said
    wait_for_answer(port, "/readyz", demo)

    (worker,) = workers_of(demo)
    worker.kill()
    wait_until(lambda: [other for other in workers_of(demo) if other.pid != worker.pid], demo)

    family = family_of(demo, data)
    assert {"postgres", "python"} <= {kind_of(process) for process in family}
    # Ctrl+C reaches the whole foreground group at once.
    os.killpg(demo.pid, signal.SIGINT)
    assert demo.wait(30) == 0
    assert left_of(family) == []
    assert "Traceback" not in (data / "said.txt").read_text()

    demo = start_demo()
    wait_for_answer(port, "/healthz", demo)
    assert (data / "said.txt").read_text().count("Making the demo network") == 1
    family = family_of(demo, data)
    demo.terminate()
    assert demo.wait(30) == 0
    assert left_of(family) == []


def test_a_demo_thrown_away_is_made_anew(data, port, start_demo):
    def ready(times):
        return lambda: (data / "said.txt").read_text().count("Ctrl+C") == times

    demo = start_demo()
    wait_until(ready(1), demo)
    demo.terminate()
    demo.wait(30)
    demo = start_demo("--fresh")
    wait_until(ready(2), demo)
    said = (data / "said.txt").read_text()
    assert said.count("Making the demo network") == 2
    assert said.count("Network workforce manager: ") == 2
    assert "Traceback" not in said


@pytest.mark.parametrize("moment", [0, 0.3, 0.6, 1])
def test_an_interruption_while_starting_leaves_no_process_behind_either(data, start_demo, moment):
    demo = start_demo()
    wait_until((data / "demo.lock").exists, demo)
    time.sleep(moment)
    family = family_of(demo, data)
    os.killpg(demo.pid, signal.SIGINT)
    demo.wait(30)
    assert left_of([*family, *servers_of(data)]) == []
    assert "Traceback" not in (data / "said.txt").read_text()


def refused_demo(sentence, data, *options, **environment):
    done = subprocess.run(
        [*QUORATE, "demo", *options],
        cwd=ROOT,
        env=clean_environment(QUORATE_DATA=str(data), **environment),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2
    assert sentence in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def clean_environment(**changes):
    ours = ("QUORATE_", "DATABASE_", "SECRET_KEY")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)} | changes


def family_of(demo, data):
    """List the demo, what descends from it, and its database server, which detaches itself."""
    try:
        ours = psutil.Process(demo.pid)
        return [ours, *ours.children(recursive=True), *servers_of(data)]
    except psutil.NoSuchProcess:
        return servers_of(data)


def servers_of(data):
    servers = [
        process
        for process in psutil.process_iter(["cmdline"])
        if str(data) in " ".join(process.info["cmdline"] or [])
    ]
    return [*servers, *(child for server in servers for child in server.children(recursive=True))]


def workers_of(demo):
    return [child for child in left_of(psutil.Process(demo.pid).children()) if "worker" in child.cmdline()]


def kind_of(process):
    return "postgres" if process.name() == "postgres" else "python"


def left_of(family):
    return [
        process for process in family if process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    ]


def wait_for_answer(port, path, demo):
    wait_until(lambda: answers(port, path), demo)


def answers(port, path):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def wait_until(holds, demo, seconds=300):
    deadline = time.monotonic() + seconds
    while not holds():
        assert demo.poll() is None, "The demo ended."
        assert time.monotonic() < deadline, "It did not happen in time."
        time.sleep(0.05)


def test_everything_the_project_needs_is_locked() -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    locked = (ROOT / "requirements" / "app.txt").read_text()
    names = [re.split(r"[^A-Za-z0-9_.-]", each)[0].lower().replace("_", "-") for each in wanted]
    assert len(names) > 10
    assert not [
        name for name in names if not re.search(rf"^{re.escape(name)}==\S+.*\\$", locked, re.MULTILINE)
    ]
