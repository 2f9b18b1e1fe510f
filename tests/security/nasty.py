"""Answers that nobody means well by, or that no page of ours sends: for any question, and for some kinds."""

from collections.abc import Iterator
from itertools import chain

MARKUP = "<script>alert('quorate')</script>"
ELSEWHERE = ("//evil.example", "\\\\evil.example", "javascript:alert(1)", "https://127.0.0.1@evil.example/")

ANYWHERE = (
    "",
    "   ",
    "\0",
    "a\0b\x1b\x0b",
    "x" * 12_000,
    MARKUP,
    "{{ 7 * 7 }}${7*7}%s%n",
    "'; drop table patient; --",
    "../../../etc/passwd",
    ELSEWHERE[0],
    "‮😀Z̸͑\ufeff\u2028",
    "\r\nSet-Cookie: quorate=stolen",
    "=cmd|' /C calc'!A0",
    "-1",
    "9" * 40,
    "1e400",
    "NaN",
    "²",
    "00000000-0000-0000-0000-000000000000",
    "2026-02-30",
    "9999-12-31",
    "null",
)
NUMBERS = ("0", "-0", "1.5", "1_000", "٣", "0x10", "Infinity", "2147483648", "9223372036854775808", "1,5")
DAYS = ("0001-01-01", "2026-W50-1", "20261207", "0000-00-00", "31/02/2026", "2026-12-07T00:00", "10000-01-01")
TIMES = ("24:00", "25:61", "12:00Z", "7", "12:00:00.000001", "-1:00")
IDS = ("x", "{}", "urn:uuid:00000000-0000-0000-0000-000000000000", "0" * 32, "0" * 31)
NUMBERS_OF_PATIENTS = ("999 000 0018", "999 000 0000", "C-99999999999999999999", "٩٩٩٠٠٠٠٠١٨")
IN_JSON = (
    None, True, 0, -1, 1.5, 10**400, [], {}, [[]], {"a": 1}, [None], "\ud800", "\0", "x" * 12_000, MARKUP,
    "9999-12-31", "0001-01-01", "00000000-0000-0000-0000-000000000000", "²", ELSEWHERE[0], "", "null",
)  # fmt: skip
# What cannot be said as a value: a document as a whole.
NO_JSON = (
    "",
    "[",
    "[" * 50_000,
    '{"a":' * 50_000,
    "NaN",
    '"\\ud800"',
    "null",
    "1",
    '{"a": 1e999}',
    b"\xff\xfe",
)


def answers_to(name: str, kind: str) -> Iterator[str]:
    """Give what a question is answered with: at least twenty answers."""
    more: tuple[tuple[str, ...], ...] = ()
    if kind == "number":
        more = (NUMBERS,)
    elif kind == "date" or "date" in name or "day" in name or name.endswith("_on") or "week" in name:
        more = (DAYS,)
    elif kind == "time" or name.endswith("_at"):
        more = (TIMES,)
    elif name.endswith("_id") or kind in {"select", "radio", "hidden"}:
        more = (IDS, NUMBERS[:5])
    elif "number" in name or "words" in name:
        more = (NUMBERS_OF_PATIENTS,)
    elif name in {"next", "then", "back", "url"}:
        more = (ELSEWHERE,)
    return chain(ANYWHERE, *more)
