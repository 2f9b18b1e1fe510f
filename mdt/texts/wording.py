"""The texts written after a meeting: for a practice's record, for an organisation, for the person."""

from collections.abc import Iterable, Sequence
from datetime import date

from mdt.texts.rules import (
    LONGEST_BLOCK,
    Doing,
    Outcome,
    Reader,
    Ringing,
    cut_to,
    plain,
)
from network.vocabulary import Discipline

# How short the decision and each action become before actions are left to be looked up.
CUTS = (500, 300, 200, 120, 80)
# What the trade says, and what everybody understands.
EASIER = {
    "medication review": "a check of all your medicines",
    "medicines review": "a check of all your medicines",
    "polypharmacy": "taking many medicines",
    "multidisciplinary": "people from different teams",
    "mdt": "the team meeting",
    "referral": "asking another team to help",
    "refer": "ask another team to help",
    "assessment": "a visit to find out what you need",
    "reablement": "help to do things for yourself again",
    "domiciliary": "at home",
    "package of care": "the help that comes to your home",
    "care package": "the help that comes to your home",
    "frailty": "being less strong than before",
    "mobility": "moving about",
    "continence": "help with the toilet",
    "hypotension": "low blood pressure",
    "hypertension": "high blood pressure",
    "anticholinergic": "medicines that can cause a dry mouth or confusion",
    "antiresorptive": "medicine for strong bones",
    "deprescribing": "stopping medicines you do not need",
    "titrate": "change the amount step by step",
    "otc": "bought without a prescription",
    "adherence": "taking medicines as planned",
    "carer's assessment": "a talk about what help your carer needs",
    "safety netting": "what to do if things get worse",
    "discharge": "going home",
    "prognosis": "what is likely to happen",
    "bilateral": "on both sides",
    "prn": "when you need it",
    "smr": "a check of all your medicines",
    "bp": "blood pressure",
}
NOTHING_NEW = "Nobody has to do anything new."
ASKED_FOR = "We asked for a place for you: {}.\nWe will tell you when and where."
# Who somebody is, as people say it who have never been to a meeting.
TEAMS = {
    Discipline.GENERAL_PRACTICE: "GP team",
    Discipline.NURSING: "practice nurses",
    Discipline.PHARMACY: "pharmacist's team",
    Discipline.OPTOMETRY: "optician's team",
    Discipline.DENTISTRY: "dentist's team",
    Discipline.SOCIAL_CARE: "social care team",
    Discipline.COMMUNITY_NURSING: "community nurses",
    Discipline.MENTAL_HEALTH: "mental health team",
    Discipline.HOSPITAL_CARE: "hospital team",
    Discipline.PHYSIOTHERAPY: "physiotherapist's team",
    Discipline.PARAMEDICINE: "paramedic's team",
    Discipline.VOLUNTARY: "voluntary group",
    Discipline.ADMINISTRATION: "office team",
}


def said(day: date) -> str:
    """Say a day as letters do: Tuesday 1 December 2026."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def short(day: date) -> str:
    """Say a day as records do: 1 Dec 2026."""
    return f"{day.day} {day:%b %Y}"


def in_a_row(words: Sequence[str]) -> str:
    """Say some words in a row: pharmacy, social care and optometry."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def gp_block(identity: str, outcome: Outcome) -> str:
    """Write the text for the practice's record: plain, and no longer than the record takes.

    What does not fit leaves from the least needed up; what was decided and who does what go last, and
    say that there is more.
    """
    shapes = [(dropped, LONGEST_BLOCK, len(outcome.actions)) for dropped in range(5)]
    shapes += [(4, longest, len(outcome.actions)) for longest in CUTS]
    shapes += [(4, CUTS[-1], actions) for actions in range(len(outcome.actions), -1, -1)]
    blocks = ("\n".join(_block(identity, outcome, *shape)) for shape in shapes)
    return next(block for block in blocks if len(block) <= LONGEST_BLOCK)


