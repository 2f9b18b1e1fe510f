"""Watching the search for a plan, stopping it, calling it off."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.pages import unattended
from rota.jobs.commands import cancel_job, stop_job
from rota.jobs.queries import view_of
from rota.jobs.wording import TONES
from rota.rotation_runs.wording import STATES

rotation_runs = Blueprint("rotation_runs", __name__, url_prefix="/training/runs/<uuid:job_id>")

EDIT = Permission.EDIT_ROTATIONS


@rotation_runs.get("/")
@guarded(EDIT)
def show(job_id: uuid.UUID) -> ResponseReturnValue:
    """Show how far a search is; the page keeps itself up to date."""
    return _shown("show", job_id)


@rotation_runs.get("/progress")
@unattended
@guarded(EDIT)
def progress(job_id: uuid.UUID) -> ResponseReturnValue:
    """Give the part of the page that changes, once a second."""
    return _shown("_progress", job_id)


@rotation_runs.post("/stop")
@guarded(EDIT)
def stop(job_id: uuid.UUID) -> ResponseReturnValue:
    """End the search now, with the best it has."""
    stop_job(current_actor(), job_id)
    return redirect(url_for("rotation_runs.show", job_id=job_id), 303)


@rotation_runs.post("/cancel")
@guarded(EDIT)
def cancel(job_id: uuid.UUID) -> ResponseReturnValue:
    """End the search and leave the plan as it was."""
    cancel_job(current_actor(), job_id)
    return redirect(url_for("rotation_runs.show", job_id=job_id), 303)


def _shown(page: str, job_id: uuid.UUID) -> str:
    job = view_of(current_actor(), job_id)
    return render_template(f"rota/rotation_runs/{page}.html", job=job, tones=TONES, states=STATES)
