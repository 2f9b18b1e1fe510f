"""What a case's pasted summary offers for checking."""

from mdt.cases.records import Case
from mdt.summaries.rules import Noticed, noticed_in
from network.plumbing.database import today


def to_check(case: Case) -> list[Noticed]:
    """Return what the summary of a case seems to say and nobody has checked yet."""
    checked = {line.split(":")[0] for line in case.background.splitlines()}
    return [each for each in noticed_in(case.pasted, today()) if each.name not in checked]
