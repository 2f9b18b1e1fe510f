"""The demo's half-days with other disciplines, one of them chosen by the trainee who tries the demo."""

import uuid
from datetime import time, timedelta

from network.access.rules import SYSTEM
from network.vocabulary import Discipline, SessionKind
from rota.exposure_choices.commands import book_exposure
from rota.exposure_choices.queries import half_days_open_to
from rota.exposure_sessions.commands import offer_exposure
from rota.exposure_sessions.rules import Offered
from rota.learners.queries import get_learner_for
from rota.training_demo import Trained

D, AM, PM = Discipline, SessionKind.MORNING, SessionKind.AFTERNOON
MORNING, AFTERNOON = (time(9), time(12, 30)), (time(13, 30), time(17))
# Where, what is seen there, and on which day of every week.
HALF_DAYS = (
    ("EYE", D.OPTOMETRY, 3, AM, "Ask at the desk for the optometrist."),
    ("DEN", D.DENTISTRY, 1, PM, "Bring your own eye protection."),
    ("PHH", D.PHARMACY, 0, AM, "Ask for the pharmacist on duty."),
    ("CNT", D.COMMUNITY_NURSING, 3, PM, "Home visits: wear flat shoes."),
    ("CIV", D.SOCIAL_CARE, 2, PM, "Ask at reception for the duty social worker."),
    ("HUB", D.GENERAL_PRACTICE, 4, AM, "Joint surgery with a GP; bring your badge."),
    ("MHT", D.MENTAL_HEALTH, 0, PM, ""),
)


def make(trained: Trained, hosts: dict[str, uuid.UUID]) -> None:
    """Offer half-days, and choose one for the trainee with whom the demo is tried."""
    trainee = trained.learners["gp_specialty"][0]
    for code, discipline, weekday, kind, notes in HALF_DAYS:
        starts, ends = MORNING if kind is AM else AFTERNOON
        offered = Offered(discipline, weekday, kind, starts, ends, trained.starts_on, places=2, notes=notes)
        offer_exposure(SYSTEM, hosts[code], offered)
    learner = get_learner_for(SYSTEM, trainee)
    offer, days = half_days_open_to(learner, trained.starts_on + timedelta(weeks=2))[0]
    book_exposure(SYSTEM, offer.id, learner.id, days[0])
