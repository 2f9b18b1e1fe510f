"""The workforce wing's pages, put on the application."""

import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from importlib import import_module

from flask import Flask

from network.access.guard import current_actor
from network.access.rules import Actor, Permission
from network.plumbing.pages import Card, MenuEntry, Pages
from network.plumbing.settings import Environment
from rota.advice import routes as advice
from rota.agreed import routes as agreed
from rota.allowances import routes as allowances
from rota.asks import routes as asks
from rota.board import routes as board
from rota.cells import routes as cells
from rota.clinic_board import routes as clinic_board
from rota.clinic_choices import routes as clinic_choices
from rota.clinic_examples import routes as clinic_examples
from rota.clinic_teams import routes as clinic_teams
from rota.clinics import routes as clinics
from rota.comebacks import routes as comebacks
from rota.comparing import routes as comparing
from rota.demand import routes as demand
from rota.exposure_map import routes as exposure_map
from rota.fairness import routes as fairness
from rota.feeds import routes as feeds
from rota.funding import routes as funding
from rota.grid import routes as grid
from rota.host_answers import routes as host_answers
from rota.host_board import routes as host_board
from rota.hosts import routes as hosts
from rota.intake import routes as intake
from rota.jobs import routes as jobs
from rota.learners import routes as learners
from rota.leave import routes as leave
from rota.ledger import routes as ledger
from rota.limits import routes as limits
from rota.lines import routes as lines
from rota.mine import routes as mine
from rota.neighbourhoods import routes as neighbourhoods
from rota.notices import routes as notices
from rota.own_training import routes as own_training
from rota.parts import routes as parts
from rota.patterns import routes as patterns
from rota.payroll import routes as payroll
from rota.planning import routes as planning
from rota.premises import routes as premises
from rota.programme_packs import routes as programme_packs
from rota.programmes import routes as programmes
from rota.publishing import routes as publishing
from rota.readiness import routes as readiness
from rota.reciprocity import routes as reciprocity
from rota.requests import routes as requests
from rota.rooms import routes as rooms
from rota.rotas import routes as rotas
from rota.rotation_grid import routes as rotation_grid
from rota.rotation_news import routes as rotation_news
from rota.rotation_runs import routes as rotation_runs
from rota.rulebook import routes as rulebook
from rota.sheets import routes as sheets
from rota.staff import routes as staff
from rota.stages import routes as stages
from rota.standins import routes as standins
from rota.supervision import routes as supervision
from rota.terms import routes as terms
from rota.training_books import routes as training_books
from rota.trials import routes as trials
from rota.uploads import routes as uploads
from rota.waiting import routes as waiting


def _holds(permission: Permission) -> Callable[[Actor], bool]:
    """Give the question whether somebody holds this permission somewhere."""
    return partial(Actor.may_somewhere, permission=permission)


def _reaches_others(actor: Actor, permission: Permission) -> bool:
    """Say whether somebody may do this for others, and not only for themselves."""
    organisations = actor.organisations_for(permission)
    return organisations is None or bool(organisations)


def _sees_leave(actor: Actor) -> bool:
    """Say whether somebody sees the leave of others."""
    return _reaches_others(actor, Permission.SEE_LEAVE)


def _only_own_leave(actor: Actor) -> bool:
    """Say whether somebody asks for leave and sees that of nobody else."""
    return actor.may_somewhere(Permission.REQUEST_LEAVE) and not _sees_leave(actor)


def _sees_all_rotations(actor: Actor) -> bool:
    """Say whether somebody sees the rotations of the whole network."""
    return actor.may(Permission.SEE_ROTATIONS)


def _sees_some_rotations(actor: Actor) -> bool:
    """Say whether somebody sees the rotations of their organisation alone."""
    return _holds(Permission.SEE_ROTATIONS)(actor) and not _sees_all_rotations(actor)


