"""The words, codes and looks of a rota as a workbook, and its sheets drawn."""

from collections.abc import Sequence
from datetime import date, datetime

from network.plumbing.spreadsheets import Look, Paper, Sheet, Styled, Value
from network.plumbing.typed import column_letter
from network.vocabulary import Activity
from rota.cover.wording import KIND_LABELS, REMOTE, SIGNS
from rota.rotas.rules import VersionState
from rota.rows.wording import AWAY_CODES, FIXED_CODES, HIDDEN_AWAY
from rota.sheets.rules import Block, Mark, Printed, State, Tab, WeekTable

COVER, BY_PERSON, LEGEND = "Rota", "By person", "Legend"
# What people do at a site as a rule, so that the site's code alone says it.
USUAL = frozenset(
    {
        Activity.SURGERY,
        Activity.CLINIC,
        Activity.ENHANCED_ACCESS,
        Activity.MEDICATION_REVIEW,
        Activity.SIGHT_TESTS,
        Activity.DENTAL,
        Activity.SOCIAL_CARE,
    }
)
# Who has more to mend looks at the tabs.
MOST_TOLD = 25
ROW = tuple[Value | Styled, ...]

TITLE = Look(size=16, bold=True)
SOFT = Look(ink="4C6272")
STRONG = Look(bold=True)
WEEK = Look(fill="005EB8", ink="FFFFFF", size=12, bold=True)
DAY = Look(fill="D6E8F7", bold=True, centred=True, boxed=True, shrinks=True)
HOLIDAY = Look(fill="E8D9F0", bold=True, centred=True, boxed=True, shrinks=True)
GROUP = Look(fill="E8EDEE", bold=True)
NAME = Look(bold=True, boxed=True, shrinks=True)
DETAIL = Look(ink="4C6272", size=9, boxed=True, shrinks=True)
LOOKS = {
    State.EMPTY: Look(boxed=True, centred=True, shrinks=True),
    State.WORKS: Look(boxed=True, centred=True, shrinks=True),
    State.PINNED: Look(boxed=True, centred=True, shrinks=True, bold=True),
    State.AWAY: Look(fill="F0F4F5", ink="4C6272", italic=True, boxed=True, centred=True, shrinks=True),
    State.SHORT: Look(fill="F7D6D2", ink="8A1100", bold=True, boxed=True, centred=True, shrinks=True),
}
SAID = {
    State.WORKS: ("ELM", "works there in this session"),
    State.PINNED: ("ELM", "in bold: set by hand, and kept when the rota is filled"),
    State.AWAY: ("A/L", "in italics on grey: on leave, at something fixed, or not available"),
    State.SHORT: ("1 SHORT", "on red: this many people are missing for safe cover"),
}
STATES = {
    VersionState.DRAFT: "DRAFT, not published: do not work by it",
    VersionState.CHOSEN: "Published",
    VersionState.SUPERSEDED: "No longer valid: a later version was published",
    VersionState.DISCARDED: "Put aside: do not work by it",
}
HOW_TO_BRING_BACK = (
    "Type into the tab 'By person' what each cell of a draft should say: a site's code, REM, or nothing.",
    "Save the workbook and choose it under 'Bring in a sheet' on the page of the rota.",
    "You see every change before it is written, and it can be undone.",
)


def code_said(code: str, activity: Activity) -> str:
    """Say where somebody is, and what they do there where the place does not say it: 'ELM', 'ELM D'."""
    beside = SIGNS.get(activity) or ("" if activity in USUAL else activity.label)
    return f"{code} {beside}".strip()


def name_said(name: str, activity: Activity) -> str:
    beside = SIGNS.get(activity) or ("" if activity in USUAL else activity.label.lower())
    return f"{name} ({beside})" if beside else name


def short_said(number: int) -> str:
    return f"{number} SHORT"


def stamp_said(number: int, state: VersionState, at: datetime) -> str:
    """Say which state of which version was exported when."""
    return f"Version {number}, {state.label.lower()}, exported {date_said(at.date())} at {at:%H:%M}"


