"""What the crawler would overlook it could not find: its eyes are tried by themselves."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from tests.security.crowd import CROWD, Writing
from tests.security.links import links_in
from tests.security.reading import WORKBOOK, ZIP, content_of

SOMEBODY = CROWD[0]


@pytest.mark.parametrize(
    "words",
    [
        "ALDWINKLE, Sam",
        "aldwinkle",
        "999 000 7004",
        "999-000-7004",
        "9990007004",
        "999\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}7004",
        "Born 17-Mar-1931 (95y)",
        "1931-03-17",
        "17 March 1931",
        "1 Abalone Lane",
    ],
)
def test_somebody_is_recognised_however_they_are_written(words: str) -> None:
    assert SOMEBODY.marks_in(Writing(words))
    assert not [each for each in CROWD[1:] if each.marks_in(Writing(words))]


def test_files_are_opened_and_files_in_files() -> None:
    book, cells = Workbook(), io.BytesIO()
    book.active["C7"] = "Aldwinkle"
    book.save(cells)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as inner:
        inner.writestr("rota.xlsx", cells.getvalue())
        inner.writestr("my.ics", "SUMMARY:Visit Aldwin\r\n kle")
    assert "Aldwinkle" in content_of(WORKBOOK, cells.getvalue())
    assert content_of(ZIP, archive.getvalue()).count("Aldwinkle") == 2
    assert "Aldwinkle" in content_of("text/html", b"&#65;ldwinkle")


def test_links_fetches_and_questions_are_followed_and_nothing_else() -> None:
    page = """
      <link href="/static/site.css"><a href="/cases?list=over#top">Over</a><a href="../up">Up</a>
      <a href="https://example.org/">Out</a><a href="mailto:a@example.org">Mail</a>
      <a href="/later" hidden>Later</a>
      <div hx-get="/part"></div><form method="post" action="/change"></form>
      <form action="/find"><input name="a" value="1"><select name="b"><option value="x">
      <option value="y" selected></select><input type="radio" name="c" value="no"></form>
    """
    assert links_in(page, "/deep/er/page") == ["/cases?list=over", "/deep/up", "/find?a=1&b=y", "/part"]