BLUEPRINTS = (
    staff.staff,
    patterns.patterns,
    agreed.agreed,
    leave.leave,
    limits.limits,
    terms.terms,
    allowances.allowances,
    advice.advice,
    demand.demand,
    rulebook.rulebook,
    uploads.uploads,
    rotas.rotas,
    stages.stages,
    parts.parts,
    readiness.readiness,
    lines.lines,
    trials.trials,
    comparing.comparing,
    jobs.jobs,
    planning.planning,
    grid.grid,
    rooms.rooms,
    cells.cells,
    asks.asks,
    publishing.publishing,
    sheets.sheets,
    intake.intake,
    requests.requests,
    fairness.fairness,
    notices.notices,
    mine.mine,
    feeds.feeds,
    funding.funding,
    ledger.ledger,
    payroll.payroll,
    standins.standins,
    comebacks.comebacks,
    board.board,
    clinic_board.clinic_board,
    clinic_choices.clinic_choices,
    clinics.clinics,
    clinic_examples.clinic_examples,
    clinic_teams.clinic_teams,
    premises.premises,
    neighbourhoods.neighbourhoods,
    waiting.waiting,
    programmes.programmes,
    programme_packs.programme_packs,
    learners.learners,
    training_books.training_books,
    rotation_grid.rotation_grid,
    rotation_runs.rotation_runs,
    rotation_news.rotation_news,
    reciprocity.reciprocity,
    supervision.supervision,
    host_answers.host_answers,
    host_board.host_board,
    hosts.hosts,
    own_training.own,
    exposure_map.exposure_map,
)
# Shown to those of whom the last says yes.
MENU = (
    (25, "My rota", "mine.show", _holds(Permission.REQUEST_LEAVE)),
    (26, "My training", "own_training.show", _holds(Permission.SEE_OWN_TRAINING)),
    (30, "Rota", "rotas.home", _holds(Permission.SEE_ROTA)),
    (35, "Staff", "staff.index", _holds(Permission.SEE_STAFF)),
    (40, "Leave", "leave.index", _sees_leave),
    (40, "My leave", "advice.mine", _only_own_leave),
    (45, "Requests", "requests.index", _holds(Permission.SEE_ROTA)),
    (48, "Clinics", "clinic_board.show", _holds(Permission.SEE_CLINICS)),
    (49, "Training", "rotation_grid.home", _sees_all_rotations),
    (49, "Training", "host_board.index", _sees_some_rotations),
    (50, "Demand", "demand.index", _holds(Permission.SEE_DEMAND)),
    (55, "Funding", "ledger.show", _holds(Permission.SEE_COUNTS)),
    (60, "Rules", "rulebook.index", _holds(Permission.SEE_RULEBOOK)),
)
# In the order of the Today page.
CARDS = (
    (2, board.card),
    (3, notices.card),
    (4, clinic_board.card),
    (4, own_training.card),
    (5, mine.card),
    (6, host_answers.card),
    (7, host_board.card),
    (7, supervision.card),
    (8, stages.card),
    (10, grid.card),
    (20, advice.card),
    (25, requests.card),
    (30, staff.card),
    (35, programme_packs.card),
    (40, ledger.card),
)


def _load_search_early(app: Flask) -> None:
    """Load OR-Tools beside the first request: whoever asks a rota why would wait a second for it."""
    loading = threading.Thread(
        target=import_module, args=("rota.solver.staff_rota.answering",), name="loads the search", daemon=True
    )

    @app.before_request
    def begin() -> None:
        if loading.ident is None:
            # Of two requests at once, one begins it.
            with suppress(RuntimeError):
                loading.start()


def install(app: Flask, pages: Pages) -> None:
    """Register the workforce wing."""
    app.add_template_global(lambda: _sees_all_rotations(current_actor()), "sees_all_rotations")
    if app.extensions["settings"].environment is not Environment.TEST:
        _load_search_early(app)
    for blueprint in BLUEPRINTS:
        pages.add(blueprint)
    for order, word, endpoint, is_shown in MENU:
        pages.add_to_menu(MenuEntry(word, endpoint, order, is_shown))
    for order, card in CARDS:
        pages.add_card(Card(order, card))