def date_said(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def sheets_of(printed: Printed) -> dict[str, Sheet]:
    """Draw the sheets of a rota."""
    tabs = (printed.by_person, *printed.by_site)
    return {
        COVER: _cover(printed),
        **{tab.name: _tab(printed, tab) for tab in tabs},
        LEGEND: _legend(printed),
    }


def _cover(printed: Printed) -> Sheet:
    rows: list[ROW] = [
        (Styled(printed.title, TITLE),),
        (Styled(printed.network, SOFT),),
        (),
        (Styled("State", STRONG), STATES[printed.state]),
        (Styled("Version", STRONG), str(printed.version)),
        (
            Styled("Exported", STRONG),
            f"{date_said(printed.exported_at.date())} at {printed.exported_at:%H:%M}",
        ),
        (Styled("By", STRONG), printed.exported_by),
    ]
    if printed.short_of is not None:
        short, wanted = printed.short_of
        rows.append(
            (Styled("Cover", STRONG), f"{short or 'nothing'} short of {wanted} wanted for safe cover")
        )
    rows += [(), (Styled("Tabs", STRONG), "By person: everybody's sessions, week by week")]
    rows += [("", f"{code}: who is at {name}") for code, name in printed.sites]
    rows += [("", "Legend: what the codes and colours mean")]
    for heading, sentences in (
        ("Changing it", HOW_TO_BRING_BACK),
        ("Short", printed.short),
        ("Rules broken", printed.broken),
    ):
        rows += [(), (Styled(heading, STRONG), sentences[0])] if sentences else []
        rows += [("", sentence) for sentence in sentences[1:MOST_TOLD]]
        if len(sentences) > MOST_TOLD:
            rows.append(("", f"and {len(sentences) - MOST_TOLD} more"))
    return Sheet([], rows, [16, 100], freeze="", paper=_paper(printed, COVER))


def _legend(printed: Printed) -> Sheet:
    rows: list[ROW] = [(Styled("What the codes mean", TITLE),), ()]
    remote = () if any(code == REMOTE for code, _ in printed.sites) else ((REMOTE, "Remote work"),)
    beside = [(f"ELM {sign}", f"{activity.label} at that site") for activity, sign in SIGNS.items()]
    away = [(code, kind.label) for kind, code in AWAY_CODES.items()] + [(HIDDEN_AWAY, "Not available")]
    for title, codes in (
        ("Sites", [*printed.sites, *remote]),
        ("Beside a site", beside),
        ("Leave", away),
        ("Fixed time", [(code, activity.label) for activity, code in FIXED_CODES.items()]),
    ):
        rows += [(Styled(title, GROUP), Styled("", GROUP))]
        rows += [(Styled(code, LOOKS[State.WORKS]), said) for code, said in codes] + [()]
    rows += [(Styled("Looks", GROUP), Styled("", GROUP))]
    rows += [(Styled(text, LOOKS[state]), said) for state, (text, said) in SAID.items()]
    return Sheet([], rows, [16, 70], freeze="", paper=_paper(printed, LEGEND))


def _tab(printed: Printed, tab: Tab) -> Sheet:
    is_person = tab.name == BY_PERSON
    leading = 3 if is_person else 1
    rows: list[ROW] = [(Styled(f"{tab.title}. {printed.title}", TITLE),), (Styled(printed.stamp, SOFT),)]
    merged: list[str] = []
    breaks: list[int] = []
    for week in tab.weeks:
        # An empty row, the band of the week, then the days.
        merged += _merged(tab, len(rows) + 3, leading)
        breaks += [len(rows) + 2] if week is not tab.weeks[0] else []
        rows += [(), _band(week, leading + len(tab.slots)), *_headings(tab, week, leading)]
        for block in week.blocks:
            rows += _block(tab, block, leading)
    widths = [26, 24, 20] if is_person else [4]
    width = 9 if is_person else 18
    return Sheet(
        [],
        rows,
        [*widths, *[width] * len(tab.slots)],
        merged=merged,
        freeze="B3",
        paper=_paper(printed, tab.title, breaks),
    )


def _band(week: WeekTable, width: int) -> ROW:
    return tuple(Styled(f"Week of {date_said(week.monday)}" if not at else None, WEEK) for at in range(width))


def _headings(tab: Tab, week: WeekTable, leading: int) -> list[ROW]:
    names = ("Name", "Role", "Employer")[:leading] if leading > 1 else ("",)
    days: list[Value | Styled] = [Styled(name, DAY) for name in names]
    kinds: list[Value | Styled] = [Styled("", DAY) for _ in names]
    shown = None
    for weekday, kind in tab.slots:
        holiday = week.holidays.get(weekday, "")
        day = week.day(weekday)
        said = f"{day:%a} {day.day} {day:%b} {day.year}" + (f", {holiday}" if holiday else "")
        look = HOLIDAY if holiday else DAY
        days.append(Styled(said if weekday != shown else None, look))
        kinds.append(Styled(KIND_LABELS[kind], look))
        shown = weekday
    return [tuple(days), tuple(kinds)]


def _merged(tab: Tab, row: int, leading: int) -> list[str]:
    """Name the cells that each day's heading takes together."""
    found, at = [], leading
    for slots in tab.days.values():
        if slots > 1:
            found.append(f"{column_letter(at)}{row}:{column_letter(at + slots - 1)}{row}")
        at += slots
    return found


def _block(tab: Tab, block: Block, leading: int) -> list[ROW]:
    band = tuple(Styled("" if at else block.title, GROUP) for at in range(leading + len(tab.slots)))
    rows = []
    for line in block.lines:
        details = (line.role, line.employer)[: leading - 1]
        first = (Styled(line.name, NAME), *(Styled(each, DETAIL) for each in details))
        marks = (line.marks.get(slot, Mark()) for slot in tab.slots)
        rows.append((*first, *(Styled(mark.text or None, LOOKS[mark.state]) for mark in marks)))
    return [band, *rows]


def _paper(printed: Printed, title: str, breaks: Sequence[int] = ()) -> Paper:
    return Paper(f"{printed.title}: {title}", printed.stamp, breaks)
