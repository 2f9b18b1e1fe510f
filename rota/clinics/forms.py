"""The questions about kinds of clinic and their seats."""

from collections.abc import Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length, Optional
from wtforms.widgets import HiddenInput

from network.plumbing.fields import WholeNumberField, required, text_field, word_field
from network.vocabulary import Discipline, EquipmentKind, FundingStream, RoleGroup, RoomKind, Word
from rota.clinics.rules import (
    LONGEST_NAME,
    LONGEST_NOTES,
    LONGEST_SOURCE,
    Design,
    Pair,
    SeatDesign,
    usual_room,
    wrong_with_design,
    wrong_with_seat,
)

ROOM, EQUIPMENT, PAIR = "rooms_", "equipment_", "pair_"
PAIRS = 3
# The questions whose answers are the clinic's own values.
DESIGN = (
    "weeks_between",
    "fewest_days_apart",
    "setup_minutes",
    "longest_wait",
    "longest_stay",
    "has_huddle",
    "learner_places",
)
SEAT = (
    "role_group",
    "needed",
    "safe",
    "degraded",
    "most",
    "throughput",
    "slot_minutes",
    "visit_order",
    "room",
    "funding",
)


class UsualRoom(Word):
    USUAL = "usual", "The usual room of who sits there"


class DesignForm(FlaskForm):  # type: ignore[misc]
    """What a kind of clinic says of itself; rooms, equipment and pairs are asked one by one."""

    name = text_field("Name of the clinic", LONGEST_NAME, "Enter the name of the clinic.")
    notes = TextAreaField(
        "What it is for",
        [Optional(), Length(max=LONGEST_NOTES, message=f"Shorten this to {LONGEST_NOTES} characters.")],
    )
    source = text_field("Where its numbers come from", LONGEST_SOURCE, description="Such as local practice.")
    weeks_between = WholeNumberField(
        "Weeks from one to the next", [required("Enter how many weeks lie between two.")], default=4
    )
    fewest_days_apart = WholeNumberField(
        "Fewest days between two", [required("Enter a number of days, or 0.")], default=14
    )
    setup_minutes = WholeNumberField(
        "Set up before patients come", [required("Enter a number of minutes, or 0.")], default=0
    )
    longest_wait = WholeNumberField(
        "Longest wait between two of the team", [required("Enter a number of minutes, or 0.")], default=20
    )
    longest_stay = WholeNumberField(
        "Longest stay of a patient", [required("Enter a number of minutes.")], default=120
    )
    has_huddle = BooleanField("The team meets for 30 minutes in each session")
    learner_places = WholeNumberField(
        "Places for learners", [required("Enter a number of places, or 0.")], default=0
    )
    row_version = WholeNumberField("", [Optional()], widget=HiddenInput())

    @classmethod
    def answers_of(cls, design: Design) -> dict[str, Any]:
        """Give the answers that make this kind of clinic."""
        pairs = {
            f"{PAIR}{place}_{side}": discipline
            for place, pair in enumerate(design.together[:PAIRS])
            for side, discipline in enumerate(pair)
        }
        rooms = {ROOM + kind.value: number for kind, number in design.rooms.items()}
        equipment = {EQUIPMENT + kind.value: number for kind, number in design.equipment.items()}
        return {**vars(design), **pairs, **rooms, **equipment}

    @property
    def rooms(self) -> list[Field]:
        """The questions about rooms beside those of the seats."""
        return [self[ROOM + kind.value] for kind in RoomKind]

    @property
    def equipment(self) -> list[Field]:
        """The questions about equipment."""
        return [self[EQUIPMENT + kind.value] for kind in EquipmentKind]

    @property
    def pairs(self) -> list[tuple[Field, Field]]:
        """The questions about pairs worth being together."""
        return [(self[f"{PAIR}{place}_0"], self[f"{PAIR}{place}_1"]) for place in range(PAIRS)]

    @property
    def together_asked(self) -> bool:
        """Say whether any pair was answered, rightly or wrongly."""
        return any(field.data or field.errors for pair in self.pairs for field in pair)

    @property
    def design(self) -> Design:
        rooms = {kind: self[ROOM + kind.value].data for kind in RoomKind}
        equipment = {kind: self[EQUIPMENT + kind.value].data for kind in EquipmentKind}
        return Design(
            name=self.name.data or "",
            notes=self.notes.data or "",
            source=self.source.data or "",
            rooms={kind: number for kind, number in rooms.items() if number},
            equipment={kind: number for kind, number in equipment.items() if number},
            together=tuple(self._together()),
            **{name: self[name].data for name in DESIGN},
        )

    def _together(self) -> list[Pair]:
        answers = [(one.data, other.data) for one, other in self.pairs]
        return [(one, other) for one, other in answers if one and other]

    def validate(self, extra_validators: Any = None) -> bool:
        """Put what the rules find wrong beside its question."""
        if not super().validate(extra_validators):
            return False
        for one, other in self.pairs:
            if bool(one.data) != bool(other.data):
                (other if one.data else one).errors = ["Choose both disciplines of a pair, or neither."]
        for name, sentence in wrong_with_design(self.design).items():
            asked = {"rooms": self.rooms[0], "together": self.pairs[0][0]}
            field = asked.get(name) or self[name]
            field.errors = [*field.errors, sentence]
        return not self.errors