def _block(identity: str, outcome: Outcome, dropped: int, longest: int, actions: int) -> list[str]:
    told = outcome.actions[:actions]
    hidden = len(outcome.actions) - actions
    # In the order in which they leave, the first to go first.
    spare = (
        ("Put aside: ", outcome.put_aside),
        ("At the table: ", in_a_row(outcome.agreed_by)),
        ("What matters to them: ", outcome.matters),
        ("Why: ", outcome.rationale),
    )
    kept = {label: words for place, (label, words) in enumerate(spare) if words and place >= dropped}
    return [
        cut_to(_line(identity), 160),
        f"{cut_to(_line(outcome.meeting), 60)}, {short(outcome.held_on)}. Reference {outcome.ref}.",
        *_told(kept, "What matters to them: "),
        f"Question: {cut_to(_line(outcome.question), 200)}",
        f"Decided: {cut_to(_line(outcome.decision), longest)}",
        *_told(kept, "Why: "),
        *_told(kept, "Put aside: "),
        *([f"Thought otherwise: {cut_to(_line(outcome.dissent), longest)}"] if outcome.dissent else []),
        *(["Actions:"] if outcome.actions else ["No actions."]),
        *(_action_line(each, longest) for each in told),
        *([f"- and {hidden} more: see {outcome.ref}"] if hidden else []),
        *([f"Place asked for: {cut_to(in_a_row(outcome.booked), 160)}."] if outcome.booked else []),
        *([f"Their view: {_line(outcome.view_heard)}."] if outcome.view_heard else []),
        *_told(kept, "At the table: "),
        *([f"Review: {short(outcome.review_due)}."] if outcome.review_due else []),
        *_ends(outcome),
    ]


def _told(kept: dict[str, str], label: str) -> list[str]:
    return [f"{label}{_line(kept[label])}"] if label in kept else []


def _ends(outcome: Outcome) -> list[str]:
    coordinator = f"Coordinator: {cut_to(outcome.coordinator, 60)}." if outcome.coordinator else ""
    signed = f"Signed: {cut_to(outcome.signed_by, 60)}." if outcome.signed_by else ""
    ends = " ".join(each for each in (coordinator, signed) if each)
    return [ends] if ends else []


def _action_line(action: Doing, longest: int) -> str:
    return (
        f"- {cut_to(_line(action.words), longest)} ({cut_to(_whose(action), 60)}, by {short(action.due_on)})"
    )


def _whose(action: Doing) -> str:
    parts = [action.owner, action.organisation if action.organisation != action.owner else ""]
    return ", ".join(part for part in parts if part)


def _line(words: str) -> str:
    return " ".join(plain(words).split())


def organisation_list(identity: str, reach: str, outcome: Outcome) -> str:
    """Write for one organisation what it has to do for one person, and nothing else about them."""
    lines = [f"{_line(identity)}. Reference {outcome.ref}."]
    if reach:
        lines.append(_line(reach))
    lines += [f"- {_line(each.words)} ({each.owner}, by {short(each.due_on)})" for each in outcome.actions]
    if outcome.coordinator:
        lines.append(f"Questions: {outcome.coordinator}, who coordinates.")
    return "\n".join(lines)


def person_letter(reader: Reader, outcome: Outcome, ringing: Ringing) -> str:
    """Write to the person: their own words first, then what was decided, who does what, whom to ring."""
    write = _easy_letter if reader.is_easy else _letter
    return "\n\n".join(part for part in write(reader, outcome, ringing) if part)


def _letter(reader: Reader, outcome: Outcome, ringing: Ringing) -> list[str]:
    where = f" The people there work in {in_a_row(outcome.agreed_by)}." if outcome.agreed_by else ""
    return [
        f"Dear {reader.greeting}",
        _own_words(reader, "You told us what matters to you:", "You hoped for this:"),
        f"We met on {said(outcome.held_on)} to talk about your care.{where}",
        "# What we decided",
        _decided(outcome),
        "# Who does what",
        "\n".join(_will(each, reader.reads_on) for each in outcome.actions)
        or "Nobody has to do anything new.",
        *map(ASKED_FOR.format, outcome.booked),
        _before("We look at this with you again by {}.", outcome.review_due, reader.reads_on),
        "# You can say no",
        "You can say no to any of this, now or later. You can also ask us not to share your story with"
        " somebody. Ring us if something in this letter is wrong, or if you hear nothing by the dates above.",
        "# Whom to ring",
        _ring(ringing, "Please ring {name}{phone}.{hours}"),
        f"Our reference is {outcome.ref}.",
        f"Yours sincerely\n{ringing.name}",
    ]


