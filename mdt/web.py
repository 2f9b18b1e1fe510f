"""The meeting wing's pages, put on the application."""

from flask import Flask

import mdt.contributions.records
import mdt.letters.records
import mdt.minutes.records
import mdt.panels.records
import mdt.run.records  # noqa: F401
from mdt.actions import routes as actions
from mdt.cases.routes import cases
from mdt.folder.routes import folder
from mdt.objections.routes import objections
from mdt.referrals.routes import referrals
from mdt.story.routes import story
from network.access.rules import Permission
from network.plumbing.pages import Card, MenuEntry, Pages


def install(app: Flask, pages: Pages) -> None:
    """Register the meeting wing."""
    for blueprint in (story, cases, folder, referrals, objections):
        pages.add(blueprint)
    pages.add_to_menu(
        MenuEntry("Cases", "cases.index", 10, lambda actor: actor.may_somewhere(Permission.SEE_CASES))
    )
    pages.add(actions.actions)
    pages.add_to_menu(
        MenuEntry("My actions", "actions.mine", 16, lambda actor: actor.may_somewhere(Permission.ACT))
    )
    pages.add_card(Card(2, actions.card))
