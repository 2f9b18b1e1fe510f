"""How advice is told: to who asks, without a word of who else is away, and to who decides."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from rota.advice.rules import Matter, Weighed
from rota.holds.rules import MEETING
from rota.leave.wording import span
from rota.limits.rules import CODE
from rota.limits.wording import group_said
from rota.losses.rules import Loss, Toll, shorts
from rota.losses.wording import losses_said


@dataclass(frozen=True)
class Answer:
    """What is said at once to who is about to ask."""

    is_likely: bool
    title: str
    reasons: tuple[str, ...]
    notes: tuple[str, ...]


def answer_of(weighed: Weighed, own: bool, sees_drafts: bool) -> Answer:
    """Answer who is about to ask: likely, or what it clashes with. Who else is away is never said."""
    reasons = tuple(said for _, said in reasons_said(weighed, own, sees_drafts))
    notes = [on_the_rota_said(weighed, own)]
    if Matter.BALANCE not in weighed.against:
        notes.append(cost_said(weighed, own))
    if weighed.is_automatic:
        title = f"Likely: nothing stands against it, so rule {CODE} approves it at once."
    elif weighed.is_clear:
        title = f"Likely: nothing stands against it. {'Your' if own else 'A'} manager decides."
    else:
        title = "It clashes. You can send it all the same: a manager decides, and reads this too."
    return Answer(weighed.is_clear, title, reasons, tuple(filter(None, notes)))


def decision_said(weighed: Weighed) -> list[tuple[str, str]]:
    """Tell who decides what stands against it, under short names."""
    return [(matter.label, said) for matter, said in reasons_said(weighed, own=False, sees_drafts=True)]


def sent_said(is_approved: bool) -> str:
    """Say what became of a request at once."""
    if is_approved:
        return f"The leave is approved by rule {CODE}: nothing stood against it."
    return "The request is sent. A manager decides, and reads what stands against it."


def toll_said(losses: Sequence[Loss]) -> str:
    """Say what an absence took from the rotas."""
    published = [loss for loss in losses if loss.is_published]
    drafted = len(losses) - len(published)
    said = []
    if published:
        said.append(
            f"{_count(len(published), 'session')} of the published rota{_short(len(shorts(published)))}"
        )
    if drafted:
        said.append(f"{_count(drafted, 'session')} of the draft")
    return f"It takes {' and '.join(said)}." if said else "It takes nothing from any rota."


def card_said(toll: Toll) -> str:
    """Say on the Today page what an absence took: 'Leave of Amy takes 4 sessions of the published rota'."""
    what = "Leave" if toll.is_leave else "Absence"
    takes = f"{_count(toll.sessions, 'session')} of the published rota{_short(toll.short)}"
    return f"{what} of {toll.name} takes {takes}."


def _short(number: int) -> str:
    return f": {number} short" if number else ", and its least cover holds"


def day_said(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B}"


def reasons_said(weighed: Weighed, own: bool, sees_drafts: bool) -> list[tuple[Matter, str]]:
    """Tell what stands against leave: to the person (`own`), or to who asks for somebody else."""
    tellers: dict[Matter, Callable[[Weighed, bool], str]] = {
        Matter.CLASH: _clash,
        Matter.PATTERN: _pattern,
        Matter.LIMIT: _limit,
        Matter.COVER: _cover,
        Matter.DRAFT: _draft if sees_drafts else _hidden_draft,
        Matter.SUPERVISION: _supervision,
        Matter.MEETING: _meeting,
        Matter.NOTICE: _notice,
        Matter.BALANCE: _balance,
    }
    return [(matter, tellers[matter](weighed, own)) for matter in weighed.against]


def on_the_rota_said(weighed: Weighed, own: bool) -> str:
    """Say that somebody is on the published rota though nothing is short without them."""
    times = len(weighed.published)
    if not times or shorts(weighed.published):
        return ""
    return f"{_you(own, 'are', 'They are')} on the published rota {_times(times)}; its least cover holds."


def cost_said(weighed: Weighed, own: bool) -> str:
    """Say what leave costs, and what is left after it."""
    if weighed.balance is None or not weighed.sessions:
        return ""
    balance = weighed.balance
    cost, left = balance.sessions(weighed.cost), balance.sessions(balance.left)
    return f"It takes {_sessions(cost)} of {'your' if own else 'the'} allowance and leaves {left}."


def _clash(weighed: Weighed, own: bool) -> str:
    named = ", ".join(span(away) for away in weighed.clashes)
    return f"{_you(own, 'have', 'They have')} time away for {named} already."


def _pattern(weighed: Weighed, own: bool) -> str:
    if not weighed.has_pattern:
        return "No working pattern is recorded, so nothing can be counted."
    return f"{_you(own, 'do', 'They do')} not work at that time."


def _limit(weighed: Weighed, own: bool) -> str:
    group = "your group" if own else "the group"
    if not weighed.full:
        asked = "has asked" if weighed.waiting == 1 else "have asked"
        return f"{weighed.waiting} more of {group} {asked} for some of these days first."
    first, kind = weighed.full[0], group_said(weighed.full[0].limit.group)
    more = f"; so on {_count(len(weighed.full) - 1, 'more day')}" if len(weighed.full) > 1 else ""
    if not first.limit.most:
        return f"Nobody of {group} ({kind}) may be away on {day_said(first.day)}{more}."
    are, most = "is" if first.away == 1 else "are", f"{first.limit.most} is the most{more}"
    return f"{first.away} of {group} ({kind}) {are} away on {day_said(first.day)} already, and {most}."


def _cover(weighed: Weighed, own: bool) -> str:
    are = _you(own, "are", "They are")
    losses = losses_said(shorts(weighed.published))
    return f"{are} on the published rota {_times(len(weighed.published))}: {losses}."


def _draft(weighed: Weighed, own: bool) -> str:
    return f"In the draft of the rota {losses_said(shorts(weighed.drafted))}."


def _hidden_draft(weighed: Weighed, own: bool) -> str:
    return f"The rota for these days is being made, and counts on {'you' if own else 'them'}."


def _supervision(weighed: Weighed, own: bool) -> str:
    times = len(weighed.unsupervised)
    return f"Learners would be without {'you' if own else 'their supervisor'} in {_count(times, 'session')}."


def _meeting(weighed: Weighed, own: bool) -> str:
    first, number = weighed.missed[0], len(weighed.missed) - 1
    when = f"the {MEETING} on {day_said(first.starts.date())} at {first.starts:%H:%M}"
    more = f"; {_count(number, 'more meeting')} too" if number else ""
    if first.lacks is None:
        return f"{_you(own, 'are', 'They are')} to come to {when}{more}."
    return f"Without {'you' if own else 'them'} {when} lacks {first.lacks.label.lower()} to decide{more}."


def _notice(weighed: Weighed, own: bool) -> str:
    given, asked = _count(weighed.notice_given, "day"), _count(weighed.notice_asked, "day")
    return f"It starts in {given}, and {asked} of notice are asked for."


def _balance(weighed: Weighed, own: bool) -> str:
    balance = weighed.balance
    assert balance is not None
    cost, over = _sessions(balance.sessions(weighed.cost)), balance.sessions(-balance.left)
    return f"It takes {cost}, {over} more than {'you have' if own else 'are'} left."


def _you(own: bool, verb: str, them: str) -> str:
    return f"You {verb}" if own else them


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _sessions(said: str) -> str:
    return f"{said} session{'' if said == '1' else 's'}"
