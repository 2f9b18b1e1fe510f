"""Workbooks of training as people send them."""

from network.plumbing.spreadsheets import Sheet, write_workbook

HEADINGS = {
    "Requirements": ("Programme", "What", "Fulfilled in", "Least weeks", "Most weeks"),
    "Learners": ("Given name", "Family name", "Employer", "Programme", "First day", "Share of full time"),
    "Done before": ("Name", "What", "Weeks", "Where", "Until"),
    "Offers": ("Site", "Offer", "Discipline", "Programmes", "Counts as", "Opens", "Most"),
}
NURSING = "Nursing degree, practice placements of a year"
NINA = ("Nina", "Sample", "Elm Surgery", NURSING, "07/12/2026", 80)


def book(**rows: list[tuple]) -> bytes:
    """Give a workbook with these rows; a sheet goes by its first word in small letters."""
    sheets = {
        title: Sheet(headings, rows.get(title.split()[0].lower(), [])) for title, headings in HEADINGS.items()
    }
    return write_workbook(sheets)
