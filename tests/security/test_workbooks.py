"""Any workbook that is chosen is shown or refused in a sentence, and nothing of it is written unconfirmed."""

import io

from flask.testing import FlaskClient
from sqlalchemy import func, select

from network.access.rules import Role
from network.people.records import Person
from network.plumbing.database import db, in_network
from rota.rotas.records import Assignment
from tests.cast import Cast, client_for
from tests.makers import MONDAY
from tests.rota import scene
from tests.rota.workbook.sheets import AMY, STAFF, make_workbook
from tests.security.fuzzing import faults_of
from tests.security.nasty import MARKUP
from tests.security.nasty_books import CELLS, spoilt_files, spoilt_rows

# One sheet of each kind that is imported, with a row that is right.
TABLES = {
    "Staff": (STAFF, AMY),
    "Patterns": (["Name", "From", "Mon AM", "Mon PM"], ["Amy Example", MONDAY, "x", None]),
    "Leave": (["Name", "First day", "Last day"], ["Amy Example", MONDAY, MONDAY]),
    "Demand": (["Site", "Session", "Role", "Activity", "Minimum"], ["elm", "Mon AM", "GP", "surgery", 1]),
}
BLOCK = (["Name", MONDAY, None], [None, "AM", "PM"], ["Amy Example", "ELM", 6.5])
REFUSED = {
    "a program": "This is a program",
    "a page": "This is a web page",
    "a script": "This is a web page",
    "cut short": "This is not an Excel workbook",
    "unfolding itself": "what no spreadsheet program writes",
    "down to the last row": "goes down to row 1,048,576",
}


def test_any_workbook_of_staff_is_shown_or_refused(cast: Cast) -> None:
    books = spoilt_files(make_workbook(Staff=[*TABLES["Staff"]])) | {
        "cells": make_workbook(**{title: [head, *spoilt_rows(row)] for title, (head, row) in TABLES.items()}),
        "headings": make_workbook(
            **{title: [[*head, *CELLS], [*row, *CELLS]] for title, (head, row) in TABLES.items()}
        ),
        "titles": make_workbook(**{"=cmd! C calc A0": [["Name"], ["Amy"]], "<script>alert(1)": [["Name"]]}),
    }
    before = kept(cast)
    said = {
        name: choose(client_for(cast, Role.WORKFORCE_MANAGER), "/import", book)
        for name, book in books.items()
    }
    check(said)
    assert kept(cast) == before


def test_any_workbook_of_a_rota_is_shown_or_refused(cast: Cast) -> None:
    people = scene.make_scene(cast)
    version = scene.open_rota(cast)
    dates, kinds, row = BLOCK
    named = [people[0].name, *row[1:]]
    headings = [
        each
        for cell in CELLS
        for at in range(2)
        for each in (
            [*dates[:at], cell, MONDAY],
            [*kinds[:at], cell, "PM"],
            named,
        )
    ]
    books = spoilt_files(make_workbook(Rota=[dates, kinds, named])) | {
        "cells": make_workbook(Rota=[dates, kinds, *spoilt_rows(named)]),
        "headings": make_workbook(Rota=headings),
    }
    client, address = client_for(cast, Role.WORKFORCE_MANAGER), f"/rota/versions/{version.id}/sheet"
    before = kept(cast)
    check({name: choose(client, address, book) for name, book in books.items()})
    assert kept(cast) == before


def choose(client: FlaskClient, address: str, content: bytes) -> tuple[int, str]:
    """Choose a file under a name that no page may run either, and read what is shown of it."""
    answer = client.post(address, data={"workbook": (io.BytesIO(content), f"={MARKUP}.xlsx")})
    assert not [*faults_of(answer, set())]
    if answer.status_code != 303:
        return answer.status_code, answer.text
    shown = client.get(answer.location)
    assert not [*faults_of(shown, set())]
    return shown.status_code, shown.text


def check(said: dict[str, tuple[int, str]]) -> None:
    assert {name: status for name, (status, _) in said.items() if status not in {200, 422}} == {}
    assert {name: said[name][0] for name in REFUSED} == dict.fromkeys(REFUSED, 422)
    assert [name for name, sentence in REFUSED.items() if sentence not in said[name][1]] == []
    assert "Its macros, which are never run" in said["with macros"][1]
    assert said["claiming to be huge"][0] == 200


def kept(cast: Cast) -> tuple[int, ...]:
    with in_network(cast.network.id):
        return tuple(
            db.session.scalar(select(func.count()).select_from(each)) or 0 for each in (Person, Assignment)
        )
