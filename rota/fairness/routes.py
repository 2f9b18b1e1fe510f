"""The pages of fairness: for managers how all stand, for everybody how they stand themselves."""

import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.database import today
from rota.fairness.queries import (
    WEEKS,
    fairness_behind,
    fairness_in,
    own_fairness,
    rotas_to_choose,
    sees_others,
)
from rota.fairness.wording import counted, standing, told_to

fairness = Blueprint("fairness", __name__, url_prefix="/fairness")


@fairness.get("")
@guarded(Permission.SEE_ROTA)
def index() -> ResponseReturnValue:
    """Show who carries most of each kind of unpopular session; staff are led to their own."""
    actor = current_actor()
    if not sees_others(actor):
        return redirect(url_for("fairness.mine"), 303)
    version_id = request.args.get("rota", type=uuid.UUID)
    found = fairness_in(actor, version_id) if version_id else fairness_behind(actor, today())
    asked = request.args.get("kind", "")
    burden = found.find(asked) or next(iter(found.burdens), None)
    return render_template(
        "rota/fairness/index.html",
        fairness=found,
        burden=burden,
        kinds=[
            (
                each.name.capitalize(),
                url_for("fairness.index", rota=version_id, kind=each.name),
                each is burden,
            )
            for each in found.burdens
        ],
        rotas=rotas_to_choose(actor),
        version_id=version_id,
        weeks=WEEKS,
        standing=standing,
        counted=counted,
    )


@fairness.get("/mine")
@guarded(Permission.SEE_ROTA)
def mine() -> ResponseReturnValue:
    """Tell how one stands oneself, in plain words and without anybody's name."""
    actor = current_actor()
    return render_template(
        "rota/fairness/mine.html",
        own=[
            (burden, told_to(own, burden, WEEKS), standing(own), own) for burden, own in own_fairness(actor)
        ],
        weeks=WEEKS,
        sees_others=sees_others(actor),
    )
