"""Whoever follows meetings is at hand wherever meetings change."""

from pathlib import Path

from tests.test_architecture import ROOT, imports_of, modules


def reached_from(module: str) -> set[str]:
    """Give all modules that a module imports, and what these import."""
    paths: dict[str, Path] = dict(modules())
    found, waiting = set(), [module]
    while waiting:
        each = waiting.pop()
        if each in paths and each not in found:
            found.add(each)
            waiting += imports_of(paths[each])
    return found


def test_the_pages_bring_every_follower_with_them() -> None:
    followers = {
        module
        for module, path in modules()
        if path.is_relative_to(ROOT / "mdt") and "\n@follows(" in path.read_text()
    }
    assert "mdt.keeping.commands" in followers
    assert not followers - reached_from("mdt.web")
