from dataclasses import replace

from network.access.rules import Role
from rota.rulebook import commands
from rota.rulebook.queries import get_rule_for, pack
from tests.attempts import attempt, by
from tests.cast import Cast

EDIT = replace(pack().rules["R21"].default, weight=20)


def manager(cast: Cast):
    return cast[Role.WORKFORCE_MANAGER]


@attempt(commands.ensure_rulebook, anywhere=True)
def _ensure_rulebook(cast: Cast):
    return by(manager(cast))


@attempt(commands.accept_rules, anywhere=True)
def _accept_rules(cast: Cast):
    return by(manager(cast))


@attempt(commands.change_rule, anywhere=True)
def _change_rule(cast: Cast):
    return by(manager(cast), "R21", EDIT, 0)


@attempt(commands.reset_rule, anywhere=True)
def _reset_rule(cast: Cast):
    commands.change_rule(manager(cast), "R21", EDIT, 0)
    return by(manager(cast), "R21", get_rule_for(manager(cast), "R21").row_version)
