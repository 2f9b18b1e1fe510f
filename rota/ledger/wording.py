"""The ledger in words, and as the sheets of a workbook."""

from collections.abc import Iterable, Sequence

from network.plumbing.spreadsheets import Sheet, Value
from network.plumbing.templating import listed, plural
from network.vocabulary import FundingStream
from rota.funding.wording import why_not_paid
from rota.ledger.rules import Count, Line, Share, added_up, total

NO_PLACE = "No site, remote or on visits"
NAMED = 3


def bought(stream: FundingStream, lines: Sequence[Line]) -> str:
    """Say what a stream bought: how much, on what, by whom and where."""
    own = [line for line in lines if line.stream is stream]
    whole = total(own)
    activities = added_up(own, lambda line: _within(line.activity.label))
    roles = added_up(own, lambda line: _within(line.role.label))
    places = added_up(own, lambda line: line.place or _within(NO_PLACE))
    return (
        f"{stream.label} bought {plural(whole.sessions, 'session')} ({whole.hours:g} hours): "
        f"{_most(activities)}; by {_most(roles)}; at {_most(places)}."
    )


def flagged(line: Line) -> str:
    """Say why a stream may not pay for a line."""
    return f"{why_not_paid(line.stream, line.role, line.activity.label)}."


def over_said(share: Share) -> tuple[str, str, str]:
    """Say how far a practice is from its share: words, tone and mark."""
    if share.over >= 1:
        return f"{share.over:g} over", "warning", "\N{BLACK UP-POINTING TRIANGLE}"
    if share.over <= -1:
        return f"{-share.over:g} under", "bad", "\N{BLACK DOWN-POINTING TRIANGLE}"
    return "Within a session", "good", "\N{CHECK MARK}"


def sheets_of(title: str, lines: Sequence[Line], shares: Iterable[Share]) -> dict[str, Sheet]:
    """Give the ledger as sheets: by stream, place and employer, the shares, what to check, and every line."""
    return {
        "Streams": Sheet(
            ["Funding stream", "Sessions", "Hours", f"What it bought ({title})"],
            [
                [stream.label, count.sessions, count.hours, bought(stream, lines)]
                for stream, count in added_up(lines, lambda line: line.stream).items()
            ],
            [34, 10, 10, 90],
        ),
        "By place": _crossed("Worked at", lines, by_place=True),
        "By employer": _crossed("Employer", lines, by_place=False),
        "Shares": Sheet(
            ["Roles", "Practice", "Sessions", "Agreed %", "Share in sessions", "Over (+) or under (-)"],
            [
                [each.role_group.label, each.practice, each.sessions, each.percent, each.due, each.over]
                for each in shares
            ],
            [26, 26, 10, 10, 18, 20],
        ),
        "To check": Sheet(
            ["Funding stream", "Role", "Activity", "Worked at", "Employer", "Sessions", "Hours", "Why"],
            [[*_cells(line), flagged(line)] for line in lines if not line.is_payable],
            [34, 26, 26, 26, 26, 10, 10, 70],
        ),
        "Lines": Sheet(
            ["Funding stream", "Role", "Activity", "Worked at", "Employer", "Sessions", "Hours"],
            [_cells(line) for line in lines],
            [34, 26, 26, 26, 26, 10, 10],
        ),
    }


def _crossed(first: str, lines: Sequence[Line], *, by_place: bool) -> Sheet:
    def row_of(line: Line) -> str:
        return (line.place or NO_PLACE) if by_place else line.employer

    crossed = added_up(lines, lambda line: (row_of(line), line.stream))
    rows: list[list[Value]] = [
        [name, stream.label, count.sessions, count.hours]
        for (name, stream), count in sorted(crossed.items(), key=lambda each: (each[0][0], each[0][1].label))
    ]
    return Sheet([first, "Funding stream", "Sessions", "Hours"], rows, [30, 34, 10, 10])


def _cells(line: Line) -> list[Value]:
    place = line.place or NO_PLACE
    return [
        line.stream.label,
        line.role.label,
        line.activity.label,
        place,
        line.employer,
        line.count.sessions,
        line.count.hours,
    ]


def _within(label: str) -> str:
    """Give a label as it stands within a sentence: 'GP', 'home visits'."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _most(counts: dict[str, Count]) -> str:
    named = [f"{name} ({count.sessions})" for name, count in list(counts.items())[:NAMED]]
    rest = len(counts) - NAMED
    return listed([*named, plural(rest, "other")] if rest > 0 else named)
