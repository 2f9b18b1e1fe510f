"""The workforce wing's pages, put on the application."""

from flask import Flask

from network.access.rules import Actor, Permission
from network.plumbing.pages import Card, MenuEntry, Pages
from rota.advice import routes as advice
from rota.agreed import routes as agreed
from rota.allowances import routes as allowances
from rota.asks import routes as asks
from rota.board import routes as board
from rota.cells import routes as cells
from rota.comparing import routes as comparing
from rota.demand import routes as demand
from rota.fairness import routes as fairness
from rota.feeds import routes as feeds
from rota.funding import routes as funding
from rota.grid import routes as grid
from rota.intake import routes as intake
from rota.jobs import routes as jobs
from rota.leave import routes as leave
from rota.ledger import routes as ledger
from rota.limits import routes as limits
from rota.lines import routes as lines
from rota.mine import routes as mine
from rota.notices import routes as notices
from rota.parts import routes as parts
from rota.patterns import routes as patterns
from rota.payroll import routes as payroll
from rota.planning import routes as planning
from rota.publishing import routes as publishing
from rota.readiness import routes as readiness
from rota.requests import routes as requests
from rota.rotas import routes as rotas
from rota.rulebook import routes as rulebook
from rota.sheets import routes as sheets
from rota.staff import routes as staff
from rota.stages import routes as stages
from rota.standins import routes as standins
from rota.terms import routes as terms
from rota.trials import routes as trials
from rota.uploads import routes as uploads


def install(app: Flask, pages: Pages) -> None:
    """Register the workforce wing."""
    pages.add(staff.staff)
    pages.add(patterns.patterns)
    pages.add(agreed.agreed)
    for blueprint in (leave.leave, limits.limits, terms.terms, allowances.allowances, advice.advice):
        pages.add(blueprint)
    pages.add(demand.demand)
    pages.add(rulebook.rulebook)
    pages.add(uploads.uploads)
    for blueprint in (
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
        board.board,
    ):
        pages.add(blueprint)
    pages.add_to_menu(
        MenuEntry("Rota", "rotas.home", 30, lambda actor: actor.may_somewhere(Permission.SEE_ROTA))
    )
    pages.add_to_menu(
        MenuEntry("Staff", "staff.index", 35, lambda actor: actor.may_somewhere(Permission.SEE_STAFF))
    )
    pages.add_to_menu(
        MenuEntry("Leave", "leave.index", 40, lambda actor: _reaches_others(actor, Permission.SEE_LEAVE))
    )
    pages.add_to_menu(
        MenuEntry(
            "My leave",
            "advice.mine",
            40,
            lambda actor: (
                actor.may_somewhere(Permission.REQUEST_LEAVE)
                and not _reaches_others(actor, Permission.SEE_LEAVE)
            ),
        )
    )
    pages.add_to_menu(
        MenuEntry("Requests", "requests.index", 45, lambda actor: actor.may_somewhere(Permission.SEE_ROTA))
    )
    pages.add_to_menu(
        MenuEntry("Demand", "demand.index", 50, lambda actor: actor.may_somewhere(Permission.SEE_DEMAND))
    )
    pages.add_to_menu(
        MenuEntry("Funding", "ledger.show", 55, lambda actor: actor.may_somewhere(Permission.SEE_COUNTS))
    )
    pages.add_to_menu(
        MenuEntry("Rules", "rulebook.index", 60, lambda actor: actor.may_somewhere(Permission.SEE_RULEBOOK))
    )
    pages.add_to_menu(
        MenuEntry("My rota", "mine.show", 25, lambda actor: actor.may_somewhere(Permission.REQUEST_LEAVE))
    )
    pages.add_card(Card(2, board.card))
    pages.add_card(Card(3, notices.card))
    pages.add_card(Card(5, mine.card))
    pages.add_card(Card(8, stages.card))
    pages.add_card(Card(10, grid.card))
    pages.add_card(Card(20, advice.card))
    pages.add_card(Card(25, requests.card))
    pages.add_card(Card(30, staff.card))
    pages.add_card(Card(40, ledger.card))


def _reaches_others(actor: Actor, permission: Permission) -> bool:
    """Say whether somebody may do this for others, and not only for themselves."""
    organisations = actor.organisations_for(permission)
    return organisations is None or bool(organisations)
