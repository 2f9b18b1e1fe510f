"""What the page of a question asks and sends."""

import uuid
from collections.abc import Iterable

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict

from network.plumbing.fields import text_field
from network.plumbing.refusals import Invalid
from network.plumbing.typed import day_of_address, whole_number
from network.vocabulary import SessionKind
from rota.asks.rules import LONGEST_REASON, MOST_PEOPLE, NOTHING, Step, Wanted
from rota.edits.rules import Cell


class WayForm(FlaskForm):  # type: ignore[misc]
    """A way that was chosen, and why."""

    reason = text_field("Reason", LONGEST_REASON)


def wrong_with_number(arguments: MultiDict[str, str]) -> str:
    """Say what is wrong with the number of people that is asked for, or nothing."""
    given = arguments.get("number", "").strip()
    number = arguments.get("number", type=whole_number)
    if not given or (number is not None and 1 <= number <= MOST_PEOPLE):
        return ""
    return f"Enter how many people, as a number from 1 to {MOST_PEOPLE}."


def wanted_in(arguments: MultiDict[str, str]) -> Wanted | None:
    """Read a question from an address; None where it names no duty."""
    line_id = arguments.get("line", type=uuid.UUID)
    if line_id is None:
        return None
    is_sent = "number" in arguments
    number = None if wrong_with_number(arguments) else arguments.get("number", type=whole_number)
    return Wanted(
        line_id,
        number,
        arguments.get("member", type=uuid.UUID),
        is_off="off" in arguments,
        keeps_cover="cover" in arguments or not is_sent,
        keeps_wishes="wishes" in arguments or not is_sent,
    )


def steps_in(sent: Iterable[str]) -> list[Step]:
    """Read the cells that a way changes."""
    try:
        return [_step(*each.split()) for each in sent]
    except (ValueError, TypeError) as error:
        raise Invalid("We could not read what is to change. Reload the page and try again.") from error


def _step(member: str, day: str, kind: str, line: str, seen: str) -> Step:
    cell = Cell(uuid.UUID(member), day_of_address(day), SessionKind(kind))
    return Step(cell, None if line == NOTHING else uuid.UUID(line), seen)
