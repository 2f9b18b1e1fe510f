"""The workbook bench: read, rehearse and write an import of many rows, and print what it cost as JSON."""

import json
import resource
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import product
from string import ascii_uppercase
from time import perf_counter

from bench.grid import an_app
from network.access.rules import SYSTEM, Actor
from network.audit.commands import record
from network.organisations.commands import add_organisation, found_network
from network.plumbing.commands import command
from network.plumbing.database import enter_network, today
from network.plumbing.spreadsheets import Sheet, Value, write_workbook
from network.plumbing.unpacking import read_workbook
from network.sites.commands import add_site
from network.vocabulary import OrganisationKind
from rota.tables.queries import template
from rota.uploads.rehearsal.commands import rehearse
from rota.workbook.commands import write_book
from rota.workbook.rules import MOST_ROWS, ROWS_BESIDES, Book, read_book

# Of ten rows: two people, two patterns, three credentials, two inductions, one absence.
ROWS_OF_A_PAIR = 10
PAIRS_OF_A_PRACTICE = 20
GIVEN = ("Amy", "Ben", "Cy", "Dee", "Eve", "Fay", "Gus", "Hal", "Ida", "Jo")
Rows = list[Sequence[Value]]


def main(arguments: list[str]) -> None:
    """Measure as the arguments say."""
    parser = ArgumentParser(prog="bench workbook", description=__doc__)
    parser.add_argument("--rows", type=int, default=MOST_ROWS, help="rows of the workbook")
    options = parser.parse_args(arguments)
    content = workbook(min(options.rows, MOST_ROWS))
    with an_app() as app, app.app_context():
        make_network(SYSTEM, options.rows)
        line = measure(content)
    sys.stdout.write(json.dumps(line) + "\n")


def workbook(rows: int) -> bytes:
    """Make a workbook of so many rows, as a manager would fill in the template."""
    sheets: dict[str, tuple[list[str], Rows]] = {
        "Staff": (
            ["First name", "Surname", "Employer", "Role", "Contract", "Sessions", "First day", "Home site"],
            [],
        ),
        "Patterns": (["Name", "From", "Mon AM", "Mon PM", "Tue AM", "Wed AM", "Thu PM", "Fri AM"], []),
        "Credentials": (["Name", "Credential", "Number", "Runs out"], []),
        "Inductions": (["Name", "Sites", "On"], []),
        "Leave": (["Name", "First day", "Last day"], []),
    }
    for number, (first, second) in enumerate(pairs(rows // ROWS_OF_A_PAIR)):
        code = practice_code(number)
        for name, role in ((first, "GP"), (second, "HCA")):
            given, family = name.split(" ", 1)
            post: list[Value] = [f"{code} Surgery", role, "Salaried", 6, date(2024, 4, 1), code]
            sheets["Staff"][1].append([given, family, *post])
            sheets["Patterns"][1].append([name, date(2024, 4, 1), *"xxxxxx"])
            sheets["Inductions"][1].append([name, code, date(2024, 4, 2)])
            sheets["Credentials"][1].append([name, "DBS", "", None])
        away_on = today() + timedelta(30 + 7 * (number % 40))
        sheets["Credentials"][1].append([first, "GMC", "1234567", today() + timedelta(400)])
        sheets["Leave"][1].append([second, away_on, away_on + timedelta(4)])
    return write_workbook({name: Sheet(headings, body) for name, (headings, body) in sheets.items()})


def pairs(number: int) -> Iterator[tuple[str, str]]:
    """Name so many pairs of people, all different."""
    names = (f"{given} Example {ward}" for ward, given in product(range(number), GIVEN))
    for _ in range(number):
        yield next(names), next(names)


def practice_code(number: int) -> str:
    """Name the practice of a pair by its code: twenty pairs work at each."""
    first, second = divmod(number // PAIRS_OF_A_PRACTICE, len(ascii_uppercase))
    return f"P{ascii_uppercase[first]}{ascii_uppercase[second]}"


@command
def make_network(actor: Actor, rows: int) -> None:
    """Found a network with the practices that the workbook names."""
    network_id = found_network(SYSTEM, name="Bench network", short_name="Bench")
    enter_network(network_id)
    for number in range(0, rows // ROWS_OF_A_PAIR, PAIRS_OF_A_PRACTICE):
        code = practice_code(number)
        practice = add_organisation(SYSTEM, kind=OrganisationKind.GP_PRACTICE, name=f"{code} Surgery")
        add_site(SYSTEM, practice, name=f"{code} Surgery", code=code)


def measure(content: bytes) -> dict[str, object]:
    """Read, rehearse and write."""
    began = perf_counter()
    book = read_book(template(), read_workbook(content, MOST_ROWS, ROWS_BESIDES).sheets)
    read = perf_counter()
    problems = rehearsed(SYSTEM, book)
    rehearsal = perf_counter()
    write_book(SYSTEM, book)
    written = perf_counter()
    return {
        "rows": book.size,
        "kib": len(content) // 1024,
        "read_s": round(read - began, 2),
        "rehearse_s": round(rehearsal - read, 2),
        "write_s": round(written - rehearsal, 2),
        "problems": problems,
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


@command
def rehearsed(actor: Actor, book: Book) -> int:
    """Rehearse the import, and count the problems found."""
    record(actor, "rehearse_workbook", "workbook")
    return rehearse(actor, book).problem_count
