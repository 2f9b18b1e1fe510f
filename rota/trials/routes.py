"""What would change if: three questions to a rota, each answered by a copy that is filled and compared."""

import uuid
from typing import Any

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.organisations.queries import sites_for
from network.plumbing.answers import asked, done
from network.plumbing.fields import refusals_shown_on
from rota.rotas.queries import get_version_for, said_of
from rota.trials import commands
from rota.trials.forms import ClosedForm, LocumForm

trials = Blueprint("trials", __name__, url_prefix="/rota/versions/<uuid:version_id>/what-would-change")


@trials.get("/")
@guarded(Permission.PLAN_ROTA)
def show(version_id: uuid.UUID) -> ResponseReturnValue:
    """Offer what can be tried out."""
    return _page(version_id, LocumForm(formdata=None))


@trials.post("/unpin")
@guarded(Permission.PLAN_ROTA)
def unpin(version_id: uuid.UUID) -> ResponseReturnValue:
    """Try what would change if nothing were pinned."""
    return _compared(version_id, commands.try_unpinned(current_actor(), version_id))


@trials.post("/locum")
@guarded(Permission.PLAN_ROTA)
def locum(version_id: uuid.UUID) -> ResponseReturnValue:
    """Try what would change with one locum more."""
    form = LocumForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            asked_for = form.role.data, form.sessions.data
            return _compared(version_id, commands.try_with_locum(current_actor(), version_id, *asked_for))
    return _page(version_id, form, locum_form=form)


@trials.post("/close")
@guarded(Permission.PLAN_ROTA)
def close(version_id: uuid.UUID) -> ResponseReturnValue:
    """Try what would change if a site were closed."""
    form = _closed_form()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            copy_id = commands.try_closed(current_actor(), version_id, form.site.data, form.days)
            return _compared(version_id, copy_id)
    return _page(version_id, form, closed_form=form)


def _page(version_id: uuid.UUID, form: Any, **forms: Any) -> ResponseReturnValue:
    version = get_version_for(current_actor(), version_id)
    shown = {"locum_form": LocumForm(formdata=None), "closed_form": _closed_form(formdata=None), **forms}
    return asked("rota/trials/show.html", form, version=version, said=said_of(version), **shown)


def _closed_form(**given: Any) -> ClosedForm:
    return ClosedForm([(site.id, site.name) for site in sites_for(current_actor())], **given)


def _compared(version_id: uuid.UUID, copy_id: uuid.UUID) -> ResponseReturnValue:
    period_id = get_version_for(current_actor(), version_id).period_id
    then = url_for("comparing.show", period_id=period_id, first=version_id, second=copy_id)
    return done("A copy is made and is being filled. The rota itself stays as it is.", then)