def _easy_letter(reader: Reader, outcome: Outcome, ringing: Ringing) -> list[str]:
    return [
        f"Dear {reader.greeting}",
        "This letter is about you and your care.",
        _own_words(reader, "You told us what matters to you:", "You hoped for this:"),
        f"We met on {said(outcome.held_on)}.\nWe talked about how to help you.",
        "# What we decided",
        "\n".join(_short_lines(_decided(outcome))),
        "# Who will help",
        "\n".join(_will_easily(each, reader.reads_on) for each in outcome.actions)
        or "Nobody has to do anything new.",
        *map(ASKED_FOR.format, outcome.booked),
        _before("We will ask you how you are by {}.", outcome.review_due, reader.reads_on),
        "# You can say no",
        "You can say no to any of this.\nYou can change your mind later.\n"
        "You can ask us not to tell somebody.",
        "# Who to ring",
        _ring(ringing, "You can ring {name}{phone}.{hours}"),
        "Ring if you do not understand this letter.\nRing if nobody has come by the day we said.",
        f"Say this number when you ring: {outcome.ref}.",
        f"From {ringing.name}",
    ]


def _own_words(reader: Reader, told: str, hoped: str) -> str:
    if reader.own_words:
        return f"{told}\n“{_line(reader.own_words)}”"
    return f"{hoped}\n“{_line(reader.hoped_for)}”" if reader.hoped_for else ""


def _decided(outcome: Outcome) -> str:
    return plain(outcome.decision) or "We will talk with you about what we decided."


def _short_lines(words: str) -> list[str]:
    return [part for line in words.splitlines() for part in line.replace(". ", ".\n").splitlines() if part]


def _before(sentence: str, day: date | None, reads_on: date) -> str:
    """Name a day by which something happens; one that has passed is promised no more."""
    return sentence.format(said(day)) if day is not None and day >= reads_on else ""


def _will(action: Doing, reads_on: date) -> str:
    by = _before(" By {}.", action.due_on, reads_on)
    return f"- {', '.join(_parts(action))}: {_stopped(_line(action.words))}{by}"


def _will_easily(action: Doing, reads_on: date) -> str:
    owner, *where = _parts(action)
    who = f"{owner} ({', '.join(where)})" if where else owner
    by = _before(" by {}", action.due_on, reads_on)
    return f"- {_stopped(_line(action.words))} {who} does this{by}."


def _parts(action: Doing) -> list[str]:
    """Return who does something as the person is told: by name, team and organisation."""
    organisation = action.organisation if action.organisation != action.owner else ""
    return [part for part in (action.owner, action.team, organisation) if part]


def passed_in(words: str, held_on: date, days: Iterable[date], today: date) -> list[str]:
    """List the days that a letter promises and that have passed, each once; the meeting's own day is past."""
    words = words.replace(f"We met on {said(held_on)}", "")
    return [said(day) for day in sorted(set(days)) if day < today and said(day) in words]


def bare_in(words: str, actions: Iterable[Doing]) -> list[str]:
    """List those who do something and whom a letter gives by name only, each once."""
    lines = words.splitlines()
    found = (
        action.owner
        for action in actions
        if action.organisation != action.owner
        for line in lines
        if action.owner in line and not any(part in line for part in _parts(action)[1:])
    )
    return list(dict.fromkeys(found))


def _stopped(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."


def _ring(ringing: Ringing, sentence: str) -> str:
    phone = f" on {ringing.phone}" if ringing.phone else ""
    hours = f" {_stopped(ringing.hours)}" if ringing.hours else ""
    return sentence.format(name=ringing.name, phone=phone, hours=hours)


def easier_for(words: str) -> list[tuple[str, str]]:
    """List the words of the trade in a letter, each with what everybody understands."""
    spoken = f" {' '.join(_bare(words).split())} "
    return [(word, easy) for word, easy in EASIER.items() if f" {_bare(word)} " in spoken]


def _bare(words: str) -> str:
    return "".join(each if each.isalnum() or each == "'" else " " for each in words.casefold())