for _kind in RoomKind:
    setattr(DesignForm, ROOM + _kind.value, WholeNumberField(_kind.label, [Optional()]))
for _piece in EquipmentKind:
    setattr(DesignForm, EQUIPMENT + _piece.value, WholeNumberField(_piece.label, [Optional()]))
for _place in range(PAIRS):
    for _side, _label in enumerate((f"Pair {_place + 1}", "together with")):
        setattr(DesignForm, f"{PAIR}{_place}_{_side}", word_field(_label, Discipline, empty="Nobody"))


class SeatForm(FlaskForm):  # type: ignore[misc]
    """A seat in the team of a kind of clinic."""

    role_group = word_field("Who", RoleGroup)
    needed = WholeNumberField("Needed", [required("Enter how many are needed, or 0.")], default=1)
    safe = WholeNumberField("Safe with", [required("Enter with how many it is safe, or 0.")], default=1)
    degraded = WholeNumberField(
        "Must close below", [required("Enter below how many it must close, or 0.")], default=1
    )
    most = WholeNumberField("Most", [required("Enter how many fit in at most.")], default=1)
    throughput = WholeNumberField(
        "Patients a session", [required("Enter how many patients each of them sees.")], default=8
    )
    slot_minutes = WholeNumberField(
        "Minutes with each", [required("Enter how long each patient is with them.")], default=20
    )
    visit_order = WholeNumberField("Order in the visit", [Optional()])
    room = word_field("Room for each", (UsualRoom.USUAL, *RoomKind), empty="No room", default=UsualRoom.USUAL)
    funding = word_field("Paid by", FundingStream, default=FundingStream.CORE)
    competencies = SelectMultipleField("Competencies needed", [Optional()])

    def __init__(self, competencies: Mapping[str, str], **given: Any) -> None:
        super().__init__(**given)
        self.competencies.choices = [SelectChoice(code, label) for code, label in competencies.items()]

    @classmethod
    def answers_of(cls, seat: SeatDesign) -> dict[str, Any]:
        """Give the answers that make this seat."""
        return {**vars(seat), "competencies": list(seat.competencies)}

    @property
    def seat(self) -> SeatDesign:
        answers = {name: self[name].data for name in SEAT}
        if answers["room"] is UsualRoom.USUAL:
            answers["room"] = usual_room(answers["role_group"])
        return SeatDesign(competencies=tuple(filter(None, self.competencies.data or ())), **answers)

    def validate(self, extra_validators: Any = None) -> bool:
        """Put what the rules find wrong beside its question."""
        if not super().validate(extra_validators):
            return False
        for name, sentence in wrong_with_seat(self.seat).items():
            self[name].errors = [*self[name].errors, sentence]
        return not self.errors
