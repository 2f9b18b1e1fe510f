import pytest

from network.plumbing.refusals import Invalid
from rota.pasting.rules import cells_in, wrong_with_size


@pytest.mark.parametrize(
    ("block", "rows"),
    [
        ("ELM", [["ELM"]]),
        ("ELM\tOAK\r\nREM\t\r\n", [["ELM", "OAK"], ["REM", ""]]),
        ("\tELM\n\n", [["", "ELM"]]),
        ('"Elm\nSurgery"\tOAK\n', [["Elm\nSurgery", "OAK"]]),
        ("ELM\n\nOAK", [["ELM"], [""], ["OAK"]]),
        ("", []),
    ],
)
def test_a_block_is_read_as_spreadsheets_write_it(block: str, rows: list[list[str]]) -> None:
    assert cells_in(block) == rows


def test_a_block_without_cells_or_with_far_too_many_is_refused() -> None:
    assert "nothing to paste" in wrong_with_size([])
    assert "2,001 cells" in wrong_with_size([["ELM"]] * 2001)
    assert wrong_with_size([["ELM"]]) == ""


def test_lines_may_end_as_any_system_ends_them() -> None:
    assert cells_in("ELM\tOAK\rREM\tELM") == [["ELM", "OAK"], ["REM", "ELM"]]


def test_what_no_spreadsheet_wrote_is_refused_with_a_sentence() -> None:
    with pytest.raises(Invalid, match="no block of cells"):
        cells_in("x" * 200_000)
