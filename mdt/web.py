"""The meeting wing's pages, put on the application."""

from flask import Flask

# Nobody calls it: it follows what happens to meetings.
import mdt.latecomers.commands  # noqa: F401
from mdt.actions import routes as actions
from mdt.agenda.routes import agenda
from mdt.agreements import routes as agreements
from mdt.answering import routes as answering
from mdt.asking.routes import asking
from mdt.cases.routes import cases
from mdt.closing.routes import closing
from mdt.coordination import routes as coordination
from mdt.dates.routes import dates
from mdt.drafts.routes import drafts
from mdt.emergencies import routes as emergencies
from mdt.folder.routes import folder
from mdt.governance.routes import governance
from mdt.handout.routes import handout
from mdt.huddles.routes import huddles
from mdt.learners import routes as learners
from mdt.learners.queries import only_learns
from mdt.letters.routes import letters
from mdt.meetings import routes as meetings
from mdt.merging.routes import merging
from mdt.objections.routes import objections
from mdt.panels.routes import panels
from mdt.referrals import routes as referrals
from mdt.register.routes import register
from mdt.removals.routes import removals
from mdt.retention import routes as retention
from mdt.run.routes import run
from mdt.seen.routes import People, seen
from mdt.series.routes import series
from mdt.signing import routes as signing
from mdt.story.routes import story
from mdt.subject_access import routes as subject_access
from mdt.summaries.routes import summaries
from mdt.tellings import routes as tellings
from mdt.triage import routes as triage
from mdt.writing.routes import writing
from network.access.rules import Permission
from network.plumbing.pages import Card, MenuEntry, Pages


def install(app: Flask, pages: Pages) -> None:
    """Register the meeting wing."""
    app.extensions["finds_people"] = People()
    for blueprint in (
        story,
        cases,
        folder,
        seen,
        referrals.referrals,
        drafts,
        summaries,
        triage.triage,
        objections,
        register,
        run,
        answering.answering,
        asking,
        panels,
    ):
        pages.add(blueprint)
    pages.add_to_menu(
        MenuEntry("Cases", "cases.index", 10, lambda actor: actor.may_somewhere(Permission.CONTRIBUTE))
    )
    pages.add_to_menu(
        MenuEntry(
            "Asked of you",
            "answering.index",
            14,
            lambda actor: actor.may_somewhere(Permission.CONTRIBUTE),
        )
    )
    pages.add_to_menu(
        MenuEntry(
            "Sharing", "governance.index", 20, lambda actor: actor.may_somewhere(Permission.SEE_SHARING)
        )
    )
    pages.add(learners.learners)
    pages.add_to_menu(MenuEntry("Cases you learn from", "learners.mine", 10, only_learns))
    pages.add_card(Card(2, learners.card))
    pages.add_card(Card(2, triage.card))
    pages.add_card(Card(4, answering.card))
    pages.add_card(Card(7, referrals.card))
    for blueprint in (meetings.meetings, dates, series, agenda, handout):
        pages.add(blueprint)
    pages.add_to_menu(
        MenuEntry("Meetings", "meetings.index", 12, lambda actor: actor.may_somewhere(Permission.CONTRIBUTE))
    )
    pages.add_card(Card(2, meetings.card))
    pages.add(actions.actions)
    pages.add(huddles)
    pages.add(closing)
    pages.add(coordination.coordination)
    pages.add_to_menu(
        MenuEntry("Morning", "coordination.show", 8, lambda actor: actor.may(Permission.BUILD_LISTS))
    )
    pages.add_card(Card(1, coordination.card))
    pages.add_to_menu(
        MenuEntry("My actions", "actions.mine", 16, lambda actor: actor.may_somewhere(Permission.ACT))
    )
    pages.add_card(Card(2, actions.card))
    for blueprint in (letters, tellings.tellings, writing, signing.signing):
        pages.add(blueprint)
    pages.add_to_menu(
        MenuEntry("Letters", "tellings.index", 18, lambda actor: actor.may_somewhere(Permission.BUILD_LISTS))
    )
    for blueprint in (emergencies.emergencies, agreements.agreements, governance):
        pages.add(blueprint)
    pages.add_card(Card(5, agreements.card))
    pages.add_card(Card(1, emergencies.card))
    pages.add(subject_access.copies)
    pages.add_card(Card(5, subject_access.card))
    pages.add_card(Card(1, signing.card))
    for blueprint in (retention.retention, removals, merging):
        pages.add(blueprint)
    pages.add_card(Card(6, retention.card))
    pages.add_card(Card(3, tellings.card))
