"""Prepare an environment for Quorate, then hand over to it.

python3 run.py demo [--port N] [--size s|m] [--fresh]    try it on this machine
python3 run.py test [what to test, as for pytest]        check everything, or only what is named
python3 run.py test --long                               everything, with what takes minutes as well
python3 run.py bench NAME [...]                          measure; prints one line of JSON
python3 run.py ANYTHING [...]                            any other command of `quorate`
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
TOOLS = ROOT / ".tools"
PYTHON = VENV / "bin" / "python"
OLDEST_PYTHON = (3, 11)
ROOM_NEEDED = 1500 * 2**20
BROWSERS = {
    "chromium-headless-shell": "chromium-headless-shell",
    "chromium": "chromium",
    "google-chrome": "chromium",
}
LONG = "--long"
CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
)


class CannotRun(Exception):
    """One sentence that says what is missing and what to do."""


def main(arguments: list[str]) -> int:
    """Do what the command line asks; the answer is the exit code."""
    name, rest = (arguments or ["--help"])[0], arguments[1:]
    try:
        refuse_old_python(sys.version_info[:2])
        if name in ("-h", "--help"):
            say(__doc__ or "")
        install_app()
        if name == "test":
            return test(rest)
        if name == "bench":
            hand_over([str(PYTHON), "-m", "bench", *rest])
        hand_over([str(VENV / "bin" / "quorate"), name, *rest])
    except CannotRun as reason:
        say(str(reason))
    except KeyboardInterrupt:
        say("Stopped.")
    return 1


def say(sentence: str) -> None:
    """Tell whoever looks on; standard output belongs to the command itself."""
    print(sentence, file=sys.stderr, flush=True)


def refuse_old_python(version: tuple[int, ...]) -> None:
    """Refuse a Python that Quorate does not run on."""
    if version < OLDEST_PYTHON:
        have, need = (".".join(map(str, v)) for v in (version, OLDEST_PYTHON))
        raise CannotRun(
            f"Quorate needs Python {need} or newer and this is {have}: run it with a newer python3."
        )


def install_app() -> None:
    """Make .venv with everything Quorate runs on, unless it is there already."""
    stamp = stamp_for(ROOT / "requirements" / "app.txt", ROOT / "pyproject.toml")
    if is_installed("app", stamp):
        return
    refuse_full_disk(shutil.disk_usage(ROOT).free)
    say("Installing what Quorate runs on into .venv; this is needed once and takes about a minute.")
    shutil.rmtree(VENV, ignore_errors=True)
    make_environment()
    install("--require-hashes", "-r", str(ROOT / "requirements" / "app.txt"))
    install("--no-deps", "--no-build-isolation", "--no-index", "-e", str(ROOT))
    (VENV / "app.stamp").write_text(stamp)


def install_tests() -> None:
    """Add what the tests need to .venv, and a browser to the machine."""
    stamp = stamp_for(ROOT / "requirements" / "test.txt")
    if not is_installed("test", stamp):
        say("Installing what the tests need into .venv; this is needed once.")
        install("--require-hashes", "-r", str(ROOT / "requirements" / "test.txt"))
        (VENV / "test.stamp").write_text(stamp)
    packages = missing_packages()
    if packages:
        install_packages(packages)


def stamp_for(*files: Path) -> str:
    """Sum up what an installation depends on; a moved folder or a new Python needs a new one."""
    parts = [sys.version, str(ROOT)] + [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]
    return "\n".join(parts)


def is_installed(what: str, stamp: str) -> bool:
    """Say whether an earlier run finished the same installation."""
    path = VENV / f"{what}.stamp"
    return path.exists() and path.read_text() == stamp


def refuse_full_disk(free: int) -> None:
    """Refuse to begin what would end half-way."""
    if free < ROOM_NEEDED:
        have = f"{free // 2**20} MB"
        raise CannotRun(f"Quorate needs 1.5 GB of disk space and {have} are free: free some, then try again.")


def make_environment() -> None:
    """Make an empty .venv, also where Debian left out the venv module."""
    if importlib.util.find_spec("ensurepip") and run([sys.executable, "-m", "venv", str(VENV)]) is None:
        return
    if not importlib.util.find_spec("pip"):
        raise CannotRun(
            "Neither pip nor venv is here: run `apt-get install python3-venv` as root, then run it again."
        )
    locked = ("--require-hashes", "-r", str(ROOT / "requirements" / "tools.txt"))
    explain(run([*pip(sys.executable), "--upgrade", "--target", str(TOOLS), *locked]))
    environment = {**os.environ, "PYTHONPATH": str(TOOLS)}
    explain(run([sys.executable, "-m", "virtualenv", "--quiet", "--no-download", str(VENV)], environment))


def pip(python: str) -> list[str]:
    # Compiling all that is never imported would take as long as the rest of the installation.
    quietly = ["--quiet", "--disable-pip-version-check", "--no-input", "--no-compile", "--retries", "3"]
    return [python, "-m", "pip", "install", *quietly]


def install(*what: str) -> None:
    explain(run([*pip(str(PYTHON)), *what]))


def run(command: list[str], environment: dict[str, str] | None = None) -> str | None:
    """Run a step in silence; nothing when it went well, else all that it said."""
    done = subprocess.run(
        command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    return None if done.returncode == 0 else done.stdout


def explain(said: str | None) -> None:
    """Turn what pip says of a failure into a sentence that helps."""
    if said is None:
        return
    if "No space left" in said:
        raise CannotRun("The disk is full: free about 1.5 GB, then run it again.")
    signs = (
        "ConnectionError",
        "NewConnection",
        "resolution",
        "ProxyError",
        "timed out",
        "Network is unreachable",
    )
    if any(sign in said for sign in signs):
        raise CannotRun(
            "The packages cannot be fetched: check the network (and the proxy), then run it again."
        )
    lines = [line for line in said.splitlines() if "ERROR" in line] or said.splitlines() or ["nothing"]
    raise CannotRun(f"The installation failed, and pip said: {lines[0]}")


def missing_packages() -> list[str]:
    """Name the Debian packages that the browser tests lack."""
    packages = [] if any(map(shutil.which, BROWSERS)) else ["chromium-headless-shell", "fonts-liberation"]
    libraries = [
        path
        for folder in ("/lib", "/usr/lib", "/usr/lib64")
        for path in Path(folder).glob("**/libatomic.so.1")
    ]
    return packages if libraries else [*packages, "libatomic1"]


def install_packages(packages: list[str]) -> None:
    """Install Debian packages as root, or say which are missing."""
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if not shutil.which("apt-get") or os.geteuid() != 0:
        raise CannotRun(
            f"The browser tests need {' and '.join(packages)}: run `{' '.join(command)}` as root."
        )
    say(f"Installing {' and '.join(packages)} for the browser tests; this is needed once.")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if run(["apt-get", "update"], environment) or run(command, environment):
        raise CannotRun(
            f"apt-get could not install {' and '.join(packages)}: check the network, then run it again."
        )


def test(arguments: list[str]) -> int:
    """Check style, types and behaviour; with arguments only the tests that they name."""
    install_tests()
    named = [each for each in arguments if each != LONG]
    which = ["-m", "long or not long"] if LONG in arguments else []
    commands = [] if named else [list(check) for check in CHECKS]
    # In two long rows, what a module makes for itself is made once; who is done first takes from the other.
    commands.append(["pytest", "-n", "logical", "--dist", "worksteal", *which, *named])
    failed = []
    for command in commands:
        say(f"$ {' '.join(command)}")
        if subprocess.run([str(PYTHON), "-m", *command], cwd=ROOT).returncode:
            failed.append(" ".join(command[:2]))
    say(f"Failed: {', '.join(failed)}." if failed else "All is well.")
    return 1 if failed else 0


def hand_over(command: list[str]) -> None:
    """Become the command, so that signals and exit codes are its own."""
    os.execv(command[0], command)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
