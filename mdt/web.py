"""The meeting wing's pages, put on the application."""

from functools import partial

from flask import Flask

# Nobody calls them: they follow what happens to meetings.
import mdt.keeping.commands
import mdt.latecomers.commands  # noqa: F401
from mdt.actions import routes as actions
from mdt.agenda.routes import agenda
from mdt.agreements import routes as agreements
from mdt.answering import routes as answering
from mdt.asking.routes import asking
from mdt.care_web.routes import care_web
from mdt.carer_actions.routes import carer_actions
from mdt.carer_page.routes import carer_page
from mdt.carers.routes import carers
from mdt.casefinding import routes as casefinding
from mdt.cases.routes import cases
from mdt.closing.routes import closing
from mdt.coordination import routes as coordination
from mdt.dates.routes import dates
from mdt.drafts.routes import drafts
from mdt.effort.routes import effort, sees_effort_only
from mdt.emergencies import routes as emergencies
from mdt.evidence.routes import evidence
from mdt.exchange.routes import exchange
from mdt.facts.routes import facts
from mdt.folder.routes import folder
from mdt.goals.routes import goals
from mdt.governance.routes import governance
from mdt.handout.routes import handout
from mdt.huddles.routes import huddles
from mdt.involvements.routes import involvements
from mdt.keeping import routes as keeping
from mdt.learners import routes as learners
from mdt.learners.queries import only_learns
from mdt.learning import routes as learning
from mdt.letters.routes import letters
from mdt.meetings import routes as meetings
from mdt.merging.routes import merging
from mdt.objections.routes import objections
from mdt.offering.routes import offering
from mdt.outcome_links.routes import outcome_links
from mdt.outcomes.routes import outcomes
from mdt.own_door.routes import own_door
from mdt.own_page.routes import own_page
from mdt.panels.routes import panels
from mdt.places import routes as places
from mdt.plan_reviews.routes import plan_reviews
from mdt.plans.routes import plans
from mdt.prompting.routes import prompting
from mdt.prompts.routes import prompts
from mdt.referrals import routes as referrals
from mdt.register.routes import register
from mdt.removals.routes import removals
from mdt.retention import routes as retention
from mdt.risk_lists.routes import risk_lists
from mdt.run.routes import run
from mdt.seen.routes import People, seen
from mdt.self_assessment import routes as self_assessment
from mdt.series.routes import series
from mdt.service_lists.routes import service_lists
from mdt.services import routes as services
from mdt.signing import routes as signing
from mdt.story.routes import story
from mdt.subject_access import routes as subject_access
from mdt.summaries.routes import summaries
from mdt.tellings import routes as tellings
from mdt.triage import routes as triage
from mdt.writing.routes import writing
from network.access.rules import Actor, Permission
from network.plumbing.pages import Card, MenuEntry, Pages

BLUEPRINTS = (
    story,
    carers,
    involvements,
    care_web,
    carer_actions,
    carer_page,
    cases,
    folder,
    seen,
    referrals.referrals,
    drafts,
    summaries,
    facts,
    prompts,
    prompting,
    triage.triage,
    objections,
    register,
    run,
    answering.answering,
    asking,
    panels,
    learners.learners,
    meetings.meetings,
    dates,
    keeping.keeping,
    series,
    agenda,
    handout,
    outcomes,
    outcome_links,
    learning.learning,
    self_assessment.self_assessment,
    actions.actions,
    huddles,
    closing,
    goals,
    plans,
    plan_reviews,
    own_door,
    own_page,
    coordination.coordination,
    letters,
    tellings.tellings,
    places.places,
    writing,
    signing.signing,
    emergencies.emergencies,
    agreements.agreements,
    governance,
    evidence,
    effort,
    subject_access.copies,
    retention.retention,
    removals,
    merging,
    casefinding.casefinding,
    risk_lists,
    exchange,
    services.services,
    service_lists,
    offering,
)
# Shown to those who hold the permission somewhere.
MENU = (
    (10, "Cases", "cases.index", Permission.CONTRIBUTE),
    (12, "Meetings", "meetings.index", Permission.CONTRIBUTE),
    (14, "Asked of you", "answering.index", Permission.CONTRIBUTE),
    (16, "My actions", "actions.mine", Permission.ACT),
    (17, "Places", "places.index", Permission.BUILD_LISTS),
    (18, "Letters", "tellings.index", Permission.BUILD_LISTS),
    (19, "Learning", "learning.index", Permission.SEE_LEARNING),
    (19, "Services", "services.index", Permission.CONTRIBUTE),
    (19, "Evidence", "evidence.index", Permission.SEE_EVIDENCE),
    (20, "Sharing", "governance.index", Permission.SEE_SHARING),
)
# In the order of the Today page: those of one number, as they stand here.
CARDS = (
    (1, coordination.card),
    (1, emergencies.card),
    (1, signing.card),
    (1, keeping.card),
    (1, places.card),
    (2, learners.card),
    (2, triage.card),
    (2, meetings.card),
    (2, actions.card),
    (3, tellings.card),
    (4, answering.card),
    (4, learning.card),
    (4, self_assessment.card),
    (5, agreements.card),
    (5, services.card),
    (5, subject_access.card),
    (6, retention.card),
    (7, referrals.card),
    (7, casefinding.card),
)


def install(app: Flask, pages: Pages) -> None:
    """Register the meeting wing."""
    app.extensions["finds_people"] = People()
    for blueprint in BLUEPRINTS:
        pages.add(blueprint)
    for order, word, endpoint, permission in MENU:
        pages.add_to_menu(
            MenuEntry(word, endpoint, order, partial(Actor.may_somewhere, permission=permission))
        )
    # Whoever builds lists in all of the network, and whoever does nothing but learn.
    pages.add_to_menu(
        MenuEntry("Morning", "coordination.show", 8, partial(Actor.may, permission=Permission.BUILD_LISTS))
    )
    pages.add_to_menu(MenuEntry("Cases you learn from", "learners.mine", 10, only_learns))
    # Whoever pays sees time, and nobody's care.
    pages.add_to_menu(MenuEntry("Effort", "effort.show", 19, sees_effort_only))
    for order, draw in CARDS:
        pages.add_card(Card(order, draw))
