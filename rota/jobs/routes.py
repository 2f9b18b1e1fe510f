"""Watching a solve, stopping it, calling it off."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.pages import unattended
from rota.jobs.commands import cancel_job, stop_job
from rota.jobs.queries import view_of
from rota.jobs.wording import TONES

jobs = Blueprint("jobs", __name__, url_prefix="/rota/jobs/<uuid:job_id>")


@jobs.get("/")
@guarded(Permission.FILL_ROTA)
def show(job_id: uuid.UUID) -> ResponseReturnValue:
    """Show how far a solve is; the page keeps itself up to date."""
    return render_template("rota/jobs/show.html", job=view_of(current_actor(), job_id), tones=TONES)


@jobs.get("/progress")
@unattended
@guarded(Permission.FILL_ROTA)
def progress(job_id: uuid.UUID) -> ResponseReturnValue:
    """Give the part of the page that changes, once a second."""
    return render_template("rota/jobs/_progress.html", job=view_of(current_actor(), job_id), tones=TONES)


@jobs.post("/stop")
@guarded(Permission.FILL_ROTA)
def stop(job_id: uuid.UUID) -> ResponseReturnValue:
    """End the solve now, with the best it has."""
    stop_job(current_actor(), job_id)
    return redirect(url_for("jobs.show", job_id=job_id), 303)


@jobs.post("/cancel")
@guarded(Permission.FILL_ROTA)
def cancel(job_id: uuid.UUID) -> ResponseReturnValue:
    """End the solve and leave the rota as it was."""
    cancel_job(current_actor(), job_id)
    return redirect(url_for("jobs.show", job_id=job_id), 303)
