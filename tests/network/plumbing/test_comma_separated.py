import csv
import io

import pytest

from network.plumbing.comma_separated import write_comma_separated


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_what_is_written_is_read_again() -> None:
    rows = [["Ann, Ltd", 'the "best"'], ["two\nlines", "Zoë"]]
    assert read(write_comma_separated(["A", "B"], rows)) == [["A", "B"], *rows]


def test_lines_end_as_the_standard_says_and_excel_knows_the_alphabet() -> None:
    assert write_comma_separated(["A"], [["é"]]) == b"\xef\xbb\xbfA\r\n\xc3\xa9\r\n"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1"])
def test_text_that_a_spreadsheet_would_run_is_harmless(text: str) -> None:
    ((cell,),) = read(write_comma_separated(["A"], [[text]]))[1:]
    assert cell == f"'{text}"


def test_numbers_stay_numbers() -> None:
    assert read(write_comma_separated(["A"], [[-5], [2.5], [None]]))[1:] == [["-5"], ["2.5"], [""]]
