"""The page of examples, from which a network begins its own types of clinic."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.answers import done
from rota.clinic_examples.queries import get_example, unused_examples
from rota.clinics import wording
from rota.clinics.commands import add_type

clinic_examples = Blueprint("clinic_examples", __name__, url_prefix="/clinics/examples")


@clinic_examples.get("")
@guarded(Permission.EDIT_CLINICS)
def index() -> ResponseReturnValue:
    """Offer the examples that the network has not got yet."""
    examples = unused_examples(current_actor())
    return render_template("rota/clinic_examples/index.html", examples=examples, said=wording)


@clinic_examples.post("/<key>")
@guarded(Permission.EDIT_CLINICS)
def use(key: str) -> ResponseReturnValue:
    """Add one of the examples, with its team."""
    example = get_example(key)
    made = add_type(current_actor(), example.design, example.seats)
    said = f"{example.design.name} is added. Agree its numbers with those who work in it."
    return done(said, url_for("clinics.show", clinic_type_id=made))
