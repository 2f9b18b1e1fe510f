"""R47: time that is kept for a meeting stays free, and so do enough people to make its quorum."""

from collections.abc import Iterator

from rota.solver.row import AnyOf, Row, Sum
from rota.solver.rule import Card, Finding
from rota.solver.staff_rota.meetings import Meeting, MeetingNeed
from rota.solver.staff_rota.placements import Placements
from rota.solver.staff_rota.problem import Duty, Person
from rota.solver.staff_rota.rules.kinds import CellRule, TeamRule
from rota.solver.staff_rota.rules.single_place import overlap
from rota.solver.staff_rota.solution import Rota, Scope

CARD = Card(
    code="R47",
    name="Meetings keep their people and their quorum",
    words="Whoever is to come to a published meeting has no duty then, and enough of each discipline are "
    "free to make its quorum.",
    source="Terms of reference of each meeting",
    severity="H1",
    tier="T1",
    weight=80,
)


class KeptForMeeting(CellRule):
    card = CARD

    def stops(self, person: Person, duty: Duty) -> str | None:
        posts = self.problem.posts_of.get(person.individual, (person,))
        for commitment in (each for post in posts for each in post.commitments):
            if commitment.meeting and overlap(commitment, duty):
                what = f"{commitment.activity} at {commitment.starts:%H:%M}"
                return f"{person.name} is kept for {what} on {self.when(commitment.session)}."
        return None


class MeetingQuorum(TeamRule):
    """Who is away, or at work elsewhere for good, cannot come: the rule keeps those who could."""

    card = CARD

    def rows(self, cells: Placements) -> Iterator[Row]:
        for meeting, need in self._needs(Scope()):
            coming = [posts for posts in self._humans(need) if self._could_come(posts, meeting)]
            placed = [self._placed(cells, posts, meeting) for posts in coming]
            amount = Sum.of(each for each in placed if each is not None)
            yield self.row(f"{meeting.said} keeps {need.group}", amount, len(coming) - need.least)

    def found_in(self, seen: Rota, scope: Scope) -> Iterator[Finding]:
        for meeting, need in self._needs(scope):
            humans = self._humans(need)
            coming = [posts for posts in humans if self._could_come(posts, meeting)]
            placed = [posts for posts in coming if any(_is_placed(seen, each, meeting) for each in posts)]
            if (short := need.least - len(coming) + len(placed)) > 0:
                yield self._tell(meeting, need, short, placed, len(humans) - len(coming))

    def _tell(
        self, meeting: Meeting, need: MeetingNeed, short: int, placed: list[list[Person]], away: int
    ) -> Finding:
        said = f"{meeting.said} needs {need.least} from {need.group}"
        named = " and ".join(posts[0].name for posts in placed)
        are = "is" if len(placed) == 1 else "are"
        why = f": {named} could come, but {are} placed elsewhere" if placed else ""
        others = f"{' and' if why else ':'} {away} of those who are asked cannot come" if away else ""
        # Why anybody cannot come is for nobody to read here.
        return self.finding(
            short,
            meeting.said,
            f"{said}{why}{others}.",
            peers=f"{said}, and too few are free.",
            session=meeting.sessions[0] if meeting.sessions else None,
        )

    def _placed(self, cells: Placements, posts: list[Person], meeting: Meeting) -> AnyOf | int | None:
        """Is one when somebody has a duty during a meeting, under any post; None where they cannot have."""
        mine = [
            cell
            for person in posts
            for cell, duty in cells.pattern_of(person).cells
            if _is_during(duty, meeting)
        ]
        if len(mine) < 2:
            return mine[0] if mine else None
        name = f"{posts[0].name} on duty during {meeting.said}"
        return AnyOf(name, tuple((cell,) for cell in mine))

    def _needs(self, scope: Scope) -> Iterator[tuple[Meeting, MeetingNeed]]:
        for meeting in self.problem.meetings:
            day = self.problem.sessions_on.get(meeting.starts.date(), ())
            if scope.sessions is None or any(session.number in scope.sessions for session in day):
                yield from ((meeting, need) for need in meeting.needs)

    def _humans(self, need: MeetingNeed) -> list[list[Person]]:
        """Give those who are asked for a discipline and planned here, each with all their posts."""
        known = self.problem.person_by_key
        found = ([known[key] for key in posts if key in known] for posts in need.people)
        return [posts for posts in found if posts]

    def _could_come(self, posts: list[Person], meeting: Meeting) -> bool:
        """Say whether somebody is there at all: not away, at work then or kept, and in nothing else."""
        if any(person.absent.intersection(meeting.sessions) for person in posts):
            return False
        if any(_has_other_time_kept(person, meeting) for person in posts):
            return False
        return any(
            person.key in meeting.kept or not person.unavailable.keys() >= set(meeting.sessions)
            for person in posts
        )


def _has_other_time_kept(person: Person, meeting: Meeting) -> bool:
    own = (meeting.starts, meeting.ends)
    return any(
        each.starts < meeting.ends
        and meeting.starts < each.ends
        and not (each.meeting and (each.starts, each.ends) == own)
        for each in person.commitments
    )


def _is_during(duty: Duty, meeting: Meeting) -> bool:
    return duty.starts < meeting.ends and meeting.starts < duty.ends


def _is_placed(seen: Rota, person: Person, meeting: Meeting) -> bool:
    return any(_is_during(duty, meeting) for duty in seen.duties_of(person))
