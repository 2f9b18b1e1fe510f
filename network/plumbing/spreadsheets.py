"""Workbooks written: tables to fill in, and sheets to read, print and pin to a wall."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from network.plumbing.typed import STARTS_A_FORMULA

# The rows of an empty table that get a drop-down.
ROWS_TO_FILL = 2000
LISTS = "Lists"
A4 = 9
FACE = "Calibri"

Value = str | int | float | bool | date | datetime | None


@dataclass(frozen=True)
class Look:
    """How a cell is drawn; colours are six hexadecimal digits, empty for none."""

    fill: str = ""
    ink: str = ""
    size: int = 11
    bold: bool = False
    italic: bool = False
    centred: bool = False
    wrap: bool = False
    shrinks: bool = False
    boxed: bool = False


@dataclass(frozen=True)
class Styled:
    """A value with the look of its cell."""

    value: Value
    look: Look


@dataclass(frozen=True)
class Question:
    """What may stand in a column of a table to fill in: a choice of words, or a hint shown in the cell."""

    words: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True)
class Paper:
    """A sheet on A4 landscape, as wide as the page: what every page says, and which rows begin a page."""

    header: str
    footer: str
    breaks: Sequence[int] = ()


@dataclass(frozen=True)
class Sheet:
    """A sheet to write: headings, rows, and how wide each column is in characters."""

    headings: Sequence[str]
    rows: Sequence[Sequence[Value | Styled]]
    widths: Sequence[int] = ()
    questions: Mapping[int, Question] = field(default_factory=dict)
    merged: Sequence[str] = ()
    freeze: str = "A2"
    paper: Paper | None = None


PLAIN = Look()
HEADING = Look(fill="D6E8F7", bold=True, wrap=True)


def write_workbook(sheets: Mapping[str, Sheet]) -> bytes:
    """Return an .xlsx with these sheets; text that a spreadsheet would run is made harmless."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]  # a new workbook always has one
    lists: dict[tuple[str, ...], str] = {}
    for title, sheet in sheets.items():
        page = book.create_sheet(title)
        _fill(page, sheet)
        _lay_out(page, sheet)
        _ask(page, sheet.questions, lists)
    if lists:
        _keep_lists(book.create_sheet(LISTS), lists)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def harmless(value: Value) -> Value:
    """Mark text that a spreadsheet would run, so that it stays text."""
    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text


def _fill(page: Worksheet, sheet: Sheet) -> None:
    rows: list[Sequence[Value | Styled]] = [*sheet.rows]
    if sheet.headings:
        rows.insert(0, [Styled(heading, HEADING) for heading in sheet.headings])
    for number, row in enumerate(rows, start=1):
        for column, given in enumerate(row, start=1):
            value, look = (given.value, given.look) if isinstance(given, Styled) else (given, PLAIN)
            if value is None and look is PLAIN:
                continue
            cell = page.cell(number, column, harmless(value))
            if isinstance(value, str):
                # Never a formula, whatever it begins with.
                cell.data_type = "s"
            elif isinstance(value, date):
                cell.number_format = "DD/MM/YYYY"
            if look.size > PLAIN.size:
                page.row_dimensions[number].height = 1.6 * look.size
            if look is not PLAIN:
                cell.font, cell.fill, cell.alignment, cell.border = _drawn(look)


@cache
def _drawn(look: Look) -> tuple[Font, PatternFill, Alignment, Border]:
    line = Side("thin", color="BFC7CE") if look.boxed else None
    return (
        Font(FACE, size=look.size, bold=look.bold, italic=look.italic, color=look.ink or None),
        PatternFill("solid", fgColor=look.fill) if look.fill else PatternFill(),
        Alignment(
            horizontal="center" if look.centred else None,
            vertical="center" if look.centred else "top",
            wrap_text=look.wrap,
            shrink_to_fit=look.shrinks,
        ),
        Border(left=line, right=line, top=line, bottom=line),
    )


def _lay_out(page: Worksheet, sheet: Sheet) -> None:
    for number, width in enumerate(sheet.widths, start=1):
        page.column_dimensions[get_column_letter(number)].width = width
    for together in sheet.merged:
        page.merge_cells(together)
    page.freeze_panes = sheet.freeze or None
    if sheet.paper is not None:
        _set_paper(page, sheet.paper)


def _set_paper(page: Worksheet, paper: Paper) -> None:
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_margins = PageMargins(left=0.4, right=0.4, top=0.75, bottom=0.75, header=0.3, footer=0.3)
    for row in paper.breaks:
        page.row_breaks.append(Break(id=row - 1))
    # An ampersand begins a code in headers and footers; two are one.
    page.HeaderFooter.oddHeader = HeaderFooterItem(center=_HeaderFooterPart(paper.header.replace("&", "&&")))
    page.HeaderFooter.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart(paper.footer.replace("&", "&&")), right=_HeaderFooterPart("Page &P of &N")
    )


def _ask(page: Worksheet, questions: Mapping[int, Question], lists: dict[tuple[str, ...], str]) -> None:
    """Offer words in drop-downs, and show hints beside the cell; other words are refused when read."""
    for index, question in questions.items():
        offer = DataValidation(allow_blank=True, showInputMessage=bool(question.hint), showErrorMessage=False)
        if question.words:
            offer.type, offer.formula1 = "list", lists.setdefault(question.words, _place(lists, question))
        offer.promptTitle, offer.prompt = (str(page.cell(1, index + 1).value)[:32], question.hint[:250])
        letter = get_column_letter(index + 1)
        offer.add(f"{letter}2:{letter}{ROWS_TO_FILL}")
        page.add_data_validation(offer)


def _place(lists: Mapping[tuple[str, ...], str], question: Question) -> str:
    letter = get_column_letter(len(lists) + 1)
    return f"{quote_sheetname(LISTS)}!${letter}$1:${letter}${len(question.words)}"


def _keep_lists(page: Worksheet, lists: Mapping[tuple[str, ...], str]) -> None:
    for column, words in enumerate(lists, start=1):
        for number, word in enumerate(words, start=1):
            page.cell(number, column, harmless(word)).data_type = "s"
    page.sheet_state = "hidden"
